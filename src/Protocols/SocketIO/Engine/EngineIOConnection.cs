using MyTradeX.Protocols.WebSockets;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>One client of an Engine.IO server, whatever transport it is on. Members may be called from any thread.</summary>
public sealed partial class EngineIOConnection
{
    readonly EngineIOServer _server;
    readonly EngineIOHandler _handler;
    readonly Heartbeat _heartbeat;
    readonly Lock _gate = new();
    volatile State _state;
    WebSocketConnection? _webSocket;
    double _tokens;
    long _tokensAtMs;
    int _isClosingSlowReader;

    internal EngineIOConnection(EngineIOServer server, string id, EngineIOHandshake handshake, Func<EngineIOConnection, EngineIOHandler> accept)
    {
        _server = server;
        Id = id;
        Handshake = handshake;
        _tokens = 2.0 * server.Options.MaxPacketsPerSecond;
        _tokensAtMs = server.Wheel.NowMs;
        _heartbeat = new(this);
        _handler = accept(this);
    }

    enum State
    {
        Open,
        /// <summary>Ended for the application; a polling client still gets what was sent before.</summary>
        Closing,
        Closed,
    }

    /// <summary>The session id. Whoever knows it can speak for the client as long as it polls: keep it out of sight of others.</summary>
    public string Id { get; }

    /// <summary>The request that opened the connection.</summary>
    public EngineIOHandshake Handshake { get; }

    /// <summary>What the client's packets travel by now.</summary>
    public EngineIOTransport Transport => Volatile.Read(ref _webSocket) is null ? EngineIOTransport.Polling : EngineIOTransport.WebSocket;

    /// <summary>True until the connection ends for either side.</summary>
    public bool IsOpen => _state == State.Open;

    /// <summary>Why it ended; null while it is open.</summary>
    public string? CloseReason { get; private set; }

    /// <summary>Bytes that wait for the client or are being written.</summary>
    public int QueuedBytes => Volatile.Read(ref _webSocket)?.QueuedBytes ?? Volatile.Read(ref _queuedBytes);

    /// <summary>True when a packet would go out at once: nothing waits, and a polling client is waiting for an answer.</summary>
    public bool IsWritable => Volatile.Read(ref _webSocket) is { } webSocket ? webSocket.QueuedBytes == 0 : Volatile.Read(ref _poll) is not null && Volatile.Read(ref _queuedBytes) == 0;

    /// <summary>Queues a message; never waits. When more would wait than <see cref="EngineIOOptions.MaxQueuedBytes"/> it is not taken and the connection is closed as a slow reader.</summary>
    /// <param name="packet">A message.</param>
    /// <param name="flush">False to leave the writing to a <see cref="Flush"/> that follows at once, so that several packets leave together.</param>
    public SendResult Send(EnginePacket packet, bool flush = true)
    {
        ArgumentNullException.ThrowIfNull(packet);
        var result = Volatile.Read(ref _webSocket)?.TrySend(packet.Frame, flush) ?? SendByPolling(packet);
        if (result == SendResult.Queued) SocketIOMetrics.PacketSent();
        // The sender may hold locks that the end of a connection needs, as those of a room.
        else if (result == SendResult.Full && Interlocked.Exchange(ref _isClosingSlowReader, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static connection => connection.End(DisconnectReason.SlowReader, dropQueued: true), this, preferLocal: false);
        return result;
    }

    /// <summary>Queues a text message.</summary>
    public SendResult Send(string text) => Send(EnginePacket.Text(text));

    /// <summary>Queues a binary message.</summary>
    public SendResult Send(ReadOnlyMemory<byte> payload) => Send(EnginePacket.Binary(payload));

    /// <summary>Has everything queued written: to a socket at hand as much as it takes on this very thread. Never waits.</summary>
    public void Flush() => Volatile.Read(ref _webSocket)?.Flush();

    /// <summary>Ends the connection; what was sent before still goes out, within <see cref="EngineIOOptions.CloseTimeout"/>.</summary>
    public void Close() => End(DisconnectReason.ForcedClose, dropQueued: false);

    /// <summary>Ends the connection for a reason, once; the first reason counts.</summary>
    internal void End(string reason, bool dropQueued)
    {
        WebSocketConnection? webSocket;
        lock (_gate)
        {
            if (_state != State.Open) return;
            CloseReason = reason;
            webSocket = _webSocket;
            if (webSocket is null) EndPolling(reason, dropQueued);
            else _state = State.Closed;
        }
        if (webSocket is not null)
        {
            webSocket.Close(CodeFor(reason), reason, dropQueued);
            _server.Wheel.Cancel(_heartbeat);
            _server.Remove(this);
        }
        SocketIOMetrics.Closed(reason);
        EngineIOLog.Closed(_server.Logger, Id, reason);
        _handler.OnClosed(this, reason);
    }

    internal void Open()
    {
        SocketIOMetrics.Opened();
        _heartbeat.Start();
    }

    internal void SendOpenPacket() => Send(_server.OpenPacket(this));

    /// <summary>A connection that begins on a WebSocket.</summary>
    internal async Task RunAsync(WebSocketConnection webSocket)
    {
        Attach(webSocket);
        SendOpenPacket();
        Open();
        // Whoever stops the server closes the connections there are; this one may have come just after.
        if (_server.IsStopping) End(DisconnectReason.ServerShuttingDown, dropQueued: false);
        await ReceiveAsync(webSocket);
    }

    void Attach(WebSocketConnection webSocket)
    {
        webSocket.Drained = () => _handler.OnDrained(this);
        Volatile.Write(ref _webSocket, webSocket);
    }

    async Task ReceiveAsync(WebSocketConnection webSocket)
    {
        while (true)
        {
            var message = await webSocket.ReceiveAsync();
            if (message.IsClosed) break;
            if (!await TakeAsync(message.Payload, message.Kind == WebSocketMessageKind.Binary)) return;
        }
        End(webSocket.Closure.Cause is WebSocketCloseCause.Peer or WebSocketCloseCause.ConnectionLost ? DisconnectReason.TransportClose : DisconnectReason.TransportError, dropQueued: true);
    }

    /// <summary>Works off one packet from the client.</summary>
    /// <returns>False when the connection has ended, by this packet or before.</returns>
    async ValueTask<bool> TakeAsync(ReadOnlyMemory<byte> packet, bool isBinary)
    {
        if (!IsOpen) return false;
        SocketIOMetrics.PacketReceived();
        if (!TakeToken()) return Refuse(DisconnectReason.TooManyPackets);
        try
        {
            if (isBinary)
            {
                await _handler.OnBinaryAsync(this, packet);
                return IsOpen;
            }
            switch (packet.IsEmpty ? (byte)0 : packet.Span[0])
            {
                case (byte)'4':
                    await _handler.OnTextAsync(this, packet[1..]);
                    return IsOpen;
                case (byte)'3':
                    _heartbeat.OnPong();
                    return true;
                case (byte)'1':
                    EndByClient();
                    return false;
                case (byte)'5' or (byte)'6':
                    return true;
                default:
                    return Refuse(DisconnectReason.ParseError);
            }
        }
#pragma warning disable CA1031 // Whatever the application's handler throws ends here: it costs its own client alone.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            EngineIOLog.HandlerFailed(_server.Logger, failure, Id);
            return Refuse(DisconnectReason.ForcedServerClose);
        }
    }

