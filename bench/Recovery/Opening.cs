using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Store;
using MyTradeX.Venue;

namespace MyTradeX.Bench;

/// <summary>One start of a venue, in a process of its own, since a restarted server has nothing compiled or loaded yet.</summary>
/// <param name="Seconds">Until the venue takes commands; start of the process included.</param>
/// <param name="HistorySeconds">Until SQL has everything too.</param>
/// <param name="Replayed">Commands applied.</param>
/// <param name="PeakMb">Most memory the process held.</param>
sealed record Opening(double Seconds, double HistorySeconds, long Replayed, long PeakMb)
{
    /// <summary>Runs this program again to open the folder.</summary>
    public static Opening Measure(string journal, string store, long from)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(Opening).Assembly.Location);
        foreach (var argument in (string[])["--open", journal, store]) start.ArgumentList.Add(argument);
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var opened = process.StandardOutput.ReadLine();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var caughtUp = process.StandardOutput.ReadLine();
        var historySeconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.WaitForExit();
        if (process.ExitCode != 0 || opened is null || caughtUp is null) throw new InvalidOperationException($"the venue did not open: exit code {process.ExitCode}");
        return new Opening(seconds, historySeconds, long.Parse(opened, CultureInfo.InvariantCulture) - from, long.Parse(caughtUp, CultureInfo.InvariantCulture));
    }

    /// <summary>The other side: opens, and says so.</summary>
    public static async Task RunAsync(string journal, string store)
    {
        await using var database = Database.Create(StoreOptions.Sqlite(store));
        await database.MigrateAsync();
        // No snapshots on the way: what is measured is the opening alone.
        var options = new VenueOptions { JournalFolder = journal, SnapshotEvery = long.MaxValue };
        await using var venue = await Venue.Venue.OpenAsync(options, database, TimeProvider.System, NullLogger.Instance);
        // The command that begins the new epoch is the venue's own.
        var replayed = venue.Sequence - 1;
        Console.WriteLine(replayed.ToString(CultureInfo.InvariantCulture));
        await venue.WaitForHistoryAsync(replayed, TimeSpan.FromHours(1));
        using var self = Process.GetCurrentProcess();
        Console.WriteLine((self.PeakWorkingSet64 >> 20).ToString(CultureInfo.InvariantCulture));
    }
}
