using System.Buffers;
using Microsoft.AspNetCore.Http;
using MyTradeX.Protocols.WebSockets;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>The connection on long polling, and its way over to a WebSocket.</summary>
public sealed partial class EngineIOConnection
{
    // After a probe the client takes its polls back before it says "upgrade"; a poll that comes meanwhile is given this long to be overtaken by it before a noop sends it home.
    const int NoopAfterMs = 100;

    List<EnginePacket>? _queue;
    int _queuedBytes;
    TaskCompletionSource? _poll;
    bool _isPosting;
    bool _isUpgrading;
    bool _isProbed;
    bool _isEndedByClient;

    /// <summary>Answers a GET: with what waits, or as soon as something does.</summary>
    internal async Task PollAsync(HttpContext context)
    {
        if (_heartbeat.HasDied) End(DisconnectReason.PingTimeout, dropQueued: true);
        TaskCompletionSource poll = new(TaskCreationOptions.RunContinuationsAsynchronously);
        EngineIOError? error = null;
        var isSecond = false;
        lock (_gate)
        {
            if (_webSocket is not null) error = EngineIOError.BadRequest;
            else if (_state == State.Closed) error = EngineIOError.UnknownSession;
            else if (_poll is not null) (isSecond, error) = (true, EngineIOError.BadRequest);
            else
            {
                _poll = poll;
                if (_queue is { Count: > 0 }) poll.TrySetResult();
                else if (_isProbed) SendHomeLater();
            }
        }
        if (isSecond) End(DisconnectReason.TransportError, dropQueued: true);
        if (error is not null)
        {
            await _server.RefuseAsync(context, error);
            return;
        }

        await using (context.RequestAborted.UnsafeRegister(static connection => ((EngineIOConnection)connection!).End(DisconnectReason.TransportError, dropQueued: true), this))
        {
            await poll.Task;
        }
        List<EnginePacket>? packets;
        bool isLast;
        lock (_gate)
        {
            _poll = null;
            packets = _queue;
            _queue = null;
            isLast = _state != State.Open;
        }
        if (packets is null)
        {
            // The upgrade came first.
            await _server.RefuseAsync(context, EngineIOError.BadRequest);
            return;
        }
        await WriteAsync(context, packets);
        bool isDrained;
        lock (_gate)
        {
            foreach (var packet in packets) _queuedBytes -= packet.Length;
            isDrained = _queue is null && _webSocket is null;
        }
        if (isLast) FinishPolling();
        else if (isDrained) _handler.OnDrained(this);
    }

    /// <summary>Takes a POST's packets.</summary>
    internal async Task PostAsync(HttpContext context)
    {
        if (_heartbeat.HasDied) End(DisconnectReason.PingTimeout, dropQueued: true);
        EngineIOError? error = null;
        var isSecond = false;
        lock (_gate)
        {
            if (_webSocket is not null) error = EngineIOError.BadRequest;
            else if (_state != State.Open) error = EngineIOError.UnknownSession;
            else if (_isPosting) (isSecond, error) = (true, EngineIOError.BadRequest);
            else _isPosting = true;
        }
        if (isSecond) End(DisconnectReason.TransportError, dropQueued: true);
        if (error is not null)
        {
            await _server.RefuseAsync(context, error);
            return;
        }

        byte[]? body = null;
        try
        {
            (body, var length) = await ReadBodyAsync(context);
            if (length < 0) error = EngineIOError.TooLarge;
            else if (!await TakePayloadAsync(body.AsMemory(0, length))) error = EngineIOError.BadRequest;
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException)
        {
            End(DisconnectReason.TransportError, dropQueued: true);
            error = EngineIOError.BadRequest;
        }
        finally
        {
            if (body is not null) ArrayPool<byte>.Shared.Return(body);
            lock (_gate) _isPosting = false;
        }
        if (error is not null)
        {
            await _server.RefuseAsync(context, error);
            return;
        }
        context.Response.ContentType = "text/html";
        await context.Response.WriteAsync("ok");
    }

    /// <summary>One client, one upgrade at a time; a second is refused.</summary>
    internal bool TryBeginUpgrade()
    {
        lock (_gate)
        {
            if (_state != State.Open || _webSocket is not null || _isUpgrading) return false;
            return _isUpgrading = true;
        }
    }

    internal void GiveUpUpgrade()
    {
        lock (_gate) _isUpgrading = _isProbed = false;
    }

    /// <summary>Probe, answer, upgrade; then the WebSocket is the transport. When the client does anything else the WebSocket is closed and polling goes on.</summary>
    internal async Task UpgradeAsync(WebSocketConnection webSocket)
    {
        UpgradeDeadline deadline = new(webSocket);
        _server.Wheel.Schedule(deadline, _server.Wheel.NowMs + (long)_server.Options.UpgradeTimeout.TotalMilliseconds);
        var isUpgraded = false;
        try
        {
            if (Is(await webSocket.ReceiveAsync(), "2probe"u8))
            {
                webSocket.TrySend(EnginePacket.Probe.Frame);
                lock (_gate)
                {
                    _isProbed = true;
                    // It waits since before the probe, so no upgrade can follow it: home at once.
                    if (_poll is not null) SendHome();
                }
                if (Is(await webSocket.ReceiveAsync(), "5"u8)) isUpgraded = CompleteUpgrade(webSocket);
            }
        }
        finally
        {
            _server.Wheel.Cancel(deadline);
            if (!isUpgraded) GiveUpUpgrade();
        }
        if (!isUpgraded) return;
        SocketIOMetrics.Upgraded();
        await ReceiveAsync(webSocket);
    }

