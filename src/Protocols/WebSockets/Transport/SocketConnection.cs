using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace MyTradeX.Protocols.WebSockets.Transport;

/// <summary>
/// One accepted connection, for whatever protocol the host speaks on it. What comes is read from the socket as long as less than <see cref="MaxUnreadBytes"/> waits to be worked off, so that a peer that goes
/// away is noticed while its request is under way; it is handed on by the thread that read it. What goes out is written to the socket by the thread that flushes.
/// The peer's end of sending completes the input; a reset completes it with <see cref="ConnectionResetException"/>, an abort with its reason. Either way <see cref="ConnectionClosed"/> follows.
/// </summary>
sealed partial class SocketConnection : ConnectionContext, IDuplexPipe, IConnectionIdFeature, IConnectionTransportFeature, IConnectionItemsFeature, IMemoryPoolFeature, IConnectionLifetimeFeature, IConnectionEndPointFeature,
    IConnectionSocketFeature
{
    // As the host's own transport has it.
    const int MaxUnreadBytes = 1024 * 1024;

    // Half a block of the pool: a read that would get less room takes a new block.
    const int MinReadBytes = 2048;

    static long s_lastId = DateTime.UtcNow.Ticks;

    readonly Socket _socket;
    readonly MemoryPool<byte> _pool;
    readonly ILogger _log;
    readonly Pipe _input;
    readonly SocketOutput _output;
    readonly CancellationTokenSource _closed = new();
    readonly CancellationTokenSource _leaving = new();
    readonly Lock _gate = new();
    Task _receiving = Task.CompletedTask;
    Task? _closing;
    Action<Socket, byte[]>? _heir;
    Exception? _closeReason;
    IDictionary<object, object?>? _items;
    string? _id;
    volatile bool _isClosed;

    public SocketConnection(Socket socket, MemoryPool<byte> pool, IPEndPoint? local, ILogger log)
    {
        (_socket, _pool, _log) = (socket, pool, log);
        _input = new(new(pool, PipeScheduler.Inline, PipeScheduler.ThreadPool, MaxUnreadBytes, MaxUnreadBytes / 2, useSynchronizationContext: false));
        _output = new(this, socket, pool);
        Transport = this;
        LocalEndPoint = local ?? socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        ConnectionClosed = _closed.Token;
        FeatureCollection features = new();
        features.Set<IConnectionIdFeature>(this);
        features.Set<IConnectionTransportFeature>(this);
        features.Set<IConnectionItemsFeature>(this);
        features.Set<IMemoryPoolFeature>(this);
        features.Set<IConnectionLifetimeFeature>(this);
        features.Set<IConnectionEndPointFeature>(this);
        features.Set<IConnectionSocketFeature>(this);
        Features = features;
    }

    public override string ConnectionId
    {
        get => _id ??= Interlocked.Increment(ref s_lastId).ToString("X16", null);
        set => _id = value;
    }

    public override IFeatureCollection Features { get; }

    [AllowNull]
    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    /// <summary>What middleware may replace by a pipe of its own in front of this one.</summary>
    public override IDuplexPipe Transport { get; set; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override EndPoint? LocalEndPoint { get; set; }

    public override EndPoint? RemoteEndPoint { get; set; }

    public MemoryPool<byte> MemoryPool => _pool;

    public Socket Socket => _socket;

    /// <summary>True once nothing is sent any more.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>True while the protocol speaks to the socket itself: nothing stands between that would change the bytes, as TLS does.</summary>
    public bool IsBare => ReferenceEquals(Transport, this);

    PipeReader IDuplexPipe.Input => _input.Reader;

    PipeWriter IDuplexPipe.Output => _output;

    /// <summary>Begins to receive.</summary>
    public void Start() => _receiving = ReceiveAsync();

    /// <summary>Cuts the connection: the peer gets a reset, what waits is not sent.</summary>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        CloseSocket(abortReason);
        // Reading goes on to its end even if nobody works off what has come.
        _input.Writer.CancelPendingFlush();
    }

    public override void Abort() => Abort(new("The connection was aborted by the application."));

    /// <summary>The writer's end: what was written is sent, then the socket is closed.</summary>
    /// <param name="reason">Null for a proper end; otherwise the peer gets a reset.</param>
    public void Close(Exception? reason)
    {
        lock (_gate) _closing ??= CloseAsync(reason);
    }

    /// <summary>Sending has failed; the connection is of no use any more.</summary>
    public void OnSendFailed(Exception failure)
    {
        CloseSocket(failure is SocketException fault ? Failure(fault) : failure);
        _input.Writer.CancelPendingFlush();
    }

    /// <summary>When the host has done with the connection, its socket is somebody else's, who gets it in order: everything written is sent, nothing is read any more.</summary>
    /// <param name="heir">Gets the socket, which may have been closed or have come to its end, and what was received but not read. Called once; must not block.</param>
    public void LeaveSocketTo(Action<Socket, byte[]> heir) => _heir = heir;

    /// <summary>The host has done with it: the rest is sent, and the socket is closed or left to its heir.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_heir is null)
        {
            await _input.Reader.CompleteAsync();
            await _output.CompleteAsync();
            await _closing!;
            await _receiving;
        }
        else
        {
            await LeaveSocketAsync(_heir);
        }
        _closed.Dispose();
        _leaving.Dispose();
        await base.DisposeAsync();
    }

    async Task CloseAsync(Exception? reason)
    {
        if (reason is null) await _output.DrainAsync();
        CloseSocket(reason);
        _input.Writer.CancelPendingFlush();
    }

    async Task LeaveSocketAsync(Action<Socket, byte[]> heir)
    {
        await _leaving.CancelAsync();
        _input.Writer.CancelPendingFlush();
        await _receiving;
        var received = TakeUnread();
        await _input.Reader.CompleteAsync();
        await _output.DrainAsync();
        // Who would still abort the connection comes too late.
        lock (_gate) _isClosed = true;
        heir(_socket, received);
    }

    byte[] TakeUnread()
    {
        try
        {
            return _input.Reader.TryRead(out var rest) ? rest.Buffer.ToArray() : [];
        }
        catch (Exception failure) when (TransportFailure.Is(failure))
        {
            // Reset or aborted; the heir finds the socket so.
            return [];
        }
    }

    async Task ReceiveAsync()
    {
        Exception? failure = null;
        var leaving = _leaving.Token;
        try
        {
            while (true)
            {
                // Waiting costs no buffer: this read of nothing comes back when there is something.
                await _socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, leaving);
                var length = _socket.Receive(_input.Writer.GetMemory(MinReadBytes).Span, SocketFlags.None, out var fault);
                if (fault == SocketError.WouldBlock) continue;
                if (fault != SocketError.Success) throw new SocketException((int)fault);
                if (length == 0) break;
                _input.Writer.Advance(length);
                // Whoever waits for it works it off now, on this thread; what takes longer is awaited there and lets this go on.
                var flushed = await _input.Writer.FlushAsync();
                if (flushed.IsCompleted || flushed.IsCanceled) break;
            }
        }
        catch (OperationCanceledException)
        {
            // The socket is to be somebody else's.
        }
        catch (SocketException fault)
        {
            failure = Failure(fault);
        }
        catch (ObjectDisposedException closed)
        {
            failure = closed;
        }
        catch (Exception bug)
        {
            failure = bug;
            ReceivingFailed(bug, ConnectionId);
        }
        await EndInputAsync(failure);
    }

    async Task EndInputAsync(Exception? failure)
    {
        await _input.Writer.CompleteAsync(_isClosed ? _closeReason : failure);
        // What is registered there takes locks of the host, and its callers hold some.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await _closed.CancelAsync();
        }
        catch (AggregateException bug)
        {
            ClosingFailed(bug, ConnectionId);
        }
    }

    void CloseSocket(Exception? reason)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _closeReason = reason ?? new ConnectionAbortedException("The connection was closed after everything had been sent.");
            _isClosed = true;
        }
        if (reason is not null)
        {
            _socket.Close(timeout: 0);
            return;
        }
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The peer has closed it already.
        }
        _socket.Dispose();
    }

    /// <summary>What HTTP takes for the peer's doing, where it is.</summary>
    static Exception Failure(SocketException fault) => fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown ? new ConnectionResetException(fault.Message, fault) : fault;

    [LoggerMessage(2, LogLevel.Error, "Receiving on connection {Connection} failed.")]
    partial void ReceivingFailed(Exception bug, string connection);

    [LoggerMessage(3, LogLevel.Error, "What was to be told of the end of connection {Connection} failed.")]
    partial void ClosingFailed(Exception bug, string connection);
}
