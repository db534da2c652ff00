using System.Diagnostics;
using MyTradeX.Bench;
using MyTradeX.Core;

// The whole core – checks, reservation, matching, settlement, ledger, events – on one thread, without journal or network.
const int Warm = 2_000_000;
const int Measured = 1_000_000;

Console.WriteLine("symbols  open orders  commands/s  ns/command  bytes/command  p50 µs  p99 µs  p99.9 µs  longest µs  (latency at half the rate)");
foreach (var symbols in args.Length > 0 ? args.Select(int.Parse) : [1, 10, 1_000])
{
    var flow = new MixedFlow(symbols, seed: 23);
    var exchange = flow.Prepare();
    Run(exchange, flow.Next(Warm));
    var commands = flow.Next(Measured);
    Settle();

    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var started = Stopwatch.GetTimestamp();
    Run(exchange, commands);
    var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
    allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

    var rate = Measured / seconds;
    commands = flow.Next(Measured);
    Settle();
    var latency = AtRate(exchange, commands, rate / 2);
    Console.WriteLine(
        $"{symbols,7}  {exchange.OpenOrderCount,11:N0}  {rate,10:N0}  {seconds * 1e9 / Measured,10:N0}  {(double)allocated / Measured,13:N3}  {At(latency, 0.5),6:N2}  {At(latency, 0.99),6:N2}  {At(latency, 0.999),8:N2}  {At(latency, 1),10:N0}");
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

// Each command is due at its own time; what it waits because an earlier one was slow counts as its latency (no coordinated omission).
static long[] AtRate(Exchange exchange, Command[] commands, double perSecond)
{
    var interval = Stopwatch.Frequency / perSecond;
    var latency = new long[commands.Length];
    var start = Stopwatch.GetTimestamp();
    for (var i = 0; i < commands.Length; i++)
    {
        var due = start + (long)(i * interval);
        while (Stopwatch.GetTimestamp() < due)
        {
        }
        exchange.Apply(in commands[i], out _);
        exchange.Events.Clear();
        latency[i] = Stopwatch.GetTimestamp() - due;
    }
    Array.Sort(latency);
    return latency;
}

static double At(long[] sorted, double share) =>
    sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))] * 1e6 / Stopwatch.Frequency;
