namespace MyTradeX.Simulation.Disks;

public sealed class ASimulatedDisk
{
    [Fact]
    public void keeps_what_was_synced()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var disk = new SimulatedDisk(seed);
            var file = disk.Create("a");
            file.Write(0, "kept"u8);
            file.Sync();
            disk.SyncFolder();
            disk.Crash();
            Assert.Equal("kept"u8.ToArray(), disk.Contents("a"));
        }
    }

    [Fact]
    public void may_lose_keep_or_tear_what_was_not_synced()
    {
        var outcomes = new HashSet<string>();
        for (var seed = 0; seed < 100; seed++)
        {
            var disk = new SimulatedDisk(seed);
            var file = disk.Create("a");
            file.Write(0, new byte[SimulatedDisk.SectorBytes * 2]);
            file.Sync();
            disk.SyncFolder();
            file.Write(0, Enumerable.Repeat((byte)1, SimulatedDisk.SectorBytes * 2).ToArray());
            disk.Crash();
            var after = disk.Contents("a");
            outcomes.Add($"{after[0]}{after[^1]}");
            Assert.Single(after.Take(SimulatedDisk.SectorBytes).Distinct());
        }

        Assert.Equal(["00", "01", "10", "11"], outcomes.Order());
    }

    [Fact]
    public void forgets_names_in_the_order_they_were_made()
    {
        var outcomes = new HashSet<string>();
        for (var seed = 0; seed < 100; seed++)
        {
            var disk = new SimulatedDisk(seed);
            disk.Create("a");
            disk.SyncFolder();
            disk.Rename("a", "b");
            disk.Create("c");
            disk.Crash();
            outcomes.Add(string.Join(',', disk.List().Order()));
        }

        Assert.Equal(["a", "b", "b,c"], outcomes.Order());
    }

    [Fact]
    public void repeats_itself_with_the_same_seed()
    {
        byte[] Run(int seed)
        {
            var disk = new SimulatedDisk(seed);
            var file = disk.Create("a");
            disk.SyncFolder();
            file.Write(0, Enumerable.Range(1, 20_000).Select(i => (byte)i).ToArray());
            disk.Crash();
            return disk.Contents("a");
        }

        Assert.All(Enumerable.Range(0, 20), seed => Assert.Equal(Run(seed), Run(seed)));
    }

    [Fact]
    public void is_full_at_its_capacity()
    {
        var disk = new SimulatedDisk(1) { CapacityBytes = 1000 };
        var file = disk.Create("a");
        file.Write(0, new byte[1000]);
        Assert.Throws<IOException>(() => file.Write(1000, new byte[1]));
        file.Write(0, new byte[10]);
        disk.CapacityBytes = 1001;
        file.Write(1000, new byte[1]);
    }

    [Fact]
    public void stops_at_the_chosen_operation()
    {
        var disk = new SimulatedDisk(1) { PowerOffAt = 1 };
        var file = disk.Create("a");
        Assert.Throws<PowerLostException>(() => file.Write(0, new byte[10]));
        Assert.Throws<PowerLostException>(file.Sync);
    }
}
