using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Journal;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Snapshots;
using MyTradeX.Venue.Demo;
using Xunit;

namespace MyTradeX.Venue.Tests;

public class TakingSnapshots
{
    [Fact]
    public async Task by_and_by_trims_the_journal_and_a_restart_begins_from_what_is_left()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var fixture = new VenueFixture { Clock = clock, Options = new VenueOptions { JournalFolder = "", SnapshotEvery = 20_000 } };
        await fixture.OpenAsync();
        var journal = Path.Combine(fixture.Folder, "journal");
        string FirstSegment() => Directory.GetFiles(journal, "*.segment").Order(StringComparer.Ordinal).First();
        var first = FirstSegment();
        // Nine hours make some fifty megabytes of journal: past the end of the first segments.
        for (var hour = 0; hour < 12 && FirstSegment() == first; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            var demo = await DemoMarket.StartAsync(fixture.Venue, new DemoOptions { PastSlowness = 1 }, clock, NullLogger.Instance, TestContext.Current.CancellationToken);
            await demo.DisposeAsync();
            await fixture.Venue.WaitForHistoryAsync(fixture.Venue.Sequence, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            await Eventually.IsTrue(() => Directory.GetFiles(journal, "*.snapshot").Length > 0);
        }
        await Eventually.IsTrue(() => FirstSegment() != first);
        var (sequence, hash) = fixture.Venue.Read(0, (exchange, _) => (exchange.Sequence, exchange.StateHash()));

        await fixture.CloseAsync();
        await fixture.OpenAsync();

        Assert.Equal(sequence + 1, fixture.Venue.Sequence);
        // Opening begins an epoch and changes nothing else that could be seen; undo it by looking at the same moment of the journal.
        var (_, restored) = await fixture.ReplayAsync(sequence, fromSnapshot: true);
        Assert.Equal(hash, restored);
        Assert.InRange(Directory.GetFiles(journal, "*.snapshot").Length, 2, 3);
    }

    [Fact]
    public async Task goes_on_when_the_clock_has_gone_back()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        await using var fixture = new VenueFixture { Clock = clock, Options = new VenueOptions { JournalFolder = "", SnapshotEvery = 100 } };
        await fixture.OpenAsync();
        await fixture.ListAsync();
        clock.Advance(-TimeSpan.FromDays(2));

        for (var order = 0; order < 200; order++) await fixture.Do(VenueFixture.Limit(1, Core.Side.Buy, 1, 1_500_000));

        await Eventually.IsTrue(() => Directory.GetFiles(Path.Combine(fixture.Folder, "journal"), "*.snapshot").Length > 0);
    }

    [Fact]
    public async Task of_nothing_new_takes_none()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        await fixture.ListAsync();
        Assert.NotNull(fixture.Venue.TakeSnapshot());
        Assert.Null(fixture.Venue.TakeSnapshot());
    }

    [Fact]
    public async Task one_soon_after_the_other_each_is_of_the_state_at_its_sequence()
    {
        await using var fixture = new VenueFixture { Options = new VenueOptions { JournalFolder = "", SnapshotEvery = 100 } };
        await fixture.OpenAsync();
        await fixture.ListAsync();
        var journal = Path.Combine(fixture.Folder, "journal");
        string[] Newest() => [.. Directory.GetFiles(journal, "*.snapshot").OrderDescending(StringComparer.Ordinal).Take(1)];
        for (var snapshot = 0; snapshot < 3; snapshot++)
        {
            var before = Newest();
            for (var order = 0; order < 150; order++) await fixture.Do(VenueFixture.Limit(1 + (order % 2), (Core.Side)(order % 2), 1 + order, 1_500_000 + (100 * (order % 7))));
            await Eventually.IsTrue(() => !Newest().SequenceEqual(before));
        }

        var sequence = long.Parse(Path.GetFileNameWithoutExtension(Newest()[0]), System.Globalization.CultureInfo.InvariantCulture);
        var (_, fromSnapshot) = await fixture.ReplayAsync(sequence, fromSnapshot: true);
        var (_, fromBeginning) = await fixture.ReplayAsync(sequence);
        Assert.Equal(fromBeginning, fromSnapshot);
    }

    [Fact]
    public void goes_on_with_what_was_kept_until_somebody_else_begins()
    {
        var folder = Directory.CreateTempSubdirectory("mytradex-replicas-");
        using var cleanUp = new Deleting(folder);
        FileDisk disk = new(folder.FullName);
        using var log = FileCommandLog.Open(disk, new FileLogOptions(), out _);
        using Replicas replicas = new(log, new SnapshotStore(disk, log.LogId));
        Replica Resumed(bool keep)
        {
            using var lease = replicas.Resume(TestContext.Current.CancellationToken);
            lease.Keep = keep;
            return lease.Replica;
        }

        var first = Resumed(keep: true);
        Assert.Same(first, Resumed(keep: true));
        replicas.Begin(0, TestContext.Current.CancellationToken).Dispose();
        var second = Resumed(keep: true);
        Assert.NotSame(first, second);
        replicas.Forget();
        var third = Resumed(keep: false);
        Assert.NotSame(second, third);
        Assert.NotSame(third, Resumed(keep: false));
    }

    sealed class Deleting(DirectoryInfo folder) : IDisposable
    {
        public void Dispose() => folder.Delete(recursive: true);
    }
}
