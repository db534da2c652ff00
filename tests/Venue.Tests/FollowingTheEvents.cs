using MyTradeX.Core;
using Xunit;

namespace MyTradeX.Venue.Tests;

public class FollowingTheEvents
{
    [Fact]
    public async Task gives_every_command_once_and_in_order_and_the_same_events_as_a_replay()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        var subscription = fixture.Venue.Events.Subscribe();
        var from = fixture.Venue.Sequence;
        await fixture.ListAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++) await fixture.Do(VenueFixture.Limit(1 + thread % 2, thread < 2 ? Side.Buy : Side.Sell, 1 + i % 7, 1_500_000 + i * 37 % 11 * 100));
        })));
        var until = fixture.Venue.Sequence;

        var blocks = new List<EventBlock>();
        while (blocks.Count == 0 || blocks[^1].LastSequence < until)
            Assert.True(subscription.Take(blocks, 1, TimeSpan.FromSeconds(20)));

        Assert.Equal(from + 1, blocks[0].FirstSequence);
        Assert.All(blocks.Zip(blocks.Skip(1)), pair => Assert.Equal(pair.First.LastSequence + 1, pair.Second.FirstSequence));
        Assert.Equal(0, subscription.BacklogBytes);
        var (replayed, _) = await fixture.ReplayAsync(until, after: from);
        Assert.Equal(replayed, blocks.SelectMany(block => block.Bytes).ToArray());
    }

    [Fact]
    public async Task ends_when_the_venue_closes()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        var subscription = fixture.Venue.Events.Subscribe();
        await fixture.ListAsync();
        await fixture.CloseAsync();

        var blocks = new List<EventBlock>();
        while (subscription.Take(blocks, long.MaxValue, TimeSpan.FromSeconds(20))) Assert.True(blocks.Count < 100);
        Assert.Equal(8, blocks.Sum(block => block.LastSequence - block.FirstSequence + 1)); // what listing takes
        await fixture.OpenAsync();
    }
}
