namespace MyTradeX.Protocols.WebSockets;

/// <summary>What became of a message that was to be sent.</summary>
public enum SendResult
{
    /// <summary>It waits to be written, or is being written.</summary>
    Queued,

    /// <summary>It was not taken: with it more bytes would wait than the connection may hold. The caller chooses: close with a reason, or drop and send something newer once drained.</summary>
    Full,

    /// <summary>It was not taken: the connection is closing or has ended.</summary>
    Closed,
}
