namespace MyTradeX.Protocols.WebSockets;

/// <summary>What <see cref="WebSocketConnection.ReceiveAsync"/> came back with.</summary>
public enum WebSocketMessageKind
{
    /// <summary>The connection has ended; <see cref="WebSocketConnection.Closure"/> tells how. Nothing follows.</summary>
    Closed,

    /// <summary>A text message: valid UTF-8.</summary>
    Text,

    /// <summary>A binary message.</summary>
    Binary,
}

/// <summary>A whole message from the peer.</summary>
/// <param name="Kind">Text, binary, or the end of the connection.</param>
/// <param name="Payload">The bytes, unmasked. They lie in a shared buffer and are valid until the next call of <see cref="WebSocketConnection.ReceiveAsync"/>; copy what is to be kept.</param>
public readonly record struct WebSocketMessage(WebSocketMessageKind Kind, ReadOnlyMemory<byte> Payload)
{
    /// <summary>True when the connection has ended.</summary>
    public bool IsClosed => Kind == WebSocketMessageKind.Closed;
}
