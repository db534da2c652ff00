using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MyTradeX.Protocols.SocketIO;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps Socket.IO and Engine.IO endpoints.</summary>
public static class SocketIOEndpointRouteBuilderExtensions
{
    /// <summary>Maps the application's Socket.IO server, added by <c>AddSocketIO</c>.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Path that clients name in their <c>path</c> option; theirs is <c>/socket.io</c> by default.</param>
    /// <param name="configure">Adds handlers and namespaces.</param>
    /// <returns>For conventions, such as <c>RequireAuthorization()</c>, <c>RequireCors(…)</c> or <c>RequireRateLimiting(…)</c>; they hold for every request of the endpoint.</returns>
    public static IEndpointConventionBuilder MapSocketIO(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<SocketIOServer> configure)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(configure);
        var server = endpoints.ServiceProvider.GetRequiredService<SocketIOServer>();
        configure(server);
        return Map(endpoints, pattern, server.HandleAsync, server.Stop, "Socket.IO");
    }

    /// <summary>Maps a bare Engine.IO server: messages without namespaces, events and acknowledgements.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">Path that clients name in their <c>path</c> option; theirs is <c>/engine.io</c> by default.</param>
    /// <param name="accept">Makes the handler of each connection.</param>
    /// <param name="configure">Sets options.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IEndpointConventionBuilder MapEngineIO(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Func<EngineIOConnection, EngineIOHandler> accept, Action<EngineIOOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        EngineIOOptions options = new();
        configure?.Invoke(options);
        EngineIOServer server = new(options, accept, endpoints.ServiceProvider.GetRequiredService<ILogger<EngineIOServer>>());
        endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(server.Dispose);
        return Map(endpoints, pattern, server.HandleAsync, server.Stop, "Engine.IO");
    }

    static IEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, string pattern, RequestDelegate handle, Action stop, string name)
    {
        endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stop);
        // A poll and a WebSocket last as long as they last.
        return endpoints.Map(pattern, handle).WithDisplayName(name).WithMetadata(new DisableRequestTimeoutAttribute());
    }
}
