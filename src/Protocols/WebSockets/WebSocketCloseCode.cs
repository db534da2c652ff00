namespace MyTradeX.Protocols.WebSockets;

/// <summary>Why a connection was closed, as the close frame says it (RFC 6455 §7.4.1). Applications may use 3000 to 4999 for reasons of their own by a cast.</summary>
public enum WebSocketCloseCode : ushort
{
    /// <summary>The purpose of the connection is fulfilled.</summary>
    Normal = 1000,

    /// <summary>An endpoint is going away: the server stops, or the page was left.</summary>
    GoingAway = 1001,

    /// <summary>The peer broke the framing rules.</summary>
    ProtocolError = 1002,

    /// <summary>The peer sent a kind of data that this endpoint does not take.</summary>
    UnsupportedData = 1003,

    /// <summary>The close frame carried no code. Never sent; it stands for the absence of one.</summary>
    NoStatus = 1005,

    /// <summary>The connection ended without a close frame. Never sent.</summary>
    Abnormal = 1006,

    /// <summary>A text message was not UTF-8.</summary>
    InvalidPayload = 1007,

    /// <summary>A message broke the application's rules: an unknown token, too many messages, a reader that is too slow.</summary>
    PolicyViolation = 1008,

    /// <summary>A message was longer than this endpoint takes.</summary>
    MessageTooBig = 1009,

    /// <summary>The server met a condition that it did not expect.</summary>
    InternalError = 1011,

    /// <summary>The server restarts; come back after a while.</summary>
    ServiceRestart = 1012,

    /// <summary>The server has too much to do; come back later.</summary>
    TryAgainLater = 1013,
}

/// <summary>Which codes may be on the wire.</summary>
static class CloseCodes
{
    /// <summary>RFC 6455 §7.4 and the IANA registry: 1000–1003, 1007–1014 and 3000–4999 may be sent; all others are a protocol error.</summary>
    public static bool IsSendable(int code) => code is >= 1000 and <= 1003 or >= 1007 and <= 1014 or >= 3000 and <= 4999;
}
