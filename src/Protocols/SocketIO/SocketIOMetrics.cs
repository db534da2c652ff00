using System.Diagnostics.Metrics;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>What the library measures, under the meter <see cref="MeterName"/>.</summary>
public static class SocketIOMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MyTradeX.Protocols.SocketIO";

    static readonly Meter Meter = new(MeterName);
    static readonly UpDownCounter<long> Connections = Meter.CreateUpDownCounter<long>("socketio.connections", "{connection}", "Engine.IO connections that are open");
    static readonly UpDownCounter<long> Sockets = Meter.CreateUpDownCounter<long>("socketio.sockets", "{socket}", "Sockets that are connected to a namespace");
    static readonly Counter<long> Received = Meter.CreateCounter<long>("socketio.packets.received", "{packet}", "Packets from clients");
    static readonly Counter<long> Sent = Meter.CreateCounter<long>("socketio.packets.sent", "{packet}", "Packets queued for clients");
    static readonly Counter<long> Upgrades = Meter.CreateCounter<long>("socketio.upgrades", "{upgrade}", "Connections that went over from polling to WebSocket");
    static readonly Counter<long> Closes = Meter.CreateCounter<long>("socketio.closes", "{connection}", "Connections that ended, by reason");
    static readonly Counter<long> Refusals = Meter.CreateCounter<long>("socketio.refusals", "{request}", "Requests that were refused, by the protocol's message");
    static readonly Counter<long> Recoveries = Meter.CreateCounter<long>("socketio.recoveries", "{socket}", "Sockets that came back, by whether their session was still there");

    internal static void Opened() => Connections.Add(1);

    internal static void Closed(string reason)
    {
        Connections.Add(-1);
        Closes.Add(1, new KeyValuePair<string, object?>("reason", reason));
    }

    internal static void SocketConnected() => Sockets.Add(1);

    internal static void SocketDisconnected() => Sockets.Add(-1);

    internal static void PacketReceived() => Received.Add(1);

    internal static void PacketSent() => Sent.Add(1);

    internal static void Upgraded() => Upgrades.Add(1);

    internal static void Refused(string message) => Refusals.Add(1, new KeyValuePair<string, object?>("message", message));

    internal static void CameBack(bool recovered) => Recoveries.Add(1, new KeyValuePair<string, object?>("recovered", recovered));
}
