using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Server.Platform.Observability;

/// <summary>
/// <c>/health</c> tells all; <c>/health/live</c> whether the process runs (restart it if not); <c>/health/ready</c> whether it can serve
/// (send it no requests if not). A platform part or feature adds its check with <c>AddHealthChecks().AddCheck&lt;T&gt;("name")</c>.
/// </summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health", Options(_ => true)).AllowAnonymous();
        app.MapHealthChecks("/health/live", Options(_ => false)).AllowAnonymous();
        app.MapHealthChecks("/health/ready", Options(_ => true)).AllowAnonymous();
    }

    static HealthCheckOptions Options(Func<HealthCheckRegistration, bool> which) => new() { Predicate = which, ResponseWriter = WriteAsync };

    static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var services = context.RequestServices;
        using var process = Process.GetCurrentProcess();
        var answer = new HealthAnswer(
            Word(report.Status),
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            Math.Round((DateTime.Now - process.StartTime).TotalSeconds, 3),
            services.GetRequiredService<IHostEnvironment>().EnvironmentName,
            report.Entries.ToDictionary(entry => entry.Key, entry => new CheckAnswer(Word(entry.Value.Status), entry.Value.Description)));
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(answer, WireJson.Options, context.RequestAborted);
    }

    static string Word(HealthStatus status) => status switch { HealthStatus.Healthy => "ok", HealthStatus.Degraded => "degraded", _ => "unhealthy" };

    sealed record HealthAnswer(string Status, DateTimeOffset Timestamp, double Uptime, string Environment, Dictionary<string, CheckAnswer> Checks);

    sealed record CheckAnswer(string Status, string? Description);
}
