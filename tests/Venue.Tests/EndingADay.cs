using MyTradeX.Core;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Venue.Tests;

public class EndingADay
{
    static readonly DateTimeOffset Evening = new(2026, 3, 2, 23, 59, 0, TimeSpan.Zero);

    [Fact]
    public async Task expires_day_orders_though_nobody_sends_a_command()
    {
        var clock = new ManualClock(Evening);
        await using var fixture = new VenueFixture { Clock = clock };
        await fixture.OpenAsync();
        await fixture.ListAsync();
        var day = await fixture.Do(Order(TimeInForce.Day));
        var gtc = await fixture.Do(Order(TimeInForce.Gtc));
        var before = fixture.Venue.Sequence;

        clock.Advance(TimeSpan.FromSeconds(61));

        await fixture.Venue.WaitForSequenceAsync(before + 1, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await fixture.Venue.WaitForHistoryAsync(before + 1, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var orders = new OrderHistory(fixture.Database);
        Assert.Equal("EXPIRED", (await orders.GetAsync(day.SubjectId, TestContext.Current.CancellationToken))!.Status);
        Assert.Equal("NEW", (await orders.GetAsync(gtc.SubjectId, TestContext.Current.CancellationToken))!.Status);
        Assert.Equal(1, fixture.Venue.Status.OpenOrders);
    }

    [Fact]
    public async Task happens_at_the_start_when_it_was_missed()
    {
        var clock = new ManualClock(Evening);
        await using var fixture = new VenueFixture { Clock = clock };
        await fixture.OpenAsync();
        await fixture.ListAsync();
        await fixture.Do(Order(TimeInForce.Day));
        var before = fixture.Venue.Sequence;
        await fixture.CloseAsync();

        clock.Advance(TimeSpan.FromDays(3));
        await fixture.OpenAsync();

        await fixture.Venue.WaitForSequenceAsync(before + 2, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(0, fixture.Venue.Status.OpenOrders);
        Assert.Equal(RejectCode.None, (await fixture.Do(Order(TimeInForce.Day))).Code);
    }

    static Command Order(TimeInForce timeInForce)
    {
        var command = VenueFixture.Limit(1, Side.Buy, 1, 1_000_000);
        command.PlaceOrder.TimeInForce = timeInForce;
        return command;
    }
}
