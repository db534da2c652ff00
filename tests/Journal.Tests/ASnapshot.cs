using MyTradeX.Journal.Snapshots;

namespace MyTradeX.Journal.Tests;

public sealed class ASnapshot
{
    static readonly LogAnchor Anchor = new(new LogPosition(400), 0x01020304);
    readonly SimulatedDisk _disk = new(1);
    readonly SnapshotStore _store;

    public ASnapshot() => _store = new SnapshotStore(_disk, Support.LogId);

    SnapshotInfo Save(long sequence, int bytes = 1000) =>
        _store.Save(Anchor, sequence, Support.State(Support.Payload(sequence, bytes), hash: [1, 2, 3]));

    static string FileOf(long sequence) => $"{sequence:D20}.snapshot";

    [Fact]
    public void has_this_format()
    {
        _store.Save(Anchor, 7, Support.State("123456789"u8, hash: [0xaa, 0xbb]));
        Assert.Equal(
            "4d5458534e415000" + "01000000" + "6d17b7f6" // MTXSNAP, version, checksum of the header
            + "00112233445566778899aabbccddeeff" + "0000000000000000" // log id
            + "9001000000000000" + "04030201" + "01000000" // anchor's position and checksum, has one
            + "0700000000000000" + "0900000000000000" + "839206e3" // sequence, bytes, checksum of the state
            + "02000000" + "aabb" + new string('0', 60) + new string('0', 32) // state hash
            + "313233343536373839",
            Convert.ToHexStringLower(_disk.Contents(FileOf(7))));
    }

    [Fact]
    public void is_loaded_as_it_was_saved()
    {
        var saved = Save(7, bytes: 1_000_000);
        var load = _store.LoadNewest();
        Assert.Equal(saved with { StateHash = default }, load.Info! with { StateHash = default });
        Assert.Equal([1, 2, 3], load.Info.StateHash.ToArray());
        Assert.Equal(Support.Payload(7, 1_000_000), load.Payload.ToArray());
        Assert.Empty(load.Faults);
    }

    [Fact]
    public void may_contain_no_record_and_no_state()
    {
        _store.Save(null, 0, Support.State([]));
        var load = _store.LoadNewest();
        Assert.Null(load.Info!.Anchor);
        Assert.Equal(0, load.Payload.Length);
    }

    [Fact]
    public void is_the_newest_that_the_caller_accepts()
    {
        Save(1);
        Save(2);
        Save(10);
        Assert.Equal(10, _store.LoadNewest().Info!.Sequence);
        Assert.Equal(2, _store.LoadNewest(info => info.Sequence < 10).Info!.Sequence);
        Assert.Null(_store.LoadNewest(_ => false).Info);
        Assert.Equal([10L, 2L, 1L], _store.List().Select(info => info.Sequence));
    }

    [Fact]
    public void falls_back_to_the_one_before_wherever_a_byte_is_flipped()
    {
        Save(1);
        Save(2);
        for (var offset = 0; offset < _disk.Contents(FileOf(2)).Length; offset++)
        {
            _disk.Damage(FileOf(2), offset);
            var load = _store.LoadNewest();
            Assert.Equal(1, load.Info!.Sequence);
            Assert.Equal(FileOf(2), Assert.Single(load.Faults).File);
            _disk.Damage(FileOf(2), offset);
        }

        Assert.Equal(2, _store.LoadNewest().Info!.Sequence);
    }

    [Fact]
    public void of_another_log_is_not_loaded()
    {
        Save(1);
        var load = new SnapshotStore(_disk, Guid.NewGuid()).LoadNewest();
        Assert.Null(load.Info);
        Assert.Contains("belongs to log", Assert.Single(load.Faults).Problem);
    }

    [Fact]
    public void is_pruned_from_the_oldest_on()
    {
        for (var sequence = 1; sequence <= 5; sequence++)
            Save(sequence);
        _store.PruneBefore(4);
        Assert.Equal([5L, 4L], _store.List().Select(info => info.Sequence));
    }

    [Fact]
    public void that_meets_a_full_disk_leaves_the_older_one_and_takes_no_room()
    {
        Save(1);
        _disk.CapacityBytes = 2000;
        Assert.Throws<IOException>(() => Save(2, 3000));
        Assert.Equal([FileOf(1)], _disk.List());
        Assert.Equal(1, _store.LoadNewest().Info!.Sequence);
    }

    [Fact]
    public void is_whole_or_absent_after_a_crash_at_any_operation()
    {
        for (var operation = 0; operation < 10; operation++)
        {
            for (var seed = 0; seed < 20; seed++)
            {
                var disk = new SimulatedDisk(seed);
                var store = new SnapshotStore(disk, Support.LogId);
                store.Save(Anchor, 1, Support.State(Support.Payload(1)));
                disk.PowerOffAt = disk.Operations + operation;
                var saved = false;
                try
                {
                    store.Save(Anchor, 2, Support.State(Support.Payload(2, 3000)));
                    saved = true;
                }
                catch (PowerLostException)
                {
                }

                disk.Crash();
                var load = store.LoadNewest();
                Assert.Empty(load.Faults);
                Assert.True(load.Info!.Sequence == 2 || !saved);
                Assert.Equal(load.Info.PayloadBytes, load.Payload.Length);
            }
        }
    }
}
