namespace MyTradeX.Bench.FanOut.Subscribers;

/// <summary>What a text that came is.</summary>
enum Heard
{
    /// <summary>Part of the conversation, and nothing to count.</summary>
    Talk,

    /// <summary>The subscription holds from here on.</summary>
    Ready,

    /// <summary>A message of the topic.</summary>
    Message,

    /// <summary>A sign of life.</summary>
    Beat,
}

/// <summary>How a subscriber speaks with one kind of server.</summary>
/// <param name="Path">Where the WebSocket is opened.</param>
/// <param name="Topic">What it follows; null for a server that tells everybody everything, or to follow nothing.</param>
abstract record Speech(string Path, string? Topic)
{
    /// <summary>Whether the handshake alone makes a subscriber.</summary>
    public abstract bool IsReadyAtOnce { get; }

    /// <summary>Understands a text, and says what is to be said to it.</summary>
    public abstract Heard Hear(ReadOnlySpan<byte> text, Action<ReadOnlySpan<byte>> say);
}

/// <summary>Plain JSON over a WebSocket: the server's <c>/ws</c>, or a server that knows no topics.</summary>
sealed record PlainSpeech(string Path, string? Topic) : Speech(Path, Topic)
{
    readonly byte[] _subscribe = System.Text.Encoding.UTF8.GetBytes($$"""{"type":"subscribe","topics":["{{Topic}}"]}""");

    public override bool IsReadyAtOnce => Path == "/";

    public override Heard Hear(ReadOnlySpan<byte> text, Action<ReadOnlySpan<byte>> say)
    {
        if (text.StartsWith("{\"type\":\"trade:new\""u8))
            return Heard.Message;
        if (text.StartsWith("{\"type\":\"heartbeat\""u8))
            return Heard.Beat;
        if (text.StartsWith("{\"type\":\"subscribed\""u8))
            return Heard.Ready;
        if (!text.StartsWith("{\"type\":\"connected\""u8))
            return Heard.Talk;
        if (Topic is null)
            return Heard.Ready;
        say(_subscribe);
        return Heard.Talk;
    }
}

/// <summary>Socket.IO 5 over a WebSocket.</summary>
sealed record SocketIOSpeech(string? Token, string? Topic) : Speech("/socket.io/?EIO=4&transport=websocket", Topic)
{
    readonly byte[] _connect = System.Text.Encoding.UTF8.GetBytes(Token is null ? "40" : $$"""40{"token":"{{Token}}"}""");
    readonly byte[] _subscribe = System.Text.Encoding.UTF8.GetBytes($$"""420["subscribe","{{Topic}}"]""");

    public override bool IsReadyAtOnce => false;

    public override Heard Hear(ReadOnlySpan<byte> text, Action<ReadOnlySpan<byte>> say)
    {
        if (text.StartsWith("42[\"trade:new\""u8))
            return Heard.Message;
        if (text.StartsWith("42[\"heartbeat\""u8))
            return Heard.Beat;
        if (text.StartsWith("2"u8))
        {
            say("3"u8);
            return Heard.Beat;
        }
        if (text.StartsWith("0"u8))
            say(_connect);
        else if (text.StartsWith("40"u8))
        {
            if (Topic is null)
                return Heard.Ready;
            say(_subscribe);
        }
        else if (text.StartsWith("""430[{"success":true"""u8))
            return Heard.Ready;
        return Heard.Talk;
    }
}
