namespace MyTradeX.Journal.Tests;

public sealed class ALog
{
    readonly SimulatedDisk _disk = new(1);

    [Fact]
    public void gives_back_committed_records_in_order()
    {
        using var log = _disk.OpenLog();
        log.Commit(0, 3);
        log.Commit(3, 1);
        Assert.Equal(Support.Range(0, 4), log.Numbers());
    }

    [Fact]
    public void shows_nothing_before_it_is_committed()
    {
        using var log = _disk.OpenLog();
        log.Append(Support.Payload(0));
        Assert.Empty(log.Numbers());
        Assert.Equal(LogPosition.Start, log.End);
        Assert.Null(log.LastAnchor);
    }

    [Fact]
    public void says_beforehand_where_a_record_will_be()
    {
        using var log = _disk.OpenLog();
        var positions = log.Commit(0, 300).Concat(log.Commit(300, 1)).ToArray();
        Assert.Equal(positions, log.Anchors().Select(anchor => anchor.Position));
        Assert.Equal(positions, positions.Order().Distinct());
        Assert.Equal(log.Anchors()[^1], log.LastAnchor);
    }

    [Fact]
    public void goes_on_after_being_reopened()
    {
        using (var log = _disk.OpenLog())
            log.Commit(0, 10);
        using (var log = _disk.OpenLog())
            log.Commit(10, 10);
        using (var log = FileCommandLog.Open(_disk, Support.Small, out var report))
        {
            Assert.Equal(Support.Range(0, 20), log.Numbers());
            Assert.Equal(log.Anchors()[^1], log.LastAnchor);
            Assert.Equal((20L, 1, 0L), (report.Records, report.Segments, report.TornBytesCut));
            Assert.Equal((LogPosition.Start, log.LastAnchor!.Value.Position), (report.First, report.Last));
        }
    }

    [Fact]
    public void rolls_over_as_many_segments_as_it_needs()
    {
        using (var log = _disk.OpenLog())
            for (var i = 0; i < 100; i++)
                log.Commit(i * 20, 20);
        Assert.True(_disk.Segments().Length >= 5, "2,000 records of 172 bytes need more than five segments of 60 KiB");
        using var reopened = _disk.OpenLog();
        Assert.Equal(Support.Range(0, 2000), reopened.Numbers());
    }

    [Fact]
    public void takes_a_first_batch_that_is_larger_than_the_first_segment()
    {
        var options = Support.Small with { SegmentBytes = 8 * 1024 * 1024 };
        using (var log = _disk.OpenLog(options))
        {
            var reader = log.Read(null);
            log.Commit(0, 560, 8000);
            Assert.Equal(Support.Range(0, 560), reader.Rest());
        }

        Assert.Single(_disk.Segments());
        using var reopened = _disk.OpenLog(options);
        Assert.Equal(Support.Range(0, 560), reopened.Numbers());
    }

    [Fact]
    public void refuses_records_outside_its_limits()
    {
        using var log = _disk.OpenLog();
        Assert.Throws<ArgumentException>(() => log.Append([]));
        Assert.Throws<ArgumentException>(() => log.Append(new byte[8 * 1024 + 1]));
        log.Append(new byte[8 * 1024]);
        log.Append(new byte[1]);
        log.Commit();
        Assert.Equal(2, log.Anchors().Count);
    }

    [Fact]
    public void refuses_a_batch_larger_than_a_segment_and_still_commits_what_fits()
    {
        using var log = _disk.OpenLog();
        for (var i = 0; i < 7; i++)
            log.Append(Support.Payload(i, 8000));
        Assert.Throws<InvalidOperationException>(() => log.Append(Support.Payload(7, 8000)));
        log.Commit();
        Assert.Equal(Support.Range(0, 7), log.Numbers());
    }

    [Fact]
    public void allocates_nothing_per_append_and_commit()
    {
        using var folder = new TemporaryFolder();
        using var log = FileCommandLog.Open(new FileDisk(folder.Path), new FileLogOptions(), out _);
        var payload = Support.Payload(1);
        void Batch()
        {
            for (var i = 0; i < 64; i++)
                log.Append(payload);
            log.Commit();
        }

        long Allocated()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 30; i++)
                Batch();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // The runtime itself may allocate while it warms up; what each batch allocated would show in every round.
        Assert.Equal(0, Enumerable.Range(0, 5).Select(_ => Allocated()).Min());
    }

    [Fact]
    public void is_open_for_one_writer_only()
    {
        using var log = _disk.OpenLog();
        Assert.Throws<JournalInUseException>(() => _disk.OpenLog());
    }
}
