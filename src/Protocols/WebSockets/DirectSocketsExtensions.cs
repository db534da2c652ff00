using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Protocols.WebSockets.Transport;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>The transport of our own.</summary>
public static class DirectSocketsExtensions
{
    /// <summary>Lets Kestrel listen on internet addresses with a transport that writes answers to the socket on the thread that has them.</summary>
    /// <param name="host">The host; call this after Kestrel has been added to it, as every builder of a web application does by itself.</param>
    public static IWebHostBuilder UseDirectSockets(this IWebHostBuilder host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.ConfigureServices(services => services.AddSingleton<IConnectionListenerFactory, SocketListenerFactory>());
    }
}
