using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Protocols.WebSockets;
using MyTradeX.Protocols.WebSockets.Transport;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>The transport of our own.</summary>
public static class DirectSocketsExtensions
{
    /// <summary>
    /// Lets Kestrel listen on internet addresses with a transport that writes answers to the socket on the thread that has them, and lets WebSockets of <see cref="WebSocketAcceptor"/> outlive their request:
    /// it ends with the answer 101, the server's objects for the connection are collected, and the WebSocket keeps the socket alone. Over TLS, behind other middleware that changes the bytes, and on HTTP/2 the
    /// request lasts as long as the WebSocket.
    /// Of the server's limits <see cref="KestrelServerLimits.MaxConcurrentUpgradedConnections"/> holds for WebSockets that have left it, and <see cref="KestrelServerLimits.MaxConcurrentConnections"/> does not.
    /// Those still open when the server has stopped are closed with 1001.
    /// </summary>
    /// <param name="host">The host; call this after Kestrel has been added to it, as every builder of a web application does by itself.</param>
    public static IWebHostBuilder UseDirectSockets(this IWebHostBuilder host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.ConfigureServices(services =>
        {
            services.AddSingleton<IConnectionListenerFactory, SocketListenerFactory>();
            services.AddSingleton<WebSocketHandover>();
            services.AddHostedService(provider => provider.GetRequiredService<WebSocketHandover>());
        });
    }
}
