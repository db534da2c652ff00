using MyTradeX.Simulation.Disks;
using MyTradeX.Store;

namespace MyTradeX.Simulation.Found;

/// <summary>What the simulation has found about disks that fail while the venue runs.</summary>
public sealed class AVenueOnABadDisk
{
    [Fact]
    public void whose_journal_rots_goes_on_trading_without_snapshots()
    {
        var script = new Script();
        script.Machine.Start();
        script.List();
        for (var trade = 0; trade < 80; trade++) script.Trade(1_000_000);
        script.Project();
        var undo = script.Machine.Disk.Damage("00000000000000000000.segment", 4096 + 200);

        script.Machine.Venue.Workers.Snapshotter.Step();

        Assert.DoesNotContain(script.Machine.Disk.List(), name => name.EndsWith(".snapshot", StringComparison.Ordinal));
        script.Trade(1_000_000);
        undo();
        script.Machine.Clock.Move(TimeSpan.FromMinutes(2));
        script.Machine.Venue.Workers.Snapshotter.Step();
        Assert.Contains(script.Machine.Disk.List(), name => name.EndsWith(".snapshot", StringComparison.Ordinal));
        script.Machine.Abandon();
    }

    [Theory]
    [InlineData("write")]
    [InlineData("sync")]
    [InlineData("room")]
    public async Task whose_commit_fails_is_told_as_unavailable_and_serves_again(string what)
    {
        var disk = new SimulatedDisk(1) { KeptAfterFailedSync = SqliteOnSimulatedDisk.IsSql };
        MigratedDatabase.PutOn(disk);
        var path = SqliteOnSimulatedDisk.Attach(disk);
        var database = Database.Create(StoreOptions.Sqlite(path));
        var key = 10;
        Task<int> Write() => database.WriteAsync(session => session.ExecuteAsync($"INSERT INTO projection_checkpoint (id, sequence, log_position, anchor_checksum) VALUES ({key++}, 0, 0, 0)"), default);
        await Write();

        (disk.FailNextWrite, disk.FailNextSync) = (what == "write", what == "sync");
        if (what == "room") disk.CapacityBytes = disk.UsedBytes();
        await Assert.ThrowsAsync<StoreUnavailableException>(Write);
        disk.CapacityBytes = long.MaxValue;
        await Write();

        await database.DisposeAsync();
        SqliteOnSimulatedDisk.Detach(path);
    }
}
