using MyTradeX.Journal.Snapshots;

namespace MyTradeX.Journal.Tests;

public sealed class BackingUpAJournal
{
    [Fact]
    public void gives_a_journal_that_goes_on_where_the_copy_was_taken()
    {
        SimulatedDisk source = new(1), target = new(2);
        using var log = source.OpenLog();
        for (var i = 0; i < 40; i++)
            log.Commit(i * 20, 20);
        new SnapshotStore(source, log.LogId).Save(log.LastAnchor, 800, Support.State("state"u8));
        log.Commit(800, 7);

        var report = JournalBackup.Copy(source, target);

        Assert.Equal((807L, 1), (report.Records, report.Snapshots));
        using var copy = target.OpenLog();
        Assert.Equal(log.LastAnchor, copy.LastAnchor);
        copy.Commit(807, 20);
        copy.Dispose();
        using var reopened = target.OpenLog();
        Assert.Equal(Support.Range(0, 827), reopened.Numbers());
        Assert.Equal(Support.Range(800, 27), reopened.Numbers(new SnapshotStore(target, log.LogId).LoadNewest().Info!.Anchor));
    }

    [Fact]
    public void copies_an_empty_journal_too()
    {
        SimulatedDisk source = new(1), target = new(2);
        source.OpenLog().Dispose();
        JournalBackup.Copy(source, target);
        using var copy = target.OpenLog();
        copy.Commit(0, 5);
        copy.Dispose();
        using var reopened = target.OpenLog();
        Assert.Equal(Support.Range(0, 5), reopened.Numbers());
    }

    [Fact]
    public void may_be_repeated_from_backup_to_backup()
    {
        SimulatedDisk source = new(1), first = new(2), second = new(3);
        using (var log = source.OpenLog())
            log.Commit(0, 50);
        JournalBackup.Copy(source, first);
        JournalBackup.Copy(first, second);
        using var copy = second.OpenLog();
        Assert.Equal(Support.Range(0, 50), copy.Numbers());
    }

    [Fact]
    public async Task while_it_is_written_rolled_snapshotted_and_trimmed_gives_a_sound_first_part()
    {
        using var folder = new TemporaryFolder();
        var options = Support.Small with { PrepareInBackground = true };
        using var log = FileCommandLog.Open(new FileDisk(folder.Path), options, out _);
        log.Commit(0, 50);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            var store = new SnapshotStore(new FileDisk(folder.Path), log.LogId);
            for (var i = 50; !stop.IsCancellationRequested; i += 50)
            {
                log.Commit(i, 50);
                if (i % 10_000 != 0)
                    continue;
                store.Save(log.LastAnchor, i + 50, Support.State("state"u8));
                if (store.List() is not [_, var kept, ..])
                    continue;
                store.PruneBefore(kept.Sequence);
                log.TrimBefore(kept.Anchor!.Value.Position);
            }
        }, TestContext.Current.CancellationToken);

        for (var i = 0; i < 8; i++)
        {
            using var target = new TemporaryFolder();
            var report = JournalBackup.Copy(new FileDisk(folder.Path), new FileDisk(target.Path));
            using var copy = FileCommandLog.Open(new FileDisk(target.Path), options, out _);
            var anchor = new SnapshotStore(new FileDisk(target.Path), log.LogId).LoadNewest().Info?.Anchor;
            var numbers = copy.Numbers(anchor);
            Assert.Equal(Support.Range(numbers.Count == 0 ? 0 : (int)numbers[0], numbers.Count), numbers);
            Assert.True(report.IsSound);
        }

        await stop.CancelAsync();
        await writing;
    }

    [Fact]
    public void refuses_a_damaged_source_and_leaves_nothing_that_looks_like_a_journal()
    {
        SimulatedDisk source = new(1), target = new(2);
        using (var log = source.OpenLog())
        {
            log.Commit(0, 50);
            log.Commit(50, 1);
        }

        source.Damage(source.Segments()[0], Support.Header + 200);
        Assert.Equal(Support.Header + 172, Assert.Throws<JournalDamagedException>(() => JournalBackup.Copy(source, target)).Offset);
        Assert.Empty(target.Segments());
    }

    [Fact]
    public void that_is_interrupted_leaves_nothing_that_can_be_started_from()
    {
        for (var operation = 0; ; operation++)
        {
            SimulatedDisk source = new(1), target = new(operation);
            using (var log = source.OpenLog())
                for (var i = 0; i < 40; i++)
                    log.Commit(i * 20, 20);
            target.PowerOffAt = operation;
            try
            {
                JournalBackup.Copy(source, target);
                break;
            }
            catch (PowerLostException)
            {
                target.Crash();
            }

            if (target.Segments().Length == 0)
                continue;
            using var copy = target.OpenLog();
            if (copy.NumbersUnlessTrimmed() is { } numbers)
                Assert.Equal(Support.Range(0, 800), numbers);
        }
    }

    [Fact]
    public void needs_a_journal_and_an_empty_target()
    {
        SimulatedDisk source = new(1), target = new(2);
        Assert.Throws<ArgumentException>(() => JournalBackup.Copy(source, target));
        source.OpenLog().Dispose();
        target.Create("something");
        Assert.Throws<ArgumentException>(() => JournalBackup.Copy(source, target));
    }
}

static class TrimmedOrNot
{
    public static List<long>? NumbersUnlessTrimmed(this ICommandLog log)
    {
        try
        {
            return log.Numbers();
        }
        catch (LogTrimmedException)
        {
            return null;
        }
    }
}
