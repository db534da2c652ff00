using Microsoft.Extensions.Diagnostics.HealthChecks;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Data;

/// <summary>Whether the SQL side answers.</summary>
internal sealed class StoreHealth(Database database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await database.PingAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (StoreUnavailableException unavailable)
        {
            return HealthCheckResult.Unhealthy("the database does not answer", unavailable);
        }
    }
}
