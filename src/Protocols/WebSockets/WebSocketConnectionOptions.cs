namespace MyTradeX.Protocols.WebSockets;

/// <summary>How a connection behaves. One instance may serve any number of connections; do not change it once it is in use.</summary>
public sealed class WebSocketConnectionOptions
{
    /// <summary>Subprotocols the server speaks, the preferred first. The first that the client offers too is chosen; without a common one the connection is opened without (RFC 6455 §4.2.2).</summary>
    public IReadOnlyList<string> Subprotocols { get; set; } = [];

    /// <summary>Most bytes in one message from the peer, 1 to 1 GiB; a longer one closes with 1009. The default, 64 KiB, is far above what commands and subscriptions need.</summary>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>
    /// Most bytes that may wait to be sent, headers included, 1 KiB to 1 GiB; <see cref="WebSocketConnection.TrySend"/> answers <see cref="SendResult.Full"/> beyond it. The default, 1 MiB, is several
    /// seconds of a busy feed and lets a thousand stuck readers cost no more than 1 GiB, since shared messages are counted in full for each.
    /// </summary>
    public int MaxQueuedBytes { get; set; } = 1024 * 1024;

    /// <summary>After how long without a sign of the peer a ping is sent; <see cref="TimeSpan.Zero"/> for never. Default 30 s: below the minute after which common proxies cut silent connections.</summary>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long after a ping the connection is cut when still nothing has come. Default 20 s: longer than a phone takes to change networks.</summary>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the close handshake may take, unsent messages included, before the connection is cut. Default 5 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Names the option and its range.</exception>
    public void Validate()
    {
        Require(MaxMessageBytes is >= 1 and <= 1 << 30, nameof(MaxMessageBytes), MaxMessageBytes, "1 to 1073741824 bytes");
        Require(MaxQueuedBytes is >= 1024 and <= 1 << 30, nameof(MaxQueuedBytes), MaxQueuedBytes, "1024 to 1073741824 bytes");
        Require(PingInterval >= TimeSpan.Zero && PingInterval <= TimeSpan.FromDays(1), nameof(PingInterval), PingInterval, "0 (never) to a day");
        Require(PingTimeout > TimeSpan.Zero && PingTimeout <= TimeSpan.FromDays(1), nameof(PingTimeout), PingTimeout, "more than 0 to a day");
        Require(CloseTimeout > TimeSpan.Zero && CloseTimeout <= TimeSpan.FromHours(1), nameof(CloseTimeout), CloseTimeout, "more than 0 to an hour");
    }

    static void Require(bool holds, string name, object value, string range)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; allowed is {range}.");
    }
}
