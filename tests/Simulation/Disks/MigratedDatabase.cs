using MyTradeX.Store;

namespace MyTradeX.Simulation.Disks;

/// <summary>An empty database with its schema, made once and copied to each disk.</summary>
static class MigratedDatabase
{
    static readonly Lazy<byte[]> Contents = new(() =>
    {
        var disk = new SimulatedDisk(0);
        var path = SqliteOnSimulatedDisk.Attach(disk);
        var database = Database.Create(StoreOptions.Sqlite(path));
        database.MigrateAsync().GetAwaiter().GetResult();
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        SqliteOnSimulatedDisk.Detach(path);
        BrokenPromiseException.Unless(disk.List() is [SqliteOnSimulatedDisk.FileName], "A database that is closed leaves one file.");
        return disk.Contents(SqliteOnSimulatedDisk.FileName);
    });

    public static void PutOn(SimulatedDisk disk) => disk.Place(SqliteOnSimulatedDisk.FileName, Contents.Value);
}
