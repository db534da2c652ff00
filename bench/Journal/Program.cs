using System.Diagnostics;
using System.Globalization;
using MyTradeX.Bench.Journal;
using MyTradeX.Journal;
using MyTradeX.Journal.Disks;

// Durable records a second and what one waits, for 1 to 512 writers, in turns with the bare disk sync, so that both see the same moods of the machine.
// The first argument is a folder on the disk to measure; without it, a temporary one.
const int PayloadBytes = 130; // a limit order with a client order id
const int Rounds = 5;
var turn = TimeSpan.FromSeconds(1);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var folder = Directory.CreateDirectory(Path.Combine(args.Length > 0 ? args[0] : Path.GetTempPath(), "mytradex-journal-bench-" + Guid.NewGuid().ToString("N"))).FullName;
try
{
    using var bare = new BareSync(Path.Combine(folder, "bare"));
    using var log = FileCommandLog.Open(new FileDisk(Path.Combine(folder, "journal")), new FileLogOptions(), out _);
    // The log's first segments are small and follow each other fast; what is measured is how it goes on.
    new GroupCommit(log, 512, PayloadBytes).Run(TimeSpan.FromSeconds(2));

    Console.WriteLine("writers    durable/s    p50 µs    p99 µs   longest µs    bare sync p50 µs    p50 : bare");
    foreach (var writers in (int[])[1, 8, 64, 512])
    {
        var commit = new GroupCommit(log, writers, PayloadBytes);
        var (waits, syncs, seconds) = (new List<long>(), new List<long>(), 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            syncs.AddRange(bare.Run(turn));
            var (more, took) = commit.Run(turn);
            waits.AddRange(more);
            seconds += took;
            log.TrimBefore(log.End);
        }
        var (p50, sync) = (At(waits, 0.5), At(syncs, 0.5));
        Console.WriteLine($"{writers,7}  {waits.Count / seconds,11:N0}  {p50,8:N0}  {At(waits, 0.99),8:N0}  {At(waits, 1),11:N0}  {sync,18:N0}  {p50 / sync,12:N2}");
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

static double At(List<long> waits, double share)
{
    waits.Sort();
    return waits[Math.Min(waits.Count - 1, (int)(waits.Count * share))] * 1e6 / Stopwatch.Frequency;
}
