using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>
/// The server's end of one WebSocket. One reader at a time calls <see cref="ReceiveAsync"/> until the connection has ended; pings, pongs and the close handshake are worked off meanwhile, so a connection
/// that nobody receives from stands still. Everything else may be called from any thread at any time. An idle connection holds no buffer.
/// </summary>
public sealed partial class WebSocketConnection : IAsyncDisposable, ISenderOwner
{
    const int ReadBufferBytes = 4096;

    readonly Stream _stream;
    readonly Action _abort;
    readonly DeadlineWheel _wheel;
    readonly WebSocketConnectionOptions _options;
    readonly FrameSender _sender;
    MessageDecoder? _decoder;
    readonly Watch _watch;
    // Made by whoever comes first, the one that waits or the one that has written.
    TaskCompletionSource? _closeWritten;
    byte[]? _buffer;
    int _start;
    int _end;
    long _lastHeardMs;
    StrongBox<WebSocketClosure>? _closure;
    bool _hasEnded;

    /// <summary>A connection on a stream that has gone through its handshake.</summary>
    /// <param name="stream">The transport in both directions.</param>
    /// <param name="abort">Cuts the transport at once, so that reads and writes under way fail; may be called more than once, from any thread.</param>
    /// <param name="options">Limits and times.</param>
    /// <param name="wheel">Where the deadlines of this and other connections turn.</param>
    /// <param name="subprotocol">What the handshake chose, or null.</param>
    public WebSocketConnection(Stream stream, Action abort, WebSocketConnectionOptions options, DeadlineWheel wheel, string? subprotocol = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(abort);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(wheel);
        _stream = stream;
        _abort = abort;
        _options = options;
        _wheel = wheel;
        _sender = new(stream, options.MaxQueuedBytes, this);
        _watch = new(this);
        Subprotocol = subprotocol;
        _lastHeardMs = wheel.NowMs;
        if (options.PingInterval > TimeSpan.Zero) _watch.In(options.PingInterval);
    }

    /// <summary>A connection on a socket of its own, which can cut itself.</summary>
    internal WebSocketConnection(SocketStream socket, WebSocketConnectionOptions options, DeadlineWheel wheel, string? subprotocol)
        : this(socket, static () => { }, options, wheel, subprotocol)
    {
    }

    /// <summary>The subprotocol that the handshake chose, or null.</summary>
    public string? Subprotocol { get; }

    /// <summary>Bytes that wait to be written or are being written, frame headers included.</summary>
    public int QueuedBytes => _sender.QueuedBytes;

    /// <summary>True from the first sign of the end on: a close frame in either direction, or a lost transport. Nothing more can be sent.</summary>
    public bool IsClosing => Volatile.Read(ref _closure) is not null;

    /// <summary>How the connection ended; meaningful once <see cref="IsClosing"/>.</summary>
    public WebSocketClosure Closure => Volatile.Read(ref _closure)?.Value ?? default;

    /// <summary>
    /// Called each time everything that was queued has been written. Runs on the writing thread: be quick and do not throw. Whoever sends less to a slow reader looks at <see cref="QueuedBytes"/> before
    /// it sends, and sends the newest state when this is called.
    /// </summary>
    public Action? Drained { get; set; }

