using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Idempotency;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Limits;
using MyTradeX.Server.Platform.Pages;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Runtime;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Platform;

/// <summary>What every request passes on its way to a feature, in order.</summary>
internal static class HttpPlatform
{
    const string DefaultUrl = "http://localhost:3001";

    /// <summary>Listening, limits and everything that the pipeline is made of.</summary>
    public static void AddHttp(this WebApplicationBuilder builder)
    {
        builder.AddSettings<ServerOptions>("Server");
        builder.AddSettings<DemoOptions>("Demo");
        builder.AddSettings<VersionsOptions>("Versions");
        builder.AddSettings<CorsSettings>("Cors");
        builder.AddSettings<RateLimitOptions>("RateLimits");
        ListenByDefault(builder);
        builder.WebHost.UseDirectSockets();

        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddHostedService<QuietCollector>();
        services.AddSingleton<CursorCodec>();
        services.AddSingleton<LineStreams>();
        services.AddResponseCompression(compression => compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", LineRequest.ContentType]);
        services.AddCors();
        services.AddOptions<KestrelServerOptions>().Configure<ServerOptions>((kestrel, server) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = server.BodyBytesMax;
            kestrel.Limits.MaxConcurrentConnections = server.ConnectionsMax;
            kestrel.Limits.MaxConcurrentUpgradedConnections = server.ConnectionsMax;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(server.HeadersTimeoutSeconds);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(server.KeepAliveSeconds);
        });
        services.AddOptions<ForwardedHeadersOptions>().Configure<ServerOptions>((forwarded, server) =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            forwarded.KnownIPNetworks.Clear();
            forwarded.KnownProxies.Clear();
            foreach (var proxy in server.TrustedProxies)
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        });
    }

    public static void UseHttp(this WebApplication app)
    {
        if (app.Services.GetRequiredService<ServerOptions>().TrustedProxies.Length > 0)
            app.UseForwardedHeaders();
        app.UseMiddleware<RequestIds>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseResponseCompression();
        app.UseMiddleware<Errors>();
        app.UseMiddleware<ApiVersions>();
        // Nothing under /api is a file.
        app.UseWhen(context => !context.Request.Path.StartsWithSegments("/api"), pages =>
        {
            pages.UseTerminal();
            pages.UseStaticFiles();
        });
        app.UseRouting();
        app.UseTerminalAddresses();
        var origins = app.Services.GetRequiredService<CorsSettings>().AllowedOrigins;
        // Who names no origin is no page of another site; the middleware would look its services up to find that out.
        app.UseWhen(context => context.Request.Headers.Origin.Count > 0, pages => pages.UseCors(policy => policy
            .WithOrigins(origins)
            .AllowCredentials()
            .AllowAnyHeader()
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithExposedHeaders("X-Request-ID", "X-Sequence", "Location", "ETag", "Link", "Deprecation", "Sunset", "X-API-Deprecation", "Retry-After",
                "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy", "Idempotency-Replayed",
                "Accept-Ranges", "Content-Disposition", "Content-Range")
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));
        // Where nobody says that callers are found already, the host puts its own middleware in front of all.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseMiddleware<Callers>();
        app.UseMiddleware<RateLimits>();
        app.UseAuthorization();
        app.UseMiddleware<IdempotentWrites>();
    }

    // Only where nobody said anything: an address in appsettings.json would win over ASPNETCORE_URLS.
    static void ListenByDefault(WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        if (string.IsNullOrEmpty(configuration["urls"]) && string.IsNullOrEmpty(configuration["http_ports"]) && string.IsNullOrEmpty(configuration["https_ports"])
            && !configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(DefaultUrl);
    }
}
