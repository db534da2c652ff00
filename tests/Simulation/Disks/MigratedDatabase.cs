using MyTradeX.Simulation.Clients;
using MyTradeX.Store;

namespace MyTradeX.Simulation.Disks;

/// <summary>A database with its schema and the users, and nothing else, made once and copied to each disk.</summary>
static class MigratedDatabase
{
    static readonly Lazy<byte[]> Contents = new(() =>
    {
        var disk = new SimulatedDisk(0);
        var path = SqliteOnSimulatedDisk.Attach(disk);
        var database = Database.Create(StoreOptions.Sqlite(path));
        database.MigrateAsync().GetAwaiter().GetResult();
        for (var user = 1; user <= Workload.Users; user++)
        {
            var made = new UserStore(database).CreateAsync(new() { Email = $"{user}@users.example", Name = $"User {user}", Role = "TRADER", Status = "ACTIVE" }, 0).GetAwaiter().GetResult();
            BrokenPromiseException.Unless(made.User?.Id == user, $"User {user} has another id.");
        }
        database.DisposeAsync().AsTask().GetAwaiter().GetResult();
        SqliteOnSimulatedDisk.Detach(path);
        BrokenPromiseException.Unless(disk.List() is [SqliteOnSimulatedDisk.FileName], "A database that is closed leaves one file.");
        return disk.Contents(SqliteOnSimulatedDisk.FileName);
    });

    public static void PutOn(SimulatedDisk disk) => disk.Place(SqliteOnSimulatedDisk.FileName, Contents.Value);
}
