using MyTradeX.Core;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Venue.Tests;

public class ReadingYourWrites
{
    [Fact]
    public async Task from_many_threads_shows_each_his_order_at_once_and_in_sql_after_waiting()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        await fixture.ListAsync();
        var history = new OrderHistory(fixture.Database);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                var result = await fixture.Do(VenueFixture.Limit(1 + thread % 2, Side.Buy, 1 + i, 1_000_000 + thread * 100));
                Assert.True(fixture.Venue.Sequence >= result.Sequence);
                var order = fixture.Venue.Read(result.SubjectId, (exchange, id) => exchange.TryGetOrder(id, out var found) ? found : default);
                Assert.Equal((result.SubjectId, 1L + i), (order.Id, order.Quantity));
                if (i % 10 != 0) continue;
                await fixture.Venue.WaitForHistoryAsync(result.Sequence, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
                Assert.Equal(1 + i, (await history.GetAsync(result.SubjectId, TestContext.Current.CancellationToken))?.Quantity);
            }
        })));

        Assert.Equal(400, fixture.Venue.Status.OpenOrders);
    }

    [Fact]
    public async Task waits_for_a_sequence_that_others_have_yet_to_reach()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        await fixture.ListAsync();
        var wanted = fixture.Venue.Sequence + 1;

        var waiting = fixture.Venue.WaitForSequenceAsync(wanted, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        await fixture.Do(VenueFixture.Limit(1, Side.Buy, 1, 1_000_000));
        await waiting;

        await Assert.ThrowsAsync<VenueUnavailableException>(() =>
            fixture.Venue.WaitForSequenceAsync(wanted + 1, TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken));
    }
}
