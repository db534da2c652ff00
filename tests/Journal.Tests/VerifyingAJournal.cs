using System.Buffers;
using MyTradeX.Journal.Snapshots;

namespace MyTradeX.Journal.Tests;

public sealed class VerifyingAJournal
{
    readonly SimulatedDisk _disk = new(1);

    void Write(int batches = 40)
    {
        using var log = _disk.OpenLog();
        var store = new SnapshotStore(_disk, log.LogId);
        for (var i = 0; i < batches; i++)
        {
            log.Commit(i * 20, 20);
            if (i % 10 == 9)
                store.Save(log.LastAnchor, (i + 1) * 20, Support.State(Support.Payload(i, 2000)));
        }
    }

    [Fact]
    public void counts_what_is_there_and_finds_nothing_wrong()
    {
        Write();
        var report = JournalVerifier.Verify(_disk);
        Assert.Empty(report.Faults);
        Assert.Equal((800L, 4, _disk.Segments().Length), (report.Records, report.Snapshots, report.Segments));
        Assert.Equal((800 * 172) + (4 * 2000), report.BytesRead);
        Assert.EndsWith("sound", report.ToString());
    }

    [Fact]
    public void changes_nothing()
    {
        Write();
        _disk.Damage(_disk.Segments()[0], 5000);
        var before = _disk.List().Select(_disk.Contents).ToArray();
        var operations = _disk.Operations;
        JournalVerifier.Verify(_disk);
        Assert.Equal(operations, _disk.Operations);
        Assert.Equal(before, _disk.List().Select(_disk.Contents));
    }

    [Fact]
    public void names_every_fault_and_not_just_the_first()
    {
        Write();
        var segments = _disk.Segments();
        _disk.Damage(segments[0], Support.Header + (172 * 3) + 20);
        _disk.Damage(segments[0], Support.Header + (172 * 9) + 20);
        _disk.Damage(segments[1], 100);
        _disk.Damage("00000000000000000200.snapshot", 500);
        var report = JournalVerifier.Verify(_disk);
        Assert.Equal(
            [("00000000000000000200.snapshot", 128L), (segments[0], Support.Header + (172 * 3)), (segments[0], Support.Header + (172 * 9)), (segments[1], 12)],
            report.Faults.Select(fault => (fault.File, fault.Offset)).Take(4));
        Assert.False(report.IsSound);
        Assert.Contains($"{segments[0]} at offset {Support.Header + (172 * 3)}: the record fails its checksum", report.ToString());
    }

    [Fact]
    public void takes_a_torn_tail_for_what_it_is()
    {
        Write(batches: 1);
        var file = _disk.Segments()[0];
        _disk.Damage(file, Support.Header + (172 * 19) + 20);
        var report = JournalVerifier.Verify(_disk);
        Assert.Empty(report.Faults);
        Assert.Equal((19L, 172L), (report.Records, report.TornTailBytes));
    }

    [Fact]
    public void notices_a_snapshot_that_the_log_does_not_lead_up_to()
    {
        Write(batches: 10);
        new SnapshotStore(_disk, Support.LogId).Save(new LogAnchor(new LogPosition(172), 1), 900, Support.State([]));
        new SnapshotStore(_disk, Support.LogId).Save(new LogAnchor(new LogPosition(999_996), 1), 901, Support.State([]));
        var report = JournalVerifier.Verify(_disk);
        Assert.Equal([$"{900:D20}.snapshot", $"{901:D20}.snapshot"], report.Faults.Select(fault => fault.File));
    }

    [Fact]
    public void notices_that_no_snapshot_reaches_a_trimmed_log()
    {
        Write();
        using (var log = _disk.OpenLog())
            log.TrimBefore(log.End);
        Assert.Empty(JournalVerifier.Verify(_disk).Faults);
        _disk.Delete($"{800:D20}.snapshot");
        Assert.Contains("after everything that a good snapshot leads up to", Assert.Single(JournalVerifier.Verify(_disk).Faults).Problem);
    }
}
