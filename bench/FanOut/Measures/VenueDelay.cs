using System.Buffers.Text;
using System.Diagnostics;
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

        // Room for all: while a list doubles nobody reads, and some messages were then seen to come 0.4 s late.
        var heard = new List<Arrival>(seconds * OrdersPerSecond / 3 * Busy);
        group.OnMessage = (message, _) => heard.Add(new(TradeIn(message), group.ArrivedAt, DateTimeOffset.UtcNow));
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
        var trades = (await venue.TradesAsync()).ToDictionary(trade => trade.Number);

        Console.WriteLine($"{Busy} subscribers of trades:{Venue.Symbol} and {idle} idle ones; {orders / (took + Warming).TotalSeconds:N0} orders/s, {messages / took.TotalSeconds / Busy:N0} trades/s, {messages / took.TotalSeconds:N0} deliveries/s over {took.TotalSeconds:0} s; nobody was cut");
        Tell("from the command's own stamp, before it is made durable and filled, to the subscriber's socket", heard, one => Since(trades[one.Trade].Stamped, one.Arrived));
        Tell("from the fill – the end of the disk's sync, a few microseconds before – to the subscriber's socket", heard, one => Since(trades[one.Trade].Durable, one.Arrived));
        Tell("from the hub's telling of the trade to the subscriber's socket", heard, one => Since(trades[one.Trade].Told, one.Arrived));
        Tell("from the fill to its reading by the load's one thread", heard, one => Since(trades[one.Trade].Durable, one.Read));
        Console.WriteLine($"processors: the server took {busy:0.00} of one, the load {own:0.00}");
        Console.WriteLine($"resident: {before >> 20} MiB before the idle ones, {opened >> 20} MiB with them, {Resident(venue) >> 20} MiB at the end");
        if (idle > 0)
        {
            // Who has been silent until now counts as silent from his last sign on.
            var silences = group.All.Select(one => Math.Max(one.LongestSilence, Stopwatch.GetTimestamp() - one.LastBeat) / (double)Stopwatch.Frequency).Order().ToArray();
            Console.WriteLine($"longest time without a heartbeat: of half of them {silences[silences.Length / 2]:0.0} s, of all {silences[^1]:0.0} s; the server promises one every 15 s");
        }
    }

    static void Tell(string what, List<Arrival> heard, Func<Arrival, double> microseconds)
    {
        var delays = new Delays();
        foreach (var one in heard)
            delays.Add(microseconds(one));
        Console.WriteLine($"{what}: p50 {delays.Quantile(0.5):0.000} ms, p99 {delays.Quantile(0.99):0.000} ms, longest {delays.LongestMs:0.0} ms");
    }

    static double Since(long microseconds, DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).TotalMicroseconds - microseconds;

    /// <summary>The number of the trade that a message tells of.</summary>
    static long TradeIn(ReadOnlySpan<byte> message)
    {
        var number = message[(message.IndexOf("\"id\":\"trade-"u8) + "\"id\":\"trade-".Length)..];
        return Utf8Parser.TryParse(number, out long trade, out _) ? trade : throw new InvalidOperationException("A message names no trade.");
    }

    static long Resident(Venue venue) => IdleMemory.Resident(venue.ProcessId);

    /// <summary>A trade that came to a subscriber.</summary>
    readonly record struct Arrival(long Trade, DateTimeOffset Arrived, DateTimeOffset Read);
}
