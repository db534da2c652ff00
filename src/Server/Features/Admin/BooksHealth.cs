using Microsoft.Extensions.Diagnostics.HealthChecks;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Venue;
using MyTradeX.Venue.Reconciliation;

namespace MyTradeX.Server.Features.Admin;

/// <summary>
/// Whether the books agreed when they were last compared. An exchange in doubt should serve nobody. SQL alone in doubt degrades: what is
/// traded on is right, and history can be had again from the journal.
/// </summary>
internal sealed class BooksHealth(VenueHost host) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = host.Venue.Reconciliation;
        return Task.FromResult(
            status.Last is { IsSound: false } found
                ? new HealthCheckResult(
                    found.IsExchangeInDoubt ? HealthStatus.Unhealthy : HealthStatus.Degraded,
                    // Which rules, not whose balances: everyone may ask for a server's health.
                    $"the books do not agree at sequence {found.Sequence}: {found.FindingCount} findings ({string.Join(", ", found.Findings.Select(finding => EnumNames<AuditCheck>.Of(finding.Check)).Distinct())}); /api/v1/admin/reconciliation has them")
            : status.FailingBecause is { } failing ? HealthCheckResult.Degraded($"the books cannot be compared: {failing}")
            : HealthCheckResult.Healthy());
    }
}
