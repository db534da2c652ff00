using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Journal.Disks;
using MyTradeX.Store;
using MyTradeX.Venue;
using MyTradeX.Venue.Reconciliation;

namespace MyTradeX.Bench;

/// <summary>What proving the books costs: the comparison beside trading, how long it keeps others from the state, and the deep verification offline.</summary>
static class Books
{
    const int Rounds = 3;

    public static async Task RunAsync(long commands)
    {
        using var recorded = new RecordedVenue();
        await recorded.WriteAsync(commands);
        var store = StoreOptions.Sqlite(recorded.StorePath("empty"));
        Console.WriteLine("what              seconds  ledger lines  accounts  positions  open orders  longest wait for the state, µs  p99.9, µs  peak MB");
        await using (var database = Database.Create(store))
        {
            var options = new VenueOptions { JournalFolder = recorded.Journal, SnapshotEvery = long.MaxValue, ReconcileEvery = TimeSpan.FromDays(1) };
            await using var venue = await Venue.Venue.OpenAsync(options, database, TimeProvider.System, NullLogger.Instance);
            await venue.WaitForHistoryAsync(venue.Sequence, TimeSpan.FromHours(1));
            var (quiet, quietTail) = await WaitsDuringAsync(venue, Task.Delay(2_000));
            Console.WriteLine($"nothing           {2,7:N2}  {"",12}  {"",8}  {"",9}  {"",11}  {quiet,31:N0}  {quietTail,9:N0}");
            for (var round = 0; round < Rounds; round++)
            {
                var run = Task.Run(venue.Reconcile);
                var (longest, tail) = await WaitsDuringAsync(venue, run);
                var result = (await run)!;
                if (!result.IsSound) throw new InvalidOperationException(result.Findings[0].ToString());
                Console.WriteLine(
                    $"reconciliation    {result.Duration.TotalSeconds,7:N2}  {result.LedgerLines,12:N0}  {result.Compared[AuditCheck.Accounts],8:N0}  {result.Compared[AuditCheck.Positions],9:N0}  {result.Compared[AuditCheck.OpenOrders],11:N0}  {longest,31:N0}  {tail,9:N0}  {Peak(),7:N0}");
            }
        }
        await using var offline = Database.Create(store);
        var started = Stopwatch.GetTimestamp();
        var replay = await JournalReplay.RunAsync(
            new FileDisk(recorded.Journal), offline, new JournalReplayOptions { IsDeep = true, Now = Venue.Venue.MicrosecondsOf(DateTimeOffset.UtcNow) });
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (replay.FindingCount + replay.Faults.Count > 0) throw new InvalidOperationException(string.Join('\n', [.. replay.Faults, .. replay.Findings.Select(finding => finding.ToString())]));
        Console.WriteLine($"verify --deep     {seconds,7:N2}  {replay.Compared[AuditCheck.LedgerLines],12:N0}  {replay.Replayed / seconds:N0} commands/s, {replay.Compared.Values.Sum() / seconds:N0} comparisons/s, peak {Peak():N0} MB");
    }

    /// <summary>Looks at the state a thousand times a second and notes how long each look waited.</summary>
    static Task<(double Longest, double Tail)> WaitsDuringAsync(Venue.Venue venue, Task until) => Task.Run(() =>
    {
        var waits = new List<double>();
        while (!until.IsCompleted)
        {
            var started = Stopwatch.GetTimestamp();
            _ = venue.Sequence;
            waits.Add(Stopwatch.GetElapsedTime(started).TotalMicroseconds);
            Thread.Sleep(1);
        }
        waits.Sort();
        return (waits[^1], waits[(int)(waits.Count * 0.999)]);
    });

    static long Peak()
    {
        using var self = Process.GetCurrentProcess();
        return self.PeakWorkingSet64 >> 20;
    }
}
