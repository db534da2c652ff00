using System.Text.Json;
using System.Text.RegularExpressions;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Wire;
using MyTradeX.Protocols.WebSockets;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Realtime;

/// <summary>One client of <c>/ws</c>: takes its messages and answers them.</summary>
internal sealed partial class WebSocketClient : IRoomMember, IWebSocketReceiver
{
    /// <summary>Rooms of one connection.</summary>
    const int RoomsMax = 100;

    readonly WebSocketDoor _door;
    readonly WebSocketConnection _connection;
    readonly RealtimeSession _session;
    // Made when they are needed: most clients enter no room, and many never say anything.
    HashSet<string>? _rooms;
    MessageBudget? _budget;
    bool _cancelsOnDisconnect;

    public WebSocketClient(WebSocketDoor door, WebSocketConnection connection, SignedIn signedIn)
    {
        (_door, _connection) = (door, connection);
        var pump = new WebSocketPump(connection, door.Pumps.Next());
        _session = door.Hub.Open(signedIn, null, pump);
        pump.Session = _session;
    }

    public long UserId => _session.Caller.UserId;

    public void Hear(RealtimeEvent e) => _session.Tell(e);

    /// <summary>Greets the client and serves it until the connection has ended.</summary>
    public Task RunAsync()
    {
        try
        {
            _door.Rooms.Enter(this);
            Answer("connected", new { userId = _session.Caller.Id, timestamp = _door.Clock.GetUtcNow() });
            if (_door.IsStopping)
                GoAway();
        }
        catch
        {
            OnEnded();
            throw;
        }
        return _connection.ReceiveAllAsync(this);
    }

    public void GoAway() => _connection.Close(WebSocketCloseCode.GoingAway, "The server is going down; connect again.");

    public async ValueTask OnMessageAsync(WebSocketMessage message)
    {
        if (!(_budget ??= new(_door.Clock)).TryTake())
        {
            _connection.Close(WebSocketCloseCode.PolicyViolation, MessageBudget.Exceeded.Message);
            RealtimeMetrics.Closed(WebSocketDoor.Name, ErrorCode.RateLimitExceeded.Name);
        }
        else if (message.Kind != WebSocketMessageKind.Text)
            Refuse(ErrorCode.ValidationError, "Messages are JSON text.");
        else
            await HandleAsync(message.Payload);
    }

    public void OnEnded()
    {
        // The protocol's own grounds are the connection's to act on, and for whoever runs the venue to see.
        if (_connection.Closure.Cause is WebSocketCloseCause.ProtocolError or WebSocketCloseCause.PingTimeout)
            RealtimeMetrics.Closed(WebSocketDoor.Name, _connection.Closure.Cause == WebSocketCloseCause.PingTimeout ? "PING_TIMEOUT" : "PROTOCOL_ERROR");
        var rooms = _rooms ?? [];
        foreach (var room in rooms)
            _door.Rooms.Tell(room, this, "user_left", new { roomId = room, userId = _session.Caller.Id });
        _door.Rooms.Exit(this, rooms);
        _session.Dispose();
        if (_cancelsOnDisconnect)
            _ = CancelOrdersAsync();
    }

    async Task HandleAsync(ReadOnlyMemory<byte> text)
    {
        ClientMessage? message;
        try
        {
            message = JsonSerializer.Deserialize<ClientMessage>(text.Span, WireJson.Options);
        }
        catch (JsonException fault)
        {
            Refuse(ErrorCode.ValidationError, $"The message is not JSON of the right form: {fault.Message}");
            return;
        }
        switch (message?.Type)
        {
            case "join_room": Join(message); break;
            case "leave_room": Leave(message); break;
            case "broadcast": Broadcast(message); break;
            case "direct_message": Direct(message); break;
            case "subscribe": Subscribe(message); break;
            case "unsubscribe": Unsubscribe(message); break;
            case "authenticate": await AuthenticateAsync(message); break;
            case "cancel_on_disconnect": CancelOnDisconnect(message); break;
            case "ping": Answer("pong", new { timestamp = _door.Clock.GetUtcNow() }); break;
            default:
                Refuse(ErrorCode.ValidationError, $"Unknown message type; types are {ClientMessages.Names}.");
                break;
        }
    }

    void Join(ClientMessage message)
    {
        if (!IsRoom(message, out var room))
            return;
        if (_rooms?.Count >= RoomsMax)
        {
            Refuse(ErrorCode.ValidationError, $"A connection is in at most {RoomsMax} rooms.");
            return;
        }
        if (!_door.Rooms.Join(room, this))
            return;
        (_rooms ??= new(StringComparer.Ordinal)).Add(room);
        Answer("room_joined", new { roomId = room });
        _door.Rooms.Tell(room, this, "user_joined", new { roomId = room, userId = _session.Caller.Id });
    }

