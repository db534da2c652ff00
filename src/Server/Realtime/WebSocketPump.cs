using MyTradeX.Contracts;
using MyTradeX.Protocols.WebSockets;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Realtime;

/// <summary>Moves events to a WebSocket.</summary>
internal sealed class WebSocketPump : EventPump
{
    static readonly EventForm<WebSocketFrame> Frame = new(2, static e => WebSocketFrame.Text(e.As(EventForms.Json)));

    readonly WebSocketConnection _connection;

    public WebSocketPump(WebSocketConnection connection) => _connection = connection;

    protected override int QueuedBytes => _connection.QueuedBytes;

    protected override string Door => WebSocketDoor.Name;

    // A closing connection takes nothing and needs no end of ours.
    protected override bool TrySend(RealtimeEvent e) => _connection.TrySend(e.As(Frame), flush: false) != SendResult.Full;

    protected override void Flush() => _connection.Flush();

    protected override void WatchDraining() => _connection.Drained ??= Drained;

    protected override void End(Refusal why) => _connection.Close(
        why.Code == ErrorCode.Unauthorized ? WebSocketCloseCode.PolicyViolation : WebSocketCloseCode.TryAgainLater, why.Message, dropQueued: why.Code != ErrorCode.Unauthorized);
}
