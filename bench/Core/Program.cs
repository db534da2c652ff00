using System.Diagnostics;
using MyTradeX.Bench;
using MyTradeX.Core;

// The whole core – checks, reservation, matching, settlement, ledger, events – on one thread, without journal or network.
// Warm is long enough for the tables to have grown to what the flow needs: a table that doubles is paid for once in a venue's life, not once a command.
const int Warm = 3_000_000;
const int Measured = 1_000_000;
const int Rounds = 5;

Console.WriteLine($"Medians of {Rounds} rounds of the same commands from the same state. Latency in µs at half the rate of its round: as observed, the machine's own (the same loop with nothing to apply),");
Console.WriteLine("and the core's own: each command as long as in its fastest round, since what the core does it does in every round and what the machine does it does not.");
Console.WriteLine("                      commands/s    bytes/  | observed                     | machine             | core");
Console.WriteLine("symbols  open orders  median  best  command |  p50    p99    p99.9  longest |  p99  p99.9  longest |  p50   p99  p99.9  longest");
foreach (var symbols in args.Length > 0 ? args.Select(int.Parse) : [1, 10, 1_000])
{
    var rounds = new List<Round>();
    var own = new long[Measured];
    Array.Fill(own, long.MaxValue);
    var openOrders = 0;
    for (var i = 0; i < Rounds; i++)
    {
        var flow = new MixedFlow(symbols, seed: 23);
        var exchange = flow.Prepare();
        Run(exchange, flow.Next(Warm));
        rounds.Add(Measure(exchange, flow, own));
        openOrders = exchange.OpenOrderCount;
    }

    double Median(Func<Round, double> of) => rounds.Select(of).Order().ElementAt(Rounds / 2);
    var core = InTurn(own, Median(round => round.Rate) / 2);
    Console.WriteLine(
        $"{symbols,7}  {openOrders,11:N0}  {Median(round => round.Rate) / 1e6,5:N2}M {rounds.Max(round => round.Rate) / 1e6,4:N2}M  {Median(round => round.Bytes),6:N3}"
        + $" | {Median(round => At(round.Latency, 0.5)),4:N2} {Median(round => At(round.Latency, 0.99)),7:N2} {Median(round => At(round.Latency, 0.999)),8:N1} {Median(round => At(round.Latency, 1)),7:N0}"
        + $" | {Median(round => At(round.Machine, 0.99)),5:N1} {Median(round => At(round.Machine, 0.999)),6:N1} {Median(round => At(round.Machine, 1)),7:N0}"
        + $" | {At(core, 0.5),4:N2} {At(core, 0.99),5:N2} {At(core, 0.999),6:N2} {At(core, 1),7:N1}");
}

static Round Measure(Exchange exchange, MixedFlow flow, long[] own)
{
    var commands = flow.Next(Measured);
    Settle();
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var started = Stopwatch.GetTimestamp();
    Run(exchange, commands);
    var rate = Measured / Stopwatch.GetElapsedTime(started).TotalSeconds;
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

    commands = flow.Next(Measured);
    Settle();
    var latency = AtRate(rate / 2, commands, exchange, own);
    return new Round(rate, (double)allocated / Measured, latency, AtRate(rate / 2, commands, null, null));
}

// The commands were just made, hundreds of megabytes of them: what that leaves behind must not be cleared up during the measurement.
static void Settle()
{
    GC.Collect();
    GC.WaitForPendingFinalizers();
}

static void Run(Exchange exchange, Command[] commands)
{
    for (var i = 0; i < commands.Length; i++)
    {
        if (i + Exchange.ExpectAhead < commands.Length) exchange.Expect(in commands[i + Exchange.ExpectAhead]);
        exchange.Apply(in commands[i], out _);
        exchange.Events.Clear();
    }
}

// Each command is due at its own time; what it waits because an earlier one was slow counts as its latency (no coordinated omission). As in the
// venue, those that are due together are a batch, and what comes next is known only within it.
static long[] AtRate(double perSecond, Command[] commands, Exchange? exchange, long[]? own)
{
    const int batchMax = 128;
    var interval = Stopwatch.Frequency / perSecond;
    var latency = new long[commands.Length];
    var start = Stopwatch.GetTimestamp();
    var now = start;
    long Due(int i) => start + (long)(i * interval);
    for (var i = 0; i < commands.Length;)
    {
        while (Due(i) > now) now = Stopwatch.GetTimestamp();
        var end = Math.Min(Math.Min(commands.Length, i + batchMax), (int)((now - start) / interval) + 1);
        for (end = Math.Max(end, i + 1); i < end; i++)
        {
            var began = now;
            if (exchange is not null)
            {
                if (i + Exchange.ExpectAhead < end) exchange.Expect(in commands[i + Exchange.ExpectAhead]);
                exchange.Apply(in commands[i], out _);
                exchange.Events.Clear();
            }
            now = Stopwatch.GetTimestamp();
            latency[i] = now - Due(i);
            if (own is not null) own[i] = Math.Min(own[i], now - began);
        }
    }
    Array.Sort(latency);
    return latency;
}

// One after another, each due at its time and as long as given.
static long[] InTurn(long[] service, double perSecond)
{
    var interval = Stopwatch.Frequency / perSecond;
    var latency = new long[service.Length];
    var free = 0.0;
    for (var i = 0; i < service.Length; i++)
    {
        free = Math.Max(free, i * interval) + service[i];
        latency[i] = (long)(free - (i * interval));
    }
    Array.Sort(latency);
    return latency;
}

static double At(long[] sorted, double share) =>
    sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))] * 1e6 / Stopwatch.Frequency;

/// <summary>One round's figures: commands a second, bytes allocated a command, and sorted latencies in ticks of the clock, observed and the machine's own.</summary>
sealed record Round(double Rate, double Bytes, long[] Latency, long[] Machine);
