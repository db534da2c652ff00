using System.Diagnostics;
using System.Text.Json;
using MyTradeX.Bench.FanOut.Subscribers;

namespace MyTradeX.Bench.FanOut.Measures;

/// <summary>From an order to the bytes at its subscribers' sockets, on the real server, with or without thousands more who are connected and hear little.</summary>
static class VenueDelay
{
    const int Port = 4720, Busy = 200, OrdersPerSecond = 1_000;
    // A busy processor compiles what is hot for good only after so long.
    static readonly TimeSpan Warming = TimeSpan.FromSeconds(40);

    public static async Task RunAsync(int idle, int seconds, string processors)
    {
        using var venue = await Venue.StartAsync(Port, processors);
        using var group = new SubscriberGroup();
        group.Open(Busy, Port, new PlainSpeech($"/ws?token={venue.AdminToken}", $"trades:{Venue.Symbol}"));
        var before = Resident(venue);
        if (idle > 0)
        {
            group.Open(idle / 2, Port, new PlainSpeech($"/ws?token={venue.AdminToken}", "alerts"));
            group.Open(idle / 2, Port, new SocketIOSpeech(venue.AdminToken, "alerts"));
        }
        var opened = Resident(venue);
        using var stop = new CancellationTokenSource();
        var trading = Task.Run(() => venue.TradeAsync(OrdersPerSecond, stop.Token));
        group.RunUntil(() => trading.IsCompleted, Warming);

        var (fromStamp, fromHub, read) = (new Delays(), new Delays(), new Delays());
        group.OnMessage = (message, _) =>
        {
            var hub = InstantAt(message, message.IndexOf("\"timestamp\":"u8));
            fromStamp.Add((group.ArrivedAt - InstantAt(message, message.LastIndexOf("\"timestamp\":"u8))).TotalMicroseconds);
            fromHub.Add((group.ArrivedAt - hub).TotalMicroseconds);
            read.Add((DateTimeOffset.UtcNow - hub).TotalMicroseconds);
        };
        group.Begin();
        var (began, busyBefore, ownBefore) = (Stopwatch.GetTimestamp(), venue.ProcessorTime, Environment.CpuUsage.TotalTime);
        group.RunUntil(() => trading.IsCompleted, TimeSpan.FromSeconds(seconds));
        var took = Stopwatch.GetElapsedTime(began);
        var (busy, own) = ((venue.ProcessorTime - busyBefore) / took, (Environment.CpuUsage.TotalTime - ownBefore) / took);
        var messages = group.Messages;
        await stop.CancelAsync();
        group.RunUntil(() => trading.IsCompleted, TimeSpan.FromSeconds(10));
        var orders = await trading;
        group.RequireAlive();

        Console.WriteLine($"{Busy} subscribers of trades:{Venue.Symbol} and {idle} idle ones; {orders / (took + Warming).TotalSeconds:N0} orders/s, {messages / took.TotalSeconds / Busy:N0} trades/s, {messages / took.TotalSeconds:N0} deliveries/s over {took.TotalSeconds:0} s; nobody was cut");
        Tell("from the command's own time stamp, before it is made durable and filled, to the subscriber's socket", fromStamp);
        Tell("from the hub's telling of the trade to the subscriber's socket", fromHub);
        Tell("from the hub's telling of the trade to its reading by the load's one thread", read);
        Console.WriteLine($"processors: the server took {busy:0.00} of one, the load {own:0.00}");
        Console.WriteLine($"resident: {before >> 20} MiB before the idle ones, {opened >> 20} MiB with them, {Resident(venue) >> 20} MiB at the end");
        if (idle > 0)
        {
            // Who has been silent until now counts as silent from his last sign on.
            var silences = group.All.Select(one => Math.Max(one.LongestSilence, Stopwatch.GetTimestamp() - one.LastBeat) / (double)Stopwatch.Frequency).Order().ToArray();
            Console.WriteLine($"longest time without a heartbeat: of half of them {silences[silences.Length / 2]:0.0} s, of all {silences[^1]:0.0} s; the server promises one every 15 s");
        }
    }

    static void Tell(string what, Delays delays) => Console.WriteLine($"{what}: p50 {delays.Quantile(0.5):0.000} ms, p99 {delays.Quantile(0.99):0.000} ms, longest {delays.LongestMs:0.0} ms");

    static DateTimeOffset InstantAt(ReadOnlySpan<byte> message, int member)
    {
        var value = message[(member + "\"timestamp\":".Length)..];
        var reader = new Utf8JsonReader(value[..(value[1..].IndexOf((byte)'"') + 2)]);
        reader.Read();
        return reader.GetDateTimeOffset();
    }

    static long Resident(Venue venue) => IdleMemory.Resident(venue.ProcessId);
}
