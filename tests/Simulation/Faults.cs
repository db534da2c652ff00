using MyTradeX.Simulation.Disks;

namespace MyTradeX.Simulation;

/// <summary>What goes wrong with the machine, and for how long.</summary>
sealed class Faults(Random random, Machine machine, Trace trace)
{
    string? _damagedSnapshot;
    int _fullFor;

    /// <summary>Whether something is planned that makes a start fail without fault of the venue.</summary>
    public bool MayRefuseStart =>
        machine.Disk.FlipBitOfNextRead || machine.Disk.MisdirectNextRead || machine.Disk.FailNextSync || machine.Disk.FailNextWrite || machine.Disk.CapacityBytes < long.MaxValue;

    /// <summary>Whether one snapshot is damaged, by plan.</summary>
    public bool HasDamagedSnapshot => _damagedSnapshot is not null && machine.Disk.Exists(_damagedSnapshot);

    public string? DamagedSnapshot => _damagedSnapshot;

    /// <summary>Lets one write, sync or read go wrong, or fills the disk.</summary>
    public void Plan()
    {
        var disk = machine.Disk;
        Disarm();
        var kind = random.Next(6);
        var sql = random.Next(3) == 0;
        trace.Note($"fault {kind}{(sql ? " of sql" : "")}");
        // SQLite's pages have no checksums: a disk that reads wrong there is beyond what it promises.
        disk.FaultyFiles = kind >= 4 ? static name => !SqliteOnSimulatedDisk.IsSql(name) : sql ? SqliteOnSimulatedDisk.IsSql : static name => !SqliteOnSimulatedDisk.IsSql(name);
        disk.GoodReads = random.Next(8);
        switch (kind)
        {
            case 0: disk.FailNextWrite = true; break;
            case 1: disk.FailNextSync = true; break;
            case 2 or 3:
                disk.CapacityBytes = disk.UsedBytes() + random.Next(0, 30_000);
                _fullFor = random.Next(1, 30);
                break;
            case 4: disk.FlipBitOfNextRead = true; break;
            default: disk.MisdirectNextRead = true; break;
        }
    }

    /// <summary>One more step has been taken; a full disk gets room again after a while.</summary>
    public void Step()
    {
        if (_fullFor > 0 && --_fullFor == 0) machine.Disk.CapacityBytes = long.MaxValue;
    }

    /// <summary>Everything works from now on.</summary>
    public void Disarm()
    {
        var disk = machine.Disk;
        disk.FailNextSync = disk.FailNextWrite = disk.FlipBitOfNextRead = disk.MisdirectNextRead = false;
        disk.CapacityBytes = long.MaxValue;
        _fullFor = 0;
    }

    /// <summary>Damages the newest snapshot for good, unless there is a damaged one already.</summary>
    public void DamageSnapshot()
    {
        if (HasDamagedSnapshot) return;
        var newest = machine.Disk.List().Where(name => name.EndsWith(".snapshot", StringComparison.Ordinal)).Order(StringComparer.Ordinal).LastOrDefault();
        if (newest is null) return;
        _damagedSnapshot = newest;
        var bytes = machine.Disk.Contents(newest).Length;
        // The header, too: half the time.
        var at = random.Next(2) == 0 ? random.Next(Math.Min(128, bytes)) : random.Next(bytes);
        machine.Disk.Damage(newest, at, (byte)(1 << random.Next(8)));
        trace.Note($"damage {newest} at {at}");
    }

    /// <summary>Lets the power go at one of the next operations.</summary>
    public void PlanPowerLoss(int within)
    {
        machine.Disk.PowerOffAt = machine.Disk.Operations + random.Next(within);
        trace.Note($"power until {machine.Disk.PowerOffAt}");
    }
}
