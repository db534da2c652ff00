namespace MyTradeX.Protocols.WebSockets;

/// <summary>What a handshake came to and who serves it: all that is kept of the request.</summary>
sealed class AcceptedWebSocket(WebSocketConnectionOptions options, DeadlineWheel wheel, string? subprotocol, Func<WebSocketConnection, Task> serve)
{
    /// <summary>Receives until the connection has ended.</summary>
    public Func<WebSocketConnection, Task> Serve => serve;

    public WebSocketConnection Open(Stream stream, Action abort) => new(stream, abort, options, wheel, subprotocol);

    public WebSocketConnection Open(SocketStream socket) => new(socket, options, wheel, subprotocol);
}
