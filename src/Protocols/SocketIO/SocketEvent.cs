using System.Text.Json;
using MyTradeX.Protocols.WebSockets;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>An event from a client.</summary>
public sealed class SocketEvent : SocketArguments
{
    readonly SocketIOSocket _socket;
    readonly long _ackId;
    int _isAcknowledged;

    internal SocketEvent(SocketIOSocket socket, string name, long ackId, JsonElement array, ReadOnlyMemory<byte>[] attachments)
        : base(array, 1, attachments, socket.Namespace.Server.Encoder.Json)
    {
        _socket = socket;
        _ackId = ackId;
        Name = name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Does the client wait for an acknowledgement?</summary>
    public bool WantsAck => _ackId >= 0;

    /// <summary>Acknowledges the event, once. Does nothing when the client does not wait for it, so that a handler need not ask.</summary>
    /// <param name="arguments">What the client's callback is called with; bytes are sent as bytes.</param>
    /// <exception cref="InvalidOperationException">It has been acknowledged before.</exception>
    public SendResult Ack(params object?[] arguments)
    {
        if (!WantsAck) return SendResult.Queued;
        if (Interlocked.Exchange(ref _isAcknowledged, 1) != 0) throw new InvalidOperationException($"Event '{Name}' has been acknowledged already.");
        return _socket.Connection.Send(_socket.Namespace.Server.Encoder.Ack(_socket.Namespace.Name, _ackId, arguments));
    }
}