    static bool Is(WebSocketMessage message, ReadOnlySpan<byte> text) => message.Kind == WebSocketMessageKind.Text && message.Payload.Span.SequenceEqual(text);

    bool CompleteUpgrade(WebSocketConnection webSocket)
    {
        lock (_gate)
        {
            _isUpgrading = _isProbed = false;
            if (_state != State.Open) return false;
            // What waited goes first; whoever sends meanwhile waits for this lock or finds the WebSocket.
            foreach (var packet in _queue ?? []) webSocket.TrySend(packet.Frame);
            _queue = null;
            _queuedBytes = 0;
            Attach(webSocket);
            _poll?.TrySetResult();
            return true;
        }
    }

    SendResult SendByPolling(EnginePacket packet)
    {
        lock (_gate)
        {
            if (_webSocket is not null) return _webSocket.TrySend(packet.Frame);
            if (_state != State.Open) return SendResult.Closed;
            if (packet.Length > _server.Options.MaxQueuedBytes - _queuedBytes) return SendResult.Full;
            Enqueue(packet);
            return SendResult.Queued;
        }
    }

    void Enqueue(EnginePacket packet)
    {
        (_queue ??= []).Add(packet);
        _queuedBytes += packet.Length;
        _poll?.TrySetResult();
    }

    void SendHome()
    {
        if (_poll is not null && _queue is null) Enqueue(EnginePacket.Noop);
    }

    void SendHomeLater() => _server.Wheel.Schedule(new NoopDeadline(this, _poll!), _server.Wheel.NowMs + NoopAfterMs);

    /// <summary>The client said close: its poll, if it still has one or sends one, is answered with a noop.</summary>
    void EndByClient()
    {
        lock (_gate)
        {
            if (_webSocket is null && _state == State.Open)
            {
                _queue = null;
                _queuedBytes = 0;
                Enqueue(EnginePacket.Noop);
                _isEndedByClient = true;
            }
        }
        End(DisconnectReason.TransportClose, dropQueued: false);
    }

    void EndPolling(string reason, bool dropQueued)
    {
        if (dropQueued) (_queue, _queuedBytes) = (null, 0);
        // A poll under way is told in any case; for one yet to come the session stays a moment, unless the client broke the rules.
        if (!_isEndedByClient && (_poll is not null || !dropQueued)) Enqueue(EnginePacket.Close);
        if (dropQueued)
        {
            _state = State.Closed;
            _server.Wheel.Cancel(_heartbeat);
            _server.Remove(this);
        }
        else
        {
            _state = State.Closing;
            _heartbeat.BecomeFinal();
        }
    }

    void FinishPolling()
    {
        lock (_gate)
        {
            _state = State.Closed;
            if (_poll is not null && _queue is null) Enqueue(EnginePacket.Close);
        }
        _server.Wheel.Cancel(_heartbeat);
        _server.Remove(this);
    }

    async ValueTask<bool> TakePayloadAsync(ReadOnlyMemory<byte> body)
    {
        if (!PollingPayload.IsValid(body.Span)) return Refuse(DisconnectReason.ParseError);
        PollingPayload payload = new(body);
        while (payload.TryRead(out var packet, out var isBinary, out var isValid))
        {
            if (!isValid) return Refuse(DisconnectReason.ParseError);
            if (!await TakeAsync(packet, isBinary)) return CloseReason == DisconnectReason.TransportClose;
        }
        return true;
    }

    /// <summary>The whole body in a rented buffer; a length of -1 when it is too long.</summary>
    async ValueTask<(byte[] Body, int Length)> ReadBodyAsync(HttpContext context)
    {
        var max = _server.Options.MaxPayload;
        var length = 0;
        var body = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(context.Request.ContentLength ?? 4096, 1024, 64 * 1024));
        if (context.Request.ContentLength > max) return (body, -1);
        while (true)
        {
            if (length == body.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(2 * length);
                body.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(body);
                body = larger;
            }
            var read = await context.Request.Body.ReadAsync(body.AsMemory(length), context.RequestAborted);
            if (read == 0) return (body, length);
            length += read;
            if (length > max) return (body, -1);
        }
    }

    static async Task WriteAsync(HttpContext context, List<EnginePacket> packets)
    {
        var length = packets.Count - 1;
        foreach (var packet in packets) length += packet.Polling.Length;
        var response = context.Response;
        response.ContentType = "text/plain; charset=UTF-8";
        response.ContentLength = length;
        response.Headers.CacheControl = "no-store";
        for (var i = 0; i < packets.Count; i++)
        {
            if (i > 0) response.BodyWriter.Write([EnginePacket.Separator]);
            response.BodyWriter.Write(packets[i].Polling.Span);
        }
        // Without a token: a client that has gone is no exception, its cancelled request has ended the connection.
        await response.BodyWriter.FlushAsync();
    }

    sealed class NoopDeadline(EngineIOConnection connection, TaskCompletionSource poll) : Deadline
    {
        protected override void OnDue()
        {
            lock (connection._gate)
            {
                if (connection._poll == poll) connection.SendHome();
            }
        }
    }

    sealed class UpgradeDeadline(WebSocketConnection webSocket) : Deadline
    {
        protected override void OnDue() => webSocket.Close(WebSocketCloseCode.PolicyViolation, "upgrade timeout");
    }
}
