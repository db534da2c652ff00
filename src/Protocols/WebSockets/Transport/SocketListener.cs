using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace MyTradeX.Protocols.WebSockets.Transport;

/// <summary>A socket that listens, and the pool of blocks that its connections share.</summary>
sealed partial class SocketListener : IConnectionListener
{
    // As the host's own transport has it: what the kernel keeps while nobody accepts.
    const int Backlog = 512;

    // Descriptors come free when connections end; until then every attempt would fail again at once.
    static readonly TimeSpan DescriptorsPause = TimeSpan.FromMilliseconds(100);

    readonly Socket _socket;
    readonly MemoryPool<byte> _pool;
    readonly ILogger _log;
    readonly IPEndPoint? _local;

    SocketListener(Socket socket, MemoryPool<byte> pool, ILogger log)
    {
        (_socket, _pool, _log) = (socket, pool, log);
        var bound = (IPEndPoint)socket.LocalEndPoint!;
        EndPoint = bound;
        // Bound to one address, every connection has that one; it need not be asked for and kept for each.
        if (!bound.Address.Equals(IPAddress.Any) && !bound.Address.Equals(IPAddress.IPv6Any)) _local = bound;
    }

    public EndPoint EndPoint { get; }

    public static SocketListener Bind(IPEndPoint address, MemoryPool<byte> pool, ILogger log)
    {
        Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // Any address of version 6 stands for those of version 4 too.
            if (address.Address.Equals(IPAddress.IPv6Any)) socket.DualMode = true;
            socket.Bind(address);
            socket.Listen(Backlog);
            return new(socket, pool, log);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            pool.Dispose();
            if (failure.SocketErrorCode == SocketError.AddressAlreadyInUse) throw new AddressInUseException(failure.Message, failure);
            throw;
        }
    }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Socket? socket = null;
            try
            {
                socket = await _socket.AcceptAsync(cancellationToken);
                socket.NoDelay = true;
                // Whoever sends or receives asks the kernel first, and waits only when that has nothing or no room.
                socket.Blocking = false;
                SocketConnection connection = new(socket, _pool, _local, _log);
                connection.Start();
                return connection;
            }
            catch (Exception end) when (end is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                // Unbound.
                socket?.Dispose();
                return null;
            }
            catch (SocketException failure)
            {
                // The client was gone before it was accepted, or there is no descriptor left for it.
                socket?.Dispose();
                AcceptFailed(failure);
                if (failure.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable) await Task.Delay(DescriptorsPause, cancellationToken);
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _socket.Dispose();
        return default;
    }

    /// <summary>Called once all connections have ended.</summary>
    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _pool.Dispose();
        return default;
    }

    [LoggerMessage(1, LogLevel.Debug, "A connection could not be accepted.")]
    partial void AcceptFailed(Exception failure);
}
