using System.Text.Json;

namespace MyTradeX.Server.Realtime;

/// <summary>A kind of message that clients of <c>/ws</c> send.</summary>
/// <param name="Example">One that is understood.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Reply">Type of the answer; a refusal is an <c>error</c> instead. Null when only others hear of it.</param>
internal sealed record ClientMessageDoc(ClientMessage Example, string Summary, string? Reply)
{
    public string Type => Example.Type!;
}

/// <summary>Every kind of message that clients send.</summary>
internal static class ClientMessages
{
    const string Room = "desk-1";

    static readonly JsonElement Said = JsonSerializer.SerializeToElement(new { text = "hello" });

    /// <summary>Through <c>/ws</c>. What is not here is not understood.</summary>
    public static IReadOnlyList<ClientMessageDoc> All { get; } =
    [
        new(new() { Type = "subscribe", Topics = ["market:AAPL", "orders"] },
            "Follows topics; `channels` is another name for `topics`. A `cursor` goes on after an event of an earlier connection. Topics refused are told by an `error` each, the others by one `subscribed`.", "subscribed"),
        new(new() { Type = "unsubscribe", Topics = ["market:AAPL"] }, "Follows topics no more.", "unsubscribed"),
        new(new() { Type = "authenticate", Token = "eyJhbGciOi…" }, "Brings a newer access token of the same user, so that the connection outlives the one it was opened with.", "authenticated"),
        new(new() { Type = "cancel_on_disconnect", Enabled = true }, "Has all of the user's open orders cancelled when this connection ends, however it ends. Needs the permission to cancel orders.", "cancel_on_disconnect"),
        new(new() { Type = "join_room", RoomId = Room }, "Enters a room; it is there while somebody is in it. The others hear `user_joined`.", "room_joined"),
        new(new() { Type = "broadcast", RoomId = Room, Payload = Said }, "Says something, any JSON, to everybody else in a room that the connection is in.", null),
        new(new() { Type = "leave_room", RoomId = Room }, "Leaves a room. The others hear `user_left`, as they do when a connection ends.", "room_left"),
        new(new() { Type = "direct_message", UserId = "user-12", Payload = Said }, "Says something, any JSON, to every connection of a user; `USER_NOT_FOUND` when there is none.", null),
        new(new() { Type = "ping" }, "Asks for a sign of life, for clients that cannot see the protocol's own pings.", "pong"),
    ];

    /// <summary>Every event that Socket.IO clients send: its name, what it does, and its argument. Each is acknowledged.</summary>
    public static IReadOnlyList<(string Name, string Summary, object Example)> OfSocketIO { get; } =
    [
        ("subscribe", "Follows a topic, an array of them, or `{channels: […]}`.", new { channels = (string[])["accounts", "transactions"] }),
        ("unsubscribe", "Follows topics no more.", "market:AAPL"),
        ("authenticate", "Brings a newer access token of the same user.", new { token = "eyJhbGciOi…" }),
        ("cancel_on_disconnect", "Has the user's open orders cancelled when this connection ends; `false` takes it back.", true),
    ];

    /// <summary>Names of <see cref="All"/>, for whoever sent another.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(message => message.Type));
}
