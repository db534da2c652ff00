using MyTradeX.Contracts;
using MyTradeX.Protocols.WebSockets;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Realtime;

/// <summary>Moves events to a WebSocket.</summary>
internal sealed class WebSocketPump(WebSocketConnection connection, PumpThread thread) : EventPump(thread)
{
    static readonly EventForm<WebSocketFrame> Frame = new(2, static e => WebSocketFrame.Text(e.As(EventForms.Json)));

    protected override int QueuedBytes => connection.QueuedBytes;

    protected override string Door => WebSocketDoor.Name;

    // A closing connection takes nothing and needs no end of ours.
    protected override bool TrySend(RealtimeEvent e) => connection.TrySend(e.As(Frame), flush: false) != SendResult.Full;

    protected override void Flush() => connection.Flush();

    protected override void WatchDraining() => connection.Drained ??= Drained;

    protected override void End(Refusal why) => connection.Close(
        why.Code == ErrorCode.Unauthorized ? WebSocketCloseCode.PolicyViolation : WebSocketCloseCode.TryAgainLater, why.Message, dropQueued: why.Code != ErrorCode.Unauthorized);
}
