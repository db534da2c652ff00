using MyTradeX.Server.Platform.Settings;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace MyTradeX.Server.Platform.Observability;

/// <summary>Section <c>Telemetry</c>: where metrics and traces go.</summary>
internal sealed class TelemetryOptions
{
    /// <summary>
    /// Address of an OTLP collector, such as <c>http://collector:4317</c>. Absent: the environment's <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>,
    /// and without that nothing is exported.
    /// </summary>
    public Uri? OtlpEndpoint { get; init; }
}

internal static class Telemetry
{
    // ASP.NET Core's, Kestrel's and the runtime's own instruments, by name.
    static readonly string[] Meters =
    [
        ServerMetrics.Name, "MyTradeX.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Routing", "System.Runtime",
    ];

    static readonly string[] Sources = ["MyTradeX.*", "Microsoft.AspNetCore", "Npgsql"];

    /// <summary>Logs people can read in Development and machines elsewhere; metrics and traces by OTLP when a collector is configured.</summary>
    public static void AddObservability(this WebApplicationBuilder builder)
    {
        builder.AddSettings<TelemetryOptions>("Telemetry");
        builder.Logging.ClearProviders();
        // The host would open a scope and an activity a request for the sake of lines that RequestIds writes instead. Traces are not its
        // logger's business: whoever exports them is listened to whatever is logged.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        if (builder.Environment.IsDevelopment())
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        else
            builder.Logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        builder.Services.AddHostedService<TelemetryExport>();
    }

    /// <summary>Exports while the server runs.</summary>
    sealed class TelemetryExport(TelemetryOptions options) : IHostedService, IDisposable
    {
        readonly List<IDisposable> _providers = [];

        public Task StartAsync(CancellationToken cancellationToken)
        {
            if (options.OtlpEndpoint is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT")))
                return Task.CompletedTask;
            var resource = ResourceBuilder.CreateDefault().AddService("mytradex");
            _providers.Add(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Meters).AddOtlpExporter(To).Build());
            _providers.Add(Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Sources).AddOtlpExporter(To).Build());
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            Dispose();
            return Task.CompletedTask;
        }

        // Disposing flushes what is still held.
        public void Dispose()
        {
            foreach (var provider in _providers)
                provider.Dispose();
            _providers.Clear();
        }

        void To(OpenTelemetry.Exporter.OtlpExporterOptions exporter)
        {
            if (options.OtlpEndpoint is not null)
                exporter.Endpoint = options.OtlpEndpoint;
        }
    }
}
