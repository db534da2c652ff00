using MyTradeX.Contracts;
using MyTradeX.Protocols.SocketIO;
using MyTradeX.Protocols.WebSockets;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Realtime;

/// <summary>Moves events to a Socket.IO client.</summary>
internal sealed class SocketIOPump(SocketIOSocket socket, EventForm<SocketIOPacket> form, PumpThread thread) : EventPump(thread)
{
    protected override int QueuedBytes => socket.QueuedBytes;

    protected override string Door => SocketIODoor.Name;

    protected override bool TrySend(RealtimeEvent e) => socket.Send(e.As(form), flush: false) != SendResult.Full;

    protected override void Flush() => socket.Flush();

    protected override void WatchDraining() => socket.Drained ??= _ => Drained();

    protected override void End(Refusal why)
    {
        socket.Emit("closed", new ApiError(why.Code.Name, why.Message, why.Details));
        socket.Disconnect(close: true);
    }
}
