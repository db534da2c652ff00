namespace MyTradeX.Protocols.WebSockets;

/// <summary>Gets the messages of one connection from <see cref="WebSocketConnection.ReceiveAllAsync"/>: one at a time, in order.</summary>
public interface IWebSocketReceiver
{
    /// <summary>A message has come. Nothing more is read from the connection until this is done.</summary>
    /// <param name="message">Text or binary. Its bytes are valid until this is done.</param>
    ValueTask OnMessageAsync(WebSocketMessage message);

    /// <summary>The connection has ended, or this receiver has failed; nothing follows. Must not throw.</summary>
    void OnEnded();
}
