namespace MyTradeX.Server.Realtime;

/// <summary>What doors tell besides the topics' events.</summary>
internal static class ServerMessages
{
    static readonly DateTimeOffset Time = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero);

    /// <summary>At the beginning of a stream or socket.</summary>
    public static EventDoc Connected { get; } = new("connected", "The connection stands.", new { userId = "user-12", timestamp = Time });

    /// <summary>In any topic.</summary>
    public static EventDoc Gap { get; } = new("gap",
        "What the client missed is no longer kept: all of the topic up to `missedThrough`. What follows is whole again; read the state anew where the topic does not tell it.", new { topic = "trades:AAPL", missedThrough = 41 });

    public static EventDoc Heartbeat { get; } = new(RealtimeSession.HeartbeatName,
        "Now and then: the last sequence of every topic followed. A client that has less of one, with nothing on its way, has missed something.", new { sequences = new Dictionary<string, long> { ["trades:AAPL"] = 42 } });

    /// <summary>The last event of a stream or a Socket.IO connection that the server ends.</summary>
    public static EventDoc Closed { get; } = new("closed", "The server ends the connection, and why.", new { code = "UNAUTHORIZED", message = "The access token has expired; connect again with a new one." });

    /// <summary>Answers of <c>/ws</c>, and what others in its rooms bring about.</summary>
    public static IReadOnlyList<EventDoc> OfWebSocket { get; } =
    [
        new("subscribed", "These topics are followed from now on.", new { topics = new[] { "market:AAPL", "orders" } }),
        new("unsubscribed", "These topics are no longer followed.", new { topics = new[] { "market:AAPL" } }),
        new("authenticated", "The newer token is taken.", new { expiresAt = Time }),
        new("cancel_on_disconnect", "Whether orders will be cancelled when the connection ends.", new { enabled = true }),
        new("room_joined", "The client is in the room.", new { roomId = "desk-1" }),
        new("room_left", "The client has left the room.", new { roomId = "desk-1" }),
        new("user_joined", "Somebody has entered a room that the client is in.", new { roomId = "desk-1", userId = "user-13" }),
        new("user_left", "Somebody has left a room that the client is in.", new { roomId = "desk-1", userId = "user-13" }),
        new("broadcast", "Somebody has said something in a room.", new { roomId = "desk-1", userId = "user-13", data = new { text = "hello" }, timestamp = Time }),
        new("direct_message", "Somebody has said something to this user.", new { from = "user-13", data = new { text = "hello" }, timestamp = Time }),
        new("pong", "The answer to a `ping`.", new { timestamp = Time }),
        new("error", "A message was refused; nothing was done.", new { error = "There is no topic weather.", code = "VALIDATION_ERROR", details = new { field = "topics", reason = "names no topic" } }),
    ];
}
