namespace MyTradeX.Journal.Tests;

/// <summary>Four batches of sixty records over two segments; only the last batch is the tail.</summary>
public sealed class ADamagedLog
{
    const string First = "00000000000000000000.segment";
    const int Batch = 60;
    const int RecordBytes = 408;

    static SimulatedDisk Journal(int batches = 4)
    {
        var disk = new SimulatedDisk(1);
        using var log = disk.OpenLog();
        for (var i = 0; i < batches; i++)
            log.Commit(i * Batch, Batch, 394);
        return disk;
    }

    static JournalDamagedException Refused(SimulatedDisk disk) => Assert.Throws<JournalDamagedException>(() => disk.OpenLog());

    [Fact]
    public void is_refused_with_file_and_offset_wherever_a_byte_before_the_tail_is_flipped()
    {
        var disk = Journal();
        Assert.Equal(2, disk.Segments().Length);
        var lastBatch = Support.Header + (Batch * RecordBytes);
        foreach (var (file, from, to) in new[] { (First, 0, 64 * 1024), (disk.Segments()[1], 0, lastBatch) })
        {
            // Every byte of the first records and a stride that meets every place within a record after them.
            for (var offset = from; offset < to; offset += offset is >= Support.Header and < Support.Header + 900 ? 1 : 211)
            {
                disk.Damage(file, offset);
                var refused = Refused(disk);
                Assert.Equal(file, refused.File);
                Assert.Contains(file, refused.Message);
                Assert.Contains($"offset {refused.Offset}", refused.Message);
                if (offset >= Support.Header && offset < Support.Header + (2 * Batch * RecordBytes))
                    Assert.Equal(Support.Header + ((offset - Support.Header) / RecordBytes * RecordBytes), refused.Offset);
                disk.Damage(file, offset);
            }
        }

        disk.OpenLog().Dispose();
    }

    [Fact]
    public void loses_the_end_of_its_last_batch_when_a_byte_of_that_is_flipped()
    {
        // On disk this cannot be told from a write that a crash tore; the anchor of a snapshot would tell.
        var disk = Journal();
        var file = disk.Segments()[1];
        disk.Damage(file, Support.Header + ((Batch + 10) * RecordBytes) + 50);
        using var log = FileCommandLog.Open(disk, Support.Small, out var report);
        Assert.Equal(Support.Range(0, (3 * Batch) + 10), log.Numbers());
        Assert.InRange(report.TornBytesCut, (Batch - 11) * RecordBytes, (Batch - 10) * RecordBytes);
    }

    [Fact]
    public void is_refused_although_the_only_proof_is_a_record_that_ends_in_zeros()
    {
        var disk = new SimulatedDisk(1);
        using (var log = disk.OpenLog())
        {
            log.Commit(0, 1);
            log.Append(new byte[1000]);
            log.Commit();
        }

        disk.Damage(First, Support.Header + 20);
        Assert.Equal(Support.Header, Refused(disk).Offset);
    }

    [Fact]
    public void is_refused_when_a_sector_before_the_tail_reads_as_zeros()
    {
        var disk = Journal(batches: 1);
        using (var log = disk.OpenLog())
            log.Commit(Batch, 1);
        var bytes = disk.Contents(First);
        for (var i = 0; i < SimulatedDisk.SectorBytes; i++)
            disk.Damage(First, Support.Header + 512 + i, xor: bytes[Support.Header + 512 + i]);
        Assert.Equal(Support.Header + RecordBytes, Refused(disk).Offset);
    }

    [Fact]
    public void is_refused_when_a_record_was_written_to_another_place()
    {
        var disk = Journal(batches: 1);
        using (var log = disk.OpenLog())
            log.Commit(Batch, 1);
        var bytes = disk.Contents(First);
        for (var i = 0; i < RecordBytes; i++)
        {
            var there = Support.Header + (2 * RecordBytes) + i;
            disk.Damage(First, there, xor: (byte)(bytes[there] ^ bytes[Support.Header + (3 * RecordBytes) + i]));
        }

        Assert.Equal(Support.Header + (2 * RecordBytes), Refused(disk).Offset);
    }

    [Fact]
    public void is_refused_when_a_segment_is_missing()
    {
        var disk = Journal(batches: 10);
        var names = disk.Segments();
        Assert.True(names.Length > 3);
        disk.Delete(names[1]);
        var refused = Refused(disk);
        Assert.Equal(names[1], refused.File);
        Assert.Contains("missing", refused.Message);
    }

    [Fact]
    public void is_refused_when_a_segment_was_cut_short()
    {
        foreach (var file in Journal().Segments())
        {
            var disk = Journal();
            disk.Truncate(file, 9000);
            Assert.Equal((file, 9000L), (Refused(disk).File, Refused(disk).Offset));
            disk.Truncate(file, 100);
            Assert.Equal((file, 100L), (Refused(disk).File, Refused(disk).Offset));
        }
    }

    [Fact]
    public void is_refused_when_a_segment_of_another_log_is_among_its_own()
    {
        var disk = Journal();
        var other = new SimulatedDisk(2);
        using (var log = other.OpenLog(Support.Small with { NewLogId = Guid.NewGuid() }))
            for (var i = 0; i < 4; i++)
                log.Commit(i * Batch, Batch, 394);
        var name = disk.Segments()[1];
        using (var file = disk.Create(name))
            file.Write(0, other.Contents(name));
        Assert.Contains("belongs to log", Refused(disk).Message);
    }

    [Fact]
    public void is_refused_when_only_snapshots_are_left()
    {
        var disk = Journal();
        new MyTradeX.Journal.Snapshots.SnapshotStore(disk, Support.LogId).Save(null, 0, Support.State([]));
        foreach (var name in disk.Segments())
            disk.Delete(name);
        Assert.Contains("no segment at all", Refused(disk).Message);
    }

    [Fact]
    public void is_left_exactly_as_it_was()
    {
        var disk = Journal();
        disk.Damage(First, Support.Header + 30);
        var before = disk.Segments().Select(disk.Contents).ToArray();
        Refused(disk);
        Assert.Equal(before, disk.Segments().Select(disk.Contents));
    }
}
