using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace MyTradeX.Protocols.WebSockets.Transport;

/// <summary>Binds internet addresses. Unix sockets, pipes and inherited handles are left to the host's own transport.</summary>
sealed class SocketListenerFactory(IMemoryPoolFactory<byte> pools, ILogger<SocketListenerFactory> log) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => endpoint is IPEndPoint;

    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (endpoint is not IPEndPoint address) throw new NotSupportedException($"{endpoint} is no internet address.");
        return new(SocketListener.Bind(address, pools.Create(new() { Owner = nameof(SocketListenerFactory) }), log));
    }
}
