using MyTradeX.Journal.Disks;
using MyTradeX.Store;
using MyTradeX.Venue.Reconciliation;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>Gives a venue's history a second time, from nothing but its journal, and compares it with the database that lived through the crashes.</summary>
public static class Rebuild
{
    /// <summary>The server must have been stopped. Returns how many things were compared.</summary>
    public static async Task<long> CompareAsync(string dataFolder, string databaseFile)
    {
        await using var database = Database.Create(StoreOptions.Sqlite(databaseFile));
        var replay = await JournalReplay.RunAsync(
            new FileDisk(Path.Combine(dataFolder, "journal")), database, new JournalReplayOptions { IsDeep = true, Now = Venue.Venue.MicrosecondsOf(DateTimeOffset.UtcNow) });
        Assert.Empty(replay.Faults);
        Assert.Empty(replay.Findings);
        Assert.Equal((0, replay.Sequence), (replay.LetGo, replay.HistorySequence));
        return replay.Compared.Values.Sum();
    }
}
