using System.Diagnostics;
using System.Globalization;
using MyTradeX.Bench;

// How long a venue takes to open after a crash: name the lengths of journal in commands, or none for three.
// With --books and one length: what it costs to prove the books.
const long FullReplayMax = 1_000_000;

if (args is ["--open", var journal, var store])
{
    await Opening.RunAsync(journal, store);
    return;
}

if (args is ["--books", var length])
{
    await Books.RunAsync(long.Parse(length, CultureInfo.InvariantCulture));
    return;
}

Console.WriteLine("commands    segments  journal MB  start from                       replayed    seconds  commands/s  history s  peak MB");
foreach (var commands in args.Length > 0 ? args.Select(text => long.Parse(text, CultureInfo.InvariantCulture)) : [100_000, 1_000_000, 10_000_000])
{
    using var recorded = new RecordedVenue();
    var started = Stopwatch.GetTimestamp();
    await recorded.WriteAsync(commands);
    Console.Error.WriteLine($"wrote {recorded.Commands:N0} commands in {Stopwatch.GetElapsedTime(started).TotalSeconds:N0} s");
    Show(recorded, "snapshot, SQL whole", "whole", recorded.SnapshotSequence);
    Show(recorded, "snapshot, SQL as old as that", "behind", recorded.SnapshotSequence);
    recorded.DropSnapshots();
    Show(recorded, "no snapshot, SQL whole", "whole", 0);
    if (recorded.Commands <= FullReplayMax) Show(recorded, "no snapshot, SQL empty", "empty", 0);
}

static void Show(RecordedVenue recorded, string how, string stage, long from)
{
    var opening = Opening.Measure(recorded.Journal, recorded.StorePath(stage), from);
    Console.WriteLine(
        $"{recorded.Commands,11:N0}  {recorded.Segments,7}  {recorded.JournalBytes >> 20,10:N0}  {how,-30}  {opening.Replayed,11:N0}  {opening.Seconds,7:N2}  {opening.Replayed / opening.Seconds,10:N0}  {opening.HistorySeconds,9:N2}  {opening.PeakMb,7:N0}");
}
