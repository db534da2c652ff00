namespace MyTradeX.Protocols.SocketIO;

/// <summary>Why a connection or a socket ended, in the words that users of the protocol know from its other servers; the last three are this server's own.</summary>
public static class DisconnectReason
{
    /// <summary>The server disconnected the socket from its namespace.</summary>
    public const string ServerNamespaceDisconnect = "server namespace disconnect";

    /// <summary>The client disconnected the socket from its namespace.</summary>
    public const string ClientNamespaceDisconnect = "client namespace disconnect";

    /// <summary>The server stops.</summary>
    public const string ServerShuttingDown = "server shutting down";

    /// <summary>The client did not answer a ping in time.</summary>
    public const string PingTimeout = "ping timeout";

    /// <summary>The transport was closed: the client left, or lost its network.</summary>
    public const string TransportClose = "transport close";

    /// <summary>The transport failed: a cancelled or doubled poll, a WebSocket that broke its rules.</summary>
    public const string TransportError = "transport error";

    /// <summary>The client sent a packet that cannot be read.</summary>
    public const string ParseError = "parse error";

    /// <summary>The application closed the connection.</summary>
    public const string ForcedClose = "forced close";

    /// <summary>The server closed the connection because the client joined no namespace in time or spoke to one it had not joined.</summary>
    public const string ForcedServerClose = "forced server close";

    /// <summary>The client read too slowly: more waited for it than a connection may hold.</summary>
    public const string SlowReader = "slow reader";

    /// <summary>The client sent more packets than it may.</summary>
    public const string TooManyPackets = "too many packets";

    /// <summary>The client asked for more namespaces than it may join.</summary>
    public const string TooManyNamespaces = "too many namespaces";

    /// <summary>Reasons after which a session is kept for its client to come back to: those that are nobody's decision to end it.</summary>
    internal static bool IsRecoverable(string reason) =>
        reason is TransportClose or TransportError or PingTimeout or ForcedClose or ForcedServerClose or ServerShuttingDown or SlowReader;
}