    void Leave(ClientMessage message)
    {
        if (!IsRoom(message, out var room) || _rooms?.Remove(room) != true)
            return;
        _door.Rooms.Leave(room, this);
        Answer("room_left", new { roomId = room });
        _door.Rooms.Tell(room, this, "user_left", new { roomId = room, userId = _session.Caller.Id });
    }

    void Broadcast(ClientMessage message)
    {
        if (!IsRoom(message, out var room))
            return;
        if (_rooms?.Contains(room) != true)
            Refuse(ErrorCode.Forbidden, $"Join {room} before speaking in it.");
        else
            _door.Rooms.Tell(room, this, "broadcast", new { roomId = room, userId = _session.Caller.Id, data = message.Payload, timestamp = _door.Clock.GetUtcNow() });
    }

    void Direct(ClientMessage message)
    {
        if (!Ids.TryParse(message.UserId, "user", out var userId))
            Refuse(ErrorCode.ValidationError, "userId must name a user, for example user-12.");
        else if (!_door.Rooms.TellUser(userId, "direct_message", new { from = _session.Caller.Id, data = message.Payload, timestamp = _door.Clock.GetUtcNow() }))
            Refuse(ErrorCode.UserNotFound, $"{message.UserId} is not connected.");
    }

    void Subscribe(ClientMessage message)
    {
        if (message.Names() is not { Count: > 0 } names)
        {
            Refuse(ErrorCode.ValidationError, "topics must name at least one topic, for example market:AAPL.");
            return;
        }
        long? after = null;
        if (message.Cursor is { } cursor)
        {
            if (!long.TryParse(cursor, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id))
            {
                Refuse(ErrorCode.ValidationError, "cursor must be the cursor of the last event received.");
                return;
            }
            after = id;
        }
        var followed = new List<string>();
        using (_session.Together())
            foreach (var name in names)
            {
                if (_session.Subscribe(name, after) is { } refusal)
                    Refuse(refusal);
                else
                    followed.Add(name);
            }
        if (followed.Count > 0)
            Answer("subscribed", new { topics = followed });
    }

    void Unsubscribe(ClientMessage message)
    {
        var names = message.Names();
        foreach (var name in names)
            _session.Unsubscribe(name);
        Answer("unsubscribed", new { topics = names });
    }

    async Task AuthenticateAsync(ClientMessage message)
    {
        var signedIn = message.Token is { } token ? await _door.Tokens.OpenAsync(token, CancellationToken.None) : null;
        if (signedIn?.Caller.UserId != UserId)
        {
            Refuse(ErrorCode.Unauthorized, "token must be a valid access token of the user who opened the connection.");
            return;
        }
        _session.SignedIn = signedIn;
        Answer("authenticated", new { expiresAt = signedIn.ExpiresAt });
    }

    void CancelOnDisconnect(ClientMessage message)
    {
        if (message.Enabled is not { } enabled)
            Refuse(ErrorCode.ValidationError, "enabled must be true or false.");
        else if (enabled && !_session.Caller.May(Contracts.Identity.Permission.CancelOrders))
            Refuse(ErrorCode.Forbidden, "Your role may not cancel orders.");
        else
        {
            _cancelsOnDisconnect = enabled;
            Answer("cancel_on_disconnect", new { enabled });
        }
    }

    async Task CancelOrdersAsync()
    {
        try
        {
            await _door.Orders.CancelAllAsync(_session.Caller, null, null, new CommandKey(0), CancellationToken.None);
        }
#pragma warning disable CA1031 // Nobody is there to be told any more, but whoever runs the venue must be.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogNotCancelled(_door.Log, failure, _session.Caller.Id);
        }
    }

    bool IsRoom(ClientMessage message, out string room)
    {
        room = message.RoomId ?? "";
        if (RoomName().IsMatch(room))
            return true;
        Refuse(ErrorCode.ValidationError, "roomId must have 1 to 64 letters, digits, dots, colons, hyphens or underscores.");
        return false;
    }

    void Answer<T>(string type, T payload) => _session.Tell(type, payload);

    void Refuse(ErrorCode code, string message) => Refuse(new(code, message));

    void Refuse(Refusal refusal) => Answer("error", new { error = refusal.Message, code = refusal.Code.Name, details = refusal.Details });

    [GeneratedRegex(@"^[\w.:-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RoomName();

    [LoggerMessage(Level = LogLevel.Error, Message = "The orders of {User}, who asked for it, could not be cancelled when the connection ended.")]
    static partial void LogNotCancelled(ILogger log, Exception failure, string user);
}
