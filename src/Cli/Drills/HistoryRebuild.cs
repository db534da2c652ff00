using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Cli.DataFolders;
using MyTradeX.Journal;
using MyTradeX.Journal.Disks;
using MyTradeX.Store;
using MyTradeX.Venue;

namespace MyTradeX.Cli.Drills;

/// <summary>Builds a venue's history a second time, from nothing but a copy of its journal, and compares it with the database that lived through it all.</summary>
internal static class HistoryRebuild
{
    static readonly string[] _tables = ["orders", "trades", "ledger_lines", "accounts", "positions", "instruments", "candles"];
    static readonly TimeSpan _projectedWithin = TimeSpan.FromMinutes(10);

    /// <summary>The server must have been stopped, and its journal never trimmed. Returns how many rows were compared.</summary>
    public static async Task<long> CompareAsync(DataFolder folder, HistoryDatabase lived)
    {
        var copy = Directory.CreateTempSubdirectory("mytradex-rebuild-");
        try
        {
            var journal = Path.Combine(copy.FullName, "journal");
            JournalBackup.Copy(folder.Journal, new FileDisk(journal));
            // A snapshot is a state that was computed while the venue lived; here everything is computed anew.
            foreach (var snapshot in Directory.GetFiles(journal, "*.snapshot")) File.Delete(snapshot);
            var file = Path.Combine(copy.FullName, "rebuilt.db");
            await using (var database = Database.Create(StoreOptions.Sqlite(file)))
            {
                await database.MigrateAsync();
                await using var venue = await Venue.Venue.OpenAsync(new VenueOptions { JournalFolder = journal, SnapshotEvery = long.MaxValue }, database, new StoppedClock(), NullLogger.Instance);
                await venue.WaitForHistoryAsync(venue.Sequence, _projectedWithin);
            }
            var rebuilt = HistoryDatabase.Sqlite(file);
            foreach (var unbalanced in lived.Rows("SELECT asset, SUM(amount) FROM ledger_lines GROUP BY asset HAVING SUM(amount) <> 0"))
                throw new BrokenPromiseException($"the ledger does not balance: {unbalanced}");
            return _tables.Sum(table => Compare(table, rebuilt, lived));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    static long Compare(string table, HistoryDatabase rebuilt, HistoryDatabase lived)
    {
        var query = $"SELECT * FROM {table} ORDER BY 1, 2";
        using var expected = rebuilt.Rows(query).GetEnumerator();
        using var actual = lived.Rows(query).GetEnumerator();
        for (var rows = 0L; ; rows++)
        {
            var (isExpected, isThere) = (expected.MoveNext(), actual.MoveNext());
            if (!isExpected && !isThere) return rows;
            BrokenPromiseException.UnlessSame($"row {rows + 1} of {table}", isExpected ? expected.Current : "none", isThere ? actual.Current : "none");
        }
    }

    // The rebuilt venue must not live on: no day ends in it that had not ended in the journal.
    sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
