using Microsoft.AspNetCore.Server.Kestrel.Core;
using MyTradeX.Protocols.WebSockets;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Listeners whose idle WebSockets cost little.</summary>
public static class WebSocketListenOptionsExtensions
{
    /// <summary>
    /// Lets WebSockets of <see cref="WebSocketAcceptor"/> outlive their request: it ends with the answer 101, and the server's HTTP objects for the connection, some ten kilobytes, are collected.
    /// The limit <see cref="KestrelServerLimits.MaxConcurrentUpgradedConnections"/> still holds. Over TLS, behind other middleware that changes the bytes, and on HTTP/2 it makes no difference: there the
    /// request lasts as long as the WebSocket. For every listener: <c>kestrel.ConfigureEndpointDefaults(listen =&gt; listen.UseWebSocketHandover())</c>.
    /// </summary>
    /// <param name="listen">The listener; add this before other middleware.</param>
    public static ListenOptions UseWebSocketHandover(this ListenOptions listen)
    {
        ArgumentNullException.ThrowIfNull(listen);
        var kestrel = listen.KestrelServerOptions;
        listen.Use(http => connection => WebSocketHandover.RunAsync(connection, http, kestrel));
        return listen;
    }
}
