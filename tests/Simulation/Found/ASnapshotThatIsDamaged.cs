namespace MyTradeX.Simulation.Found;

/// <summary>What the simulation has found about snapshots that do not read.</summary>
public sealed class ASnapshotThatIsDamaged
{
    [Fact]
    public void does_not_count_as_one_to_fall_back_to()
    {
        var script = new Script();
        script.Machine.Start();
        script.List();
        while (Snapshots(script).Length < script.Machine.Options.SnapshotsKept) TradeAndSnapshot(script);
        // Headers: a damaged one is not listed, but its file is there.
        foreach (var name in Snapshots(script)[1..]) script.Machine.Disk.Damage(name, 60);
        var good = Snapshots(script)[0];
        var newest = Snapshots(script)[^1];

        while (Snapshots(script)[^1] == newest) TradeAndSnapshot(script);

        Assert.Equal(good, Snapshots(script)[0]);
        script.Machine.Abandon();
    }

    [Fact]
    public void for_one_look_only_takes_no_good_one_with_it()
    {
        for (var goodReads = 0; goodReads < 12; goodReads++)
        {
            var script = new Script();
            script.Machine.Start();
            script.List();
            while (Snapshots(script).Length < script.Machine.Options.SnapshotsKept) TradeAndSnapshot(script);
            (script.Machine.Disk.FlipBitOfNextRead, script.Machine.Disk.GoodReads) = (true, goodReads);
            TradeAndSnapshot(script);
            script.Machine.Disk.FlipBitOfNextRead = false;
            Assert.True(Snapshots(script).Length >= script.Machine.Options.SnapshotsKept, $"after {goodReads} good reads");
            script.Machine.Abandon();
        }
    }

    static void TradeAndSnapshot(Script script)
    {
        for (var trades = 0; trades < 60; trades++) script.Trade(1_000_000);
        script.Machine.Clock.Move(TimeSpan.FromMinutes(2));
        script.Project();
        script.Machine.Venue.Workers.Snapshotter.Step();
    }

    /// <summary>Oldest first.</summary>
    static string[] Snapshots(Script script) => [.. script.Machine.Disk.List().Where(name => name.EndsWith(".snapshot", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
}
