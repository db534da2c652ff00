using System.Text;
using MyTradeX.Simulation.Disks;
using MyTradeX.Store;
using MyTradeX.Venue.Projection;

namespace MyTradeX.Simulation.Checkers;

/// <summary>What the SQL tables hold, against what the whole history gives.</summary>
static class SqlTables
{
    static readonly (string Name, string Key)[] Projected =
    [
        ("instruments", "id"), ("accounts", "id"), ("positions", "account_id, instrument_id"), ("orders", "id"),
        ("trades", "id"), ("ledger_lines", "entry_id, line"), ("candles", "instrument_id, open_time"), ("transfers", "id"),
    ];

    /// <summary>The tables stand at exactly the command that their checkpoint names.</summary>
    public static void CheckStandAtCheckpoint(Database database, History history)
    {
        var (sequence, trades, lines, newest) = database.ReadAsync(
            async session => (
                await session.FirstAsync<long>("SELECT sequence FROM projection_checkpoint WHERE id = 1"),
                await session.FirstAsync<long>("SELECT COUNT(*) FROM trades"),
                await session.FirstAsync<long>("SELECT COUNT(*) FROM ledger_lines"),
                await session.FirstAsync<long>("SELECT COALESCE(MAX(sequence), 0) FROM ledger_lines")),
            default).GetAwaiter().GetResult();
        BrokenPromiseException.Unless(sequence <= history.Exchange.Sequence, $"SQL stands at sequence {sequence}, the journal at {history.Exchange.Sequence}.");
        var expected = history.CountsAt(sequence);
        BrokenPromiseException.Unless(
            trades == expected.Trades && lines == expected.LedgerLines && newest <= sequence,
            $"SQL says it stands at sequence {sequence} and has {trades} trades and {lines} ledger lines; there were {expected.Trades} and {expected.LedgerLines}.");
    }

    /// <summary>Every row is what a rebuild from the journal gives, and no row is there besides.</summary>
    public static void CompareWithRebuild(Database database, History history)
    {
        using var rebuilt = new Rebuild(history);
        foreach (var (name, key) in Projected)
        {
            var (ours, theirs) = (Rows(database, name, key), Rows(rebuilt.Database, name, key));
            for (var i = 0; i < Math.Max(ours.Count, theirs.Count); i++)
            {
                var (have, want) = (i < ours.Count ? ours[i] : "nothing", i < theirs.Count ? theirs[i] : "nothing");
                BrokenPromiseException.Unless(have == want, $"Table {name} has\n  {have}\nwhere a rebuild has\n  {want}");
            }
        }
    }

    static List<string> Rows(Database database, string table, string key) => database.ReadAsync(
        async session =>
        {
            var rows = new List<string>();
            await using var query = session.Connection.CreateCommand();
#pragma warning disable CA2100 // Table and key come from the list above.
            query.CommandText = $"SELECT * FROM {table} ORDER BY {key}";
#pragma warning restore CA2100
            await using var reader = await query.ExecuteReaderAsync();
            var row = new StringBuilder();
            while (await reader.ReadAsync())
            {
                row.Clear();
                for (var column = 0; column < reader.FieldCount; column++) row.Append(reader.GetValue(column)).Append('|');
                rows.Add(row.ToString());
            }
            return rows;
        },
        default).GetAwaiter().GetResult();

    /// <summary>A database filled in one go from every event there was.</summary>
    sealed class Rebuild : IDisposable
    {
        readonly string _path;

        public Rebuild(History history)
        {
            var disk = new SimulatedDisk(0);
            MigratedDatabase.PutOn(disk);
            _path = SqliteOnSimulatedDisk.Attach(disk);
            Database = Database.Create(StoreOptions.Sqlite(_path));
            if (history.Events.Count == 0) return;
            using var writer = ProjectionWriter.Create(Database);
            var (mapper, batch) = (new ProjectionMapper(), new ProjectionBatch());
            foreach (var block in history.Events) mapper.Map(block, batch);
            mapper.Finish(batch);
            writer.Write(batch, new ProjectionCheckpoint(history.Exchange.Sequence, 0, 0));
        }

        public Database Database { get; }

        public void Dispose()
        {
            Database.DisposeAsync().AsTask().GetAwaiter().GetResult();
            SqliteOnSimulatedDisk.Detach(_path);
        }
    }
}
