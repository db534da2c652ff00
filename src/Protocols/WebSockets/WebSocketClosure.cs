namespace MyTradeX.Protocols.WebSockets;

/// <summary>What ended a connection.</summary>
public enum WebSocketCloseCause
{
    /// <summary>The peer sent its close frame first.</summary>
    Peer,

    /// <summary>This side closed it.</summary>
    Local,

    /// <summary>The peer broke the protocol; <see cref="WebSocketClosure.Code"/> and <see cref="WebSocketClosure.Reason"/> are what it was told.</summary>
    ProtocolError,

    /// <summary>Nothing was heard from the peer after a ping.</summary>
    PingTimeout,

    /// <summary>The peer's end of the transport went away without a close frame.</summary>
    ConnectionLost,

    /// <summary>This side cut the transport without a close frame.</summary>
    Aborted,
}

/// <summary>How a connection ended.</summary>
/// <param name="Cause">What ended it.</param>
/// <param name="Code">The code of the close frame that began the end; <see cref="WebSocketCloseCode.NoStatus"/> when it had none, <see cref="WebSocketCloseCode.Abnormal"/> when there was no frame.</param>
/// <param name="Reason">The words beside the code; empty when there were none.</param>
public readonly record struct WebSocketClosure(WebSocketCloseCause Cause, WebSocketCloseCode Code, string Reason);
