using Microsoft.Extensions.Logging.Abstractions;
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
}