    /// <summary>Queues a message. Never waits and, in steady state, allocates nothing.</summary>
    /// <param name="frame">A frame that may be queued on any number of connections.</param>
    /// <param name="flush">False to leave the writing to a <see cref="Flush"/> that follows at once, so that several frames leave together.</param>
    /// <returns>Whether it was taken; a frame that is not taken is not sent, now or later.</returns>
    public SendResult TrySend(WebSocketFrame frame, bool flush = true)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return _sender.TrySend(frame, flush);
    }

    /// <summary>
    /// Has everything queued written: where the socket is the connection's own (<c>UseDirectSockets</c>) as much as it takes on this very thread, the rest, and everything elsewhere, on the thread pool. Never waits.
    /// <see cref="Drained"/> may be called within.
    /// </summary>
    public void Flush() => _sender.Flush();

    /// <summary>
    /// Begins the close handshake and comes back at once; <see cref="ReceiveAsync"/> tells when it is over. The connection is cut when the peer has not answered within <see cref="WebSocketConnectionOptions.CloseTimeout"/>.
    /// Does nothing when the connection is already closing.
    /// </summary>
    /// <param name="code">Why.</param>
    /// <param name="reason">Why, in words; at most 123 bytes of UTF-8 are sent.</param>
    /// <param name="dropQueued">True to forget what waits – the way to close a reader that is too slow; false to send it first.</param>
    public void Close(WebSocketCloseCode code, string reason = "", bool dropQueued = false)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (code != WebSocketCloseCode.NoStatus && !CloseCodes.IsSendable((int)code)) throw new ArgumentOutOfRangeException(nameof(code), code, $"Close code {(int)code} may not be sent; allowed are 1000–1003, 1007–1014 and 3000–4999.");
        BeginClose(new(WebSocketCloseCause.Local, code, reason), code, reason, dropQueued);
    }

    /// <summary>Cuts the transport at once, without a close frame.</summary>
    public void Abort() => Cut(new(WebSocketCloseCause.Aborted, WebSocketCloseCode.Abnormal, ""));

    /// <summary>Waits for the next message. One call at a time; each makes the payload of the one before it invalid. Never throws for what the peer or the network does: those end in a message of kind <see cref="WebSocketMessageKind.Closed"/>.</summary>
    /// <param name="cancellationToken">Stops waiting; the connection must not be received from again and should be aborted.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ValueTask<WebSocketMessage> ReceiveAsync(CancellationToken cancellationToken = default) => ReceiveNextAsync(waits: true, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<WebSocketMessage> ReceiveNextAsync(bool waits, CancellationToken cancellationToken)
    {
        // Whoever does not have it wait has waited, and does so again when what has come is worked off.
        var hasNews = !waits && _start == _end;
        while (!_hasEnded)
        {
            var status = DecodeStatus.NeedMore;
            if (_start < _end)
            {
                status = Decoder.Decode(_buffer.AsMemory(_start, _end - _start), out var consumed);
                _start += consumed;
            }
            switch (status)
            {
                case DecodeStatus.Text: return new(WebSocketMessageKind.Text, Decoder.Payload);
                case DecodeStatus.Binary: return new(WebSocketMessageKind.Binary, Decoder.Payload);
                case DecodeStatus.Ping:
                    _sender.SendPong(Decoder.Payload.Span);
                    break;
                case DecodeStatus.Pong:
                    break;
                case DecodeStatus.Close:
                    await AnswerCloseAsync();
                    End();
                    break;
                case DecodeStatus.Invalid:
                    var (code, reason) = (Decoder.ErrorCode, Decoder.ErrorReason);
                    BeginClose(new(WebSocketCloseCause.ProtocolError, code, reason), code, reason, dropQueued: true);
                    await DiscardAsync();
                    End();
                    break;
                default:
                    var read = 0;
                    try
                    {
                        if (hasNews)
                        {
                            hasNews = false;
                        }
                        else if (_start == _end)
                        {
                            Rest();
                            if (!waits) return new(Nothing, default);
                            // Waiting costs no buffer: this read of nothing comes back when there is something.
                            if (_stream is SocketStream socket) await socket.WaitAsync(cancellationToken);
#pragma warning disable CA2022 // It reads nothing on purpose.
                            else await _stream.ReadAsync(Memory<byte>.Empty, cancellationToken);
#pragma warning restore CA2022
                        }
                        read = await _stream.ReadAsync(Space(), cancellationToken);
                        _end += read;
                        Volatile.Write(ref _lastHeardMs, _wheel.NowMs);
                    }
                    catch (Exception failure) when (TransportFailure.Is(failure) && !cancellationToken.IsCancellationRequested)
                    {
                        // The transport is gone, as at its end.
                    }
                    if (read > 0) break;
                    Lost();
                    End();
                    break;
            }
        }
        return default;
    }

    /// <summary>Closes in the usual way if it is open, works off the close handshake, and lets go of everything. Messages that still come are dropped.</summary>
    public async ValueTask DisposeAsync()
    {
        Close(WebSocketCloseCode.Normal);
        while (!(await ReceiveAsync()).IsClosed)
        {
        }
        End();
        _decoder?.Release();
    }

    void ISenderOwner.OnDrained() => Drained?.Invoke();

    void ISenderOwner.OnCloseWritten() => CloseWritten.TrySetResult();

    void ISenderOwner.OnWriteFailed(Exception failure) => Lost();

    TaskCompletionSource CloseWritten => Volatile.Read(ref _closeWritten) ?? MakeCloseWritten();

    TaskCompletionSource MakeCloseWritten()
    {
        TaskCompletionSource made = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return Interlocked.CompareExchange(ref _closeWritten, made, null) ?? made;
    }

    async ValueTask AnswerCloseAsync()
    {
        var payload = Decoder.Payload.Span;
        var code = payload.Length >= 2 ? (WebSocketCloseCode)BinaryPrimitives.ReadUInt16BigEndian(payload) : WebSocketCloseCode.NoStatus;
        var reason = payload.Length > 2 ? Encoding.UTF8.GetString(payload[2..]) : "";
        BeginClose(new(WebSocketCloseCause.Peer, code, reason), code, "", dropQueued: true);
        await CloseWritten.Task;
    }

    /// <summary>After our close frame the transport is read to its end: closing a socket with unread bytes would reset it, and the reset may overtake the close frame.</summary>
    async ValueTask DiscardAsync()
    {
        await CloseWritten.Task;
        _start = _end = 0;
        try
        {
            while (await _stream.ReadAsync(_buffer.AsMemory()) > 0)
            {
            }
        }
        catch (Exception failure) when (TransportFailure.Is(failure))
        {
            // Gone at once instead of at its end; the closure has its cause already.
        }
    }

    // There while it has something to decode, which an idle connection has not.
    MessageDecoder Decoder => _decoder ??= new(_options.MaxMessageBytes);

    /// <summary>Lets go of all that only a message needs that is under way.</summary>
    void Rest()
    {
        ReturnBuffer();
        _decoder?.Forget();
        if (_decoder?.IsIdle == true) _decoder = null;
    }

    /// <summary>Room in the buffer behind what has not been decoded yet.</summary>
    Memory<byte> Space()
    {
        if (_buffer is null)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(ReadBufferBytes);
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        return _buffer.AsMemory(_end);
    }

    void BeginClose(WebSocketClosure closure, WebSocketCloseCode code, string reason, bool dropQueued)
    {
        SetClosure(closure);
        if (_sender.SendClose(WebSocketFrame.Close(code, reason), dropQueued)) _watch.In(_options.CloseTimeout);
    }

    void Cut(WebSocketClosure closure)
    {
        SetClosure(closure);
        _sender.End();
        CloseWritten.TrySetResult();
        if (_stream is SocketStream socket) socket.Abort();
        else _abort();
    }

    void Lost()
    {
        SetClosure(new(WebSocketCloseCause.ConnectionLost, WebSocketCloseCode.Abnormal, ""));
        _sender.End();
        CloseWritten.TrySetResult();
    }

    /// <summary>The first cause counts.</summary>
    void SetClosure(WebSocketClosure closure) => Interlocked.CompareExchange(ref _closure, new(closure), null);

    void End()
    {
        _hasEnded = true;
        _wheel.Cancel(_watch);
        _sender.End();
        _start = _end = 0;
        ReturnBuffer();
    }

    void ReturnBuffer()
    {
        if (_buffer is null) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _start = _end = 0;
    }

    /// <summary>The one deadline of a connection: the next ping, the pong that is owed, or the end of the close handshake.</summary>
    sealed class Watch(WebSocketConnection connection) : Deadline
    {
        long _pingedMs = -1;

        public void In(TimeSpan time) => connection._wheel.Schedule(this, connection._wheel.NowMs + (long)time.TotalMilliseconds);

        protected internal override void OnDue()
        {
            if (connection.IsClosing)
            {
                connection.Cut(new(WebSocketCloseCause.Aborted, WebSocketCloseCode.Abnormal, ""));
                return;
            }
            var options = connection._options;
            var heard = Volatile.Read(ref connection._lastHeardMs);
            if (_pingedMs >= 0 && heard < _pingedMs)
            {
                connection.Cut(new(WebSocketCloseCause.PingTimeout, WebSocketCloseCode.Abnormal, ""));
                return;
            }
            var silent = connection._wheel.NowMs - heard;
            var interval = (long)options.PingInterval.TotalMilliseconds;
            if (silent < interval)
            {
                _pingedMs = -1;
                In(TimeSpan.FromMilliseconds(interval - silent));
                return;
            }
            _pingedMs = connection._wheel.NowMs;
            connection._sender.SendPing();
            In(options.PingTimeout);
        }
    }
}
