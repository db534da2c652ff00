using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>A connection's transport as the stream that a WebSocket reads and writes. A read of nothing waits for something; neither direction holds a buffer while it waits.</summary>
/// <param name="connection">The transport's connection.</param>
sealed class TransportStream(ConnectionContext connection) : Stream
{
    /// <summary>Cuts the connection at once.</summary>
    public void Abort() => connection.Abort();

    /// <summary>The socket at the other end of the pipes, or null where there is none. Only who knows that nothing is left in them may write to it.</summary>
    public Socket? Socket { get; } = connection.Features.Get<IConnectionSocketFeature>()?.Socket;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var result = await connection.Transport.Input.ReadAsync(cancellationToken);
            var available = result.Buffer;
            var length = (int)Math.Min(available.Length, buffer.Length);
            available.Slice(0, length).CopyTo(buffer.Span);
            connection.Transport.Input.AdvanceTo(available.GetPosition(length));
            // A shutdown interrupts whoever reads, to end HTTP between two requests; here it is no end, the application closes its WebSockets itself.
            if (result.IsCompleted || !available.IsEmpty) return length;
        }
    }

    /// <summary>Waits for something to read, as a read of nothing does, at the price of no object. The result is to be given to <see cref="Leave"/>.</summary>
    public ValueTask<ReadResult> WaitAsync(CancellationToken cancellationToken) => connection.Transport.Input.ReadAsync(cancellationToken);

    /// <summary>Leaves what <see cref="WaitAsync"/> found for the next read.</summary>
    public void Leave(ReadResult found) => connection.Transport.Input.AdvanceTo(found.Buffer.Start);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var write = connection.Transport.Output.WriteAsync(buffer, cancellationToken);
        if (!write.IsCompletedSuccessfully) return Wait(write);
        Check(write.Result);
        return ValueTask.CompletedTask;

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        static async ValueTask Wait(ValueTask<FlushResult> write) => Check(await write);
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

    static void Check(FlushResult result)
    {
        if (result.IsCompleted) throw new IOException("The peer's end of the connection is gone.");
    }
}
