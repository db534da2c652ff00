using MyTradeX.Simulation.Disks;
using MyTradeX.Store;

namespace MyTradeX.Simulation.Mutants;

sealed record ALostPosting() : Mutant("now and then a line of a ledger entry does not get into its table")
{
    public override void Spoil(SimulatedDisk disk) => Sql.Change(
        disk, "CREATE TRIGGER loses BEFORE INSERT ON ledger_lines WHEN NEW.entry_id % 17 = 5 AND NEW.line = 1 BEGIN SELECT RAISE(IGNORE); END");
}

sealed record ACheckpointOutsideItsTransaction() : Mutant("the checkpoint is on disk though the rows that it stands for were lost")
{
    public override void AfterCrash(Machine machine)
    {
        if (machine.Venue is not { } venue) return;
        var reached = venue.Workers.Projector.Sequence;
        if (reached == 0 || reached > machine.History.Events.Count) return;
        var position = machine.History.Events[(int)reached - 1].Anchor.Position;
        using var reader = new OfflineLogReader(machine.Disk);
        while (reader.MoveNext())
        {
            if (reader.Anchor.Position != position) continue;
            Sql.Change(machine.Disk, $"UPDATE projection_checkpoint SET sequence = {reached}, log_position = {position}, anchor_checksum = {reader.Anchor.Checksum} WHERE id = 1 AND sequence < {reached}");
            return;
        }
    }
}

/// <summary>Changes a database that nobody has open, for good.</summary>
static class Sql
{
    public static void Change(SimulatedDisk disk, string sql)
    {
        var path = SqliteOnSimulatedDisk.Attach(disk);
        var database = Database.Create(StoreOptions.Sqlite(path));
        database.WriteAsync(session => session.ExecuteAsync(sql), default).GetAwaiter().GetResult();
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        SqliteOnSimulatedDisk.Detach(path);
        disk.Place(SqliteOnSimulatedDisk.FileName, disk.Contents(SqliteOnSimulatedDisk.FileName));
    }
}