    bool Refuse(string reason)
    {
        End(reason, dropQueued: true);
        return false;
    }

    bool TakeToken()
    {
        var perSecond = _server.Options.MaxPacketsPerSecond;
        if (perSecond == 0) return true;
        lock (_gate)
        {
            var now = _server.Wheel.NowMs;
            _tokens = Math.Min(2.0 * perSecond, _tokens + (now - _tokensAtMs) * perSecond / 1000.0);
            _tokensAtMs = now;
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }

    static WebSocketCloseCode CodeFor(string reason) => reason switch
    {
        DisconnectReason.ServerShuttingDown => WebSocketCloseCode.GoingAway,
        DisconnectReason.ParseError => WebSocketCloseCode.InvalidPayload,
        DisconnectReason.SlowReader or DisconnectReason.TooManyPackets or DisconnectReason.TooManyNamespaces or DisconnectReason.PingTimeout => WebSocketCloseCode.PolicyViolation,
        _ => WebSocketCloseCode.Normal,
    };

    /// <summary>
    /// The next ping, or the pong that is owed. Times follow from the moment at which each was due, not from when the wheel came round to it; and a request looks whether its session has died,
    /// so that a client never finds one alive that should be dead.
    /// </summary>
    sealed class Heartbeat(EngineIOConnection connection) : Deadline
    {
        readonly Lock _gate = new();
        long _dueMs;
        long _pingDueMs;
        bool _isAwaitingPong;
        bool _isFinal;

        DeadlineWheel Wheel => connection._server.Wheel;

        public void Start()
        {
            lock (_gate) Next(Wheel.NowMs + (long)connection._server.Options.PingInterval.TotalMilliseconds, isAwaitingPong: false);
        }

        public void OnPong()
        {
            lock (_gate)
            {
                // The interval is from ping to ping, so that delays on the way do not add up.
                if (_isAwaitingPong) Next(Math.Max(_pingDueMs + (long)connection._server.Options.PingInterval.TotalMilliseconds, Wheel.NowMs), isAwaitingPong: false);
            }
        }

        /// <summary>From here on the deadline is the one by which a closed polling client must have fetched its last packets.</summary>
        public void BecomeFinal()
        {
            lock (_gate)
            {
                _isFinal = true;
                Next(Wheel.NowMs + (long)connection._server.Options.CloseTimeout.TotalMilliseconds, isAwaitingPong: false);
            }
        }

        public bool HasDied
        {
            get { lock (_gate) return _isAwaitingPong && !_isFinal && Wheel.NowMs >= _dueMs; }
        }

        protected override void OnDue()
        {
            bool isFinal, isTooLate;
            lock (_gate)
            {
                // A pong may have moved the deadline after the wheel had taken it.
                if (Wheel.NowMs < _dueMs) return;
                isFinal = _isFinal;
                isTooLate = _isAwaitingPong;
                if (!isFinal && !isTooLate) Next((_pingDueMs = _dueMs) + (long)connection._server.Options.PingTimeout.TotalMilliseconds, isAwaitingPong: true);
            }
            if (isFinal) connection.FinishPolling();
            else if (isTooLate) connection.End(DisconnectReason.PingTimeout, dropQueued: true);
            else connection.Send(EnginePacket.Ping);
        }

        void Next(long dueMs, bool isAwaitingPong)
        {
            _dueMs = dueMs;
            _isAwaitingPong = isAwaitingPong;
            Wheel.Schedule(this, dueMs);
        }
    }
}
