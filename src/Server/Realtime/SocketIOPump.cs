using MyTradeX.Contracts;
using MyTradeX.Protocols.SocketIO;
using MyTradeX.Protocols.WebSockets;
using MyTradeX.Server.Platform.Envelope;

namespace MyTradeX.Server.Realtime;

/// <summary>Moves events to a Socket.IO client.</summary>
internal sealed class SocketIOPump : EventPump
{
    readonly SocketIOSocket _socket;
    readonly EventForm<SocketIOPacket> _form;

    public SocketIOPump(SocketIOSocket socket, EventForm<SocketIOPacket> form) => (_socket, _form) = (socket, form);

    protected override int QueuedBytes => _socket.QueuedBytes;

    protected override string Door => SocketIODoor.Name;

    protected override bool TrySend(RealtimeEvent e) => _socket.Send(e.As(_form), flush: false) != SendResult.Full;

    protected override void Flush() => _socket.Flush();

    protected override void WatchDraining() => _socket.Drained ??= _ => Drained();

    protected override void End(Refusal why)
    {
        _socket.Emit("closed", new ApiError(why.Code.Name, why.Message, why.Details));
        _socket.Disconnect(close: true);
    }
}
