using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>A socket of one's own as the stream that a WebSocket reads and writes. A read of nothing waits for something; neither direction holds a buffer while it waits. Closing it twice, or while it is used, is allowed.</summary>
/// <param name="socket">The socket, which must not block. It is closed with this.</param>
/// <param name="received">What was received on it before and is read first.</param>
sealed class SocketStream(Socket socket, ReadOnlyMemory<byte> received) : Stream
{
    byte[]? _received = received.IsEmpty ? null : received.ToArray();
    int _read;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Cuts the connection at once; the peer gets a reset.</summary>
    public void Abort() => socket.Close(timeout: 0);

    /// <summary>Waits for something to read, as a read of nothing does.</summary>
    public ValueTask<int> WaitAsync(CancellationToken cancellationToken) => ReadAsync(Memory<byte>.Empty, cancellationToken);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_received is null) return socket.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
        var length = Math.Min(buffer.Length, _received.Length - _read);
        _received.AsSpan(_read, length).CopyTo(buffer.Span);
        _read += length;
        if (_read == _received.Length) _received = null;
        return new(length);
    }

    /// <summary>Hands the socket what it takes at once, on this thread; only what is left, if anything, waits.</summary>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var sent = socket.Send(buffer.Span, SocketFlags.None, out var fault);
        if (fault is not (SocketError.Success or SocketError.WouldBlock)) throw new SocketException((int)fault);
        return sent == buffer.Length ? ValueTask.CompletedTask : Rest(socket, buffer[Math.Max(sent, 0)..], cancellationToken);

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        static async ValueTask Rest(Socket socket, ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
        {
            while (!rest.IsEmpty) rest = rest[await socket.SendAsync(rest, SocketFlags.None, cancellationToken)..];
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception gone) when (TransportFailure.Is(gone))
        {
            // Aborted, or closed by the peer.
        }
        socket.Dispose();
        base.Dispose(disposing);
    }
}
