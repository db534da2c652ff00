namespace MyTradeX.Journal.Tests;

public sealed class ADiskThatFails
{
    readonly SimulatedDisk _disk = new(1);

    [Fact]
    public void when_full_writes_nothing_and_the_log_goes_on_once_there_is_room()
    {
        using var log = _disk.OpenLog();
        log.Commit(0, 1);
        _disk.CapacityBytes = 200 * 1024;
        var committed = 1;
        LogWriteException? refused = null;
        while (refused is null)
        {
            try
            {
                log.Commit(committed, 20);
                committed += 20;
            }
            catch (LogWriteException error)
            {
                refused = error;
            }
        }

        Assert.Equal(LogWriteOutcome.NotWritten, refused.Outcome);
        Assert.Equal(LogWriteOutcome.NotWritten, Assert.Throws<LogWriteException>(() => log.Commit(-20, 20)).Outcome);
        Assert.Equal(Support.Range(0, committed), log.Numbers());

        _disk.CapacityBytes = long.MaxValue;
        log.Commit(committed, 20);
        Assert.Equal(Support.Range(0, committed + 20), log.Numbers());
        log.Dispose();
        using var reopened = _disk.OpenLog();
        Assert.Equal(Support.Range(0, committed + 20), reopened.Numbers());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void in_a_read_of_the_recovery_does_not_damage_what_is_good(bool misdirected)
    {
        for (var goodReads = 0; goodReads < 12; goodReads++)
        {
            var disk = new SimulatedDisk(goodReads);
            using (var log = disk.OpenLog())
            {
                log.Commit(0, 20);
                log.Commit(20, 20);
            }

            (disk.FlipBitOfNextRead, disk.MisdirectNextRead, disk.GoodReads) = (!misdirected, misdirected, goodReads);
            try
            {
                disk.OpenLog().Dispose();
            }
            catch (JournalDamagedException)
            {
                // Of a header that read wrong nothing can be made; the next start reads it right.
            }

            disk.Kill();
            using var reopened = disk.OpenLog();
            Assert.Equal(Support.Range(0, 40), reopened.Numbers());
        }
    }

    [Fact]
    public void in_a_write_takes_the_part_that_was_written_back()
    {
        using var log = _disk.OpenLog();
        log.Commit(0, 5);
        _disk.FailNextWrite = true;
        Assert.Equal(LogWriteOutcome.NotWritten, Assert.Throws<LogWriteException>(() => log.Commit(100, 5)).Outcome);
        log.Commit(5, 1);
        log.Dispose();
        using var reopened = FileCommandLog.Open(_disk, Support.Small, out var report);
        Assert.Equal(Support.Range(0, 6), reopened.Numbers());
        Assert.Equal(0, report.TornBytesCut);
    }

    [Fact]
    public void in_a_sync_leaves_the_outcome_unknown_and_the_log_refuses_more()
    {
        using var log = _disk.OpenLog();
        log.Commit(0, 5);
        _disk.FailNextSync = true;
        Assert.Equal(LogWriteOutcome.Unknown, Assert.Throws<LogWriteException>(() => log.Commit(5, 5)).Outcome);
        Assert.Throws<InvalidOperationException>(() => log.Append([1]));
        Assert.Equal(Support.Range(0, 5), log.Numbers());
    }

    [Fact]
    public void in_a_sync_is_answered_by_reopening_which_makes_what_it_finds_durable()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var disk = new SimulatedDisk(seed);
            using (var log = disk.OpenLog())
            {
                log.Commit(0, 5);
                disk.FailNextSync = true;
                Assert.Throws<LogWriteException>(() => log.Commit(5, 5));
            }

            List<long> found;
            using (var log = disk.OpenLog())
                found = log.Numbers();
            disk.Crash();
            using var after = disk.OpenLog();
            Assert.Equal(found, after.Numbers());
        }
    }

    [Fact]
    public void has_no_room_for_a_new_log_and_can_be_tried_again()
    {
        _disk.CapacityBytes = 1000;
        Assert.Throws<IOException>(() => _disk.OpenLog());
        Assert.Empty(_disk.List());
        _disk.CapacityBytes = long.MaxValue;
        using var log = _disk.OpenLog();
        log.Commit(0, 1);
    }
}
