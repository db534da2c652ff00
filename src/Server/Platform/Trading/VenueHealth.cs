using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>Whether the exchange takes commands and its history keeps up.</summary>
internal sealed class VenueHealth(VenueHost host, VenueSettings settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var status = host.Venue.Status;
        // A quarter of what may wait: long before commands are refused, late enough not to tell of every busy second.
        var lagsFrom = ((long)settings.HistoryBacklogMb << 20) / 4;
        return Task.FromResult(
            status.StoppedBecause is { } stopped ? HealthCheckResult.Unhealthy($"trading has stopped: {stopped}")
            : status.HistoryFailingBecause is { } failing ? HealthCheckResult.Unhealthy($"history cannot be written: {failing}")
            : status.BacklogBytes > lagsFrom ? HealthCheckResult.Degraded($"history is {status.Sequence - status.ProjectedSequence} commands behind")
            : HealthCheckResult.Healthy());
    }
}
