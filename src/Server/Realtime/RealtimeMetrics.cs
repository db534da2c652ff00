using System.Diagnostics.Metrics;
using MyTradeX.Server.Platform.Observability;

namespace MyTradeX.Server.Realtime;

/// <summary>What the hub and its doors count.</summary>
internal static class RealtimeMetrics
{
    static readonly Meter Meter = new(ServerMetrics.Name);
    static readonly Counter<long> Events = Meter.CreateCounter<long>("mytradex.realtime.events", "{event}", "Events published, by kind of topic");
    static readonly Counter<long> Sent = Meter.CreateCounter<long>("mytradex.realtime.sent", "{event}", "Events handed to connections, by door");
    static readonly Counter<long> Closes = Meter.CreateCounter<long>("mytradex.realtime.closes", "{connection}", "Live connections ended or refused by the server, by door and reason");

    public static void Published(string topics) => Events.Add(1, new KeyValuePair<string, object?>("topics", topics));

    public static void Delivered(string door, int count) => Sent.Add(count, new KeyValuePair<string, object?>("door", door));

    public static void Closed(string door, string reason) => Closes.Add(1, new("door", door), new("reason", reason));
}
