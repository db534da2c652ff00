using MyTradeX.Journal.Format;
using MyTradeX.Simulation.Disks;
using Record = MyTradeX.Journal.Format.Record;

namespace MyTradeX.Simulation.Mutants;

sealed record ASyncLeftOut() : Mutant("the journal's segments are never synced")
{
    // Segments are made under this name, and known by it.
    public override void Spoil(SimulatedDisk disk) => disk.IgnoredSyncs = name => name == SegmentFile.Next;
}

sealed record AFolderSyncLeftOut() : Mutant("the names of new segments and snapshots are never synced")
{
    public override void Spoil(SimulatedDisk disk) => disk.IgnoredSyncs = name => name == ".";
}

sealed record ASnapshotNamedUnsynced() : Mutant("a snapshot gets its name before its bytes are synced")
{
    public override void Spoil(SimulatedDisk disk) => disk.IgnoredSyncs = name => name == MyTradeX.Journal.Snapshots.SnapshotFile.Next;
}

sealed record ASqlSyncLeftOut() : Mutant("the journal is trimmed without SQL having synced what it was needed for")
{
    public override void Spoil(SimulatedDisk disk) => disk.IgnoredSyncs = SqliteOnSimulatedDisk.IsSql;
}

sealed record ATornTailAccepted() : Mutant("recovery takes the torn rest of a write for records, as if it did not look at checksums")
{
    public override void AfterCrash(Machine machine)
    {
        var disk = machine.Disk;
        if (SegmentFile.In(disk) is not [.., var name]) return;
        using var file = disk.Open(name, writable: true);
        var header = SegmentHeader.Read(name, file);
        var bytes = disk.Contents(name);
        var salt = Record.SaltOf(header.LogId);
        for (var at = header.First; header.Limit - at >= Record.HeaderBytes;)
        {
            var record = bytes.AsSpan((int)header.OffsetOf(at));
            var size = Record.SizeOf(Record.Length(record));
            if (Record.Length(record) == 0 || size > header.Limit - at) break;
            BitConverter.TryWriteBytes(record, Record.Checksum(record[..(int)size], salt, at));
            at += size;
        }
        disk.Place(name, bytes);
    }
}
