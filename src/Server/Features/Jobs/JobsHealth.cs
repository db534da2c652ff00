using Microsoft.Extensions.Diagnostics.HealthChecks;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Jobs;

/// <summary>Whether jobs are worked on. Dead letters alone do not degrade: they are for somebody to look at, in their own time.</summary>
internal sealed class JobsHealth(JobStore store, TimeProvider clock) : IHealthCheck
{
    // Longer than any wait between the tries of a healthy queue, shorter than anybody's patience with a mail.
    static readonly TimeSpan Overdue = TimeSpan.FromMinutes(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var counts = await store.CountAsync(cancellationToken);
            long Of(string status) => counts.Where(count => count.Status == status).Sum(count => count.Count);
            var told = $"{Of(JobStatuses.Queued)} queued, {Of(JobStatuses.Running)} running, {Of(JobStatuses.Failed)} given up";
            var late = counts.Where(count => count.Status == JobStatuses.Queued && Micros.ToInstant(count.OldestDueAt) < clock.GetUtcNow() - Overdue).Select(count => count.Kind).Order().ToList();
            return late.Count == 0 ? HealthCheckResult.Healthy(told) : HealthCheckResult.Degraded($"{told}; overdue by more than {Overdue.TotalMinutes:0} minutes: {string.Join(", ", late)}");
        }
        catch (StoreUnavailableException unavailable)
        {
            return HealthCheckResult.Unhealthy("the database does not answer", unavailable);
        }
    }
}
