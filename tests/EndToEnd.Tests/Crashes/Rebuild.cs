using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Journal;
using MyTradeX.Journal.Disks;
using MyTradeX.Store;
using MyTradeX.Venue;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>Builds a venue's history a second time, from nothing but a copy of its journal, and compares it with the database that lived through the crashes.</summary>
public static class Rebuild
{
    static readonly string[] Tables = ["orders", "trades", "ledger_lines", "accounts", "positions", "instruments", "candles"];

    /// <summary>The server must have been stopped. Returns how many rows were compared.</summary>
    public static async Task<long> CompareAsync(string dataFolder, string databaseFile)
    {
        var copy = Directory.CreateTempSubdirectory("mytradex-rebuild-");
        try
        {
            JournalBackup.Copy(new FileDisk(Path.Combine(dataFolder, "journal")), new FileDisk(Path.Combine(copy.FullName, "journal")));
            var rebuilt = Path.Combine(copy.FullName, "rebuilt.db");
            await using (var database = Database.Create(StoreOptions.Sqlite(rebuilt)))
            {
                await database.MigrateAsync();
                await using var venue = await Venue.Venue.OpenAsync(
                    new VenueOptions { JournalFolder = Path.Combine(copy.FullName, "journal") }, database, TimeProvider.System, NullLogger.Instance);
                await venue.WaitForHistoryAsync(venue.Sequence, TimeSpan.FromMinutes(1));
            }
            return Tables.Sum(table => Compare(table, databaseFile, rebuilt));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    static long Compare(string table, string lived, string rebuilt)
    {
        var (expected, actual) = (Rows(table, rebuilt), Rows(table, lived));
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (one, other) in expected.Zip(actual)) Assert.Equal($"{table}: {one}", $"{table}: {other}");
        return expected.Count;
    }

    static List<string> Rows(string table, string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The table's name is one of a fixed list.
        command.CommandText = $"SELECT * FROM {table} ORDER BY 1, 2";
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            var values = new object[reader.FieldCount];
            reader.GetValues(values);
            rows.Add(string.Join('|', values));
        }
        return rows;
    }
}
