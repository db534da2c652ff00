using MyTradeX.Core;
using MyTradeX.Venue.MarketData;
using Xunit;

namespace MyTradeX.Venue.Tests.MarketData;

public class TheTicker
{
    readonly ManualClock _clock = new(new DateTimeOffset(2026, 3, 2, 10, 0, 30, TimeSpan.Zero));

    [Fact]
    public async Task shows_the_listing_price_before_the_first_trade()
    {
        await using var fixture = new VenueFixture { Clock = _clock };
        await fixture.OpenAsync();
        await fixture.ListAsync();

        Assert.Null(fixture.Venue.TickerOf(2));
        Assert.Equal((0L, 0L, 0L, 0L), Day(fixture));
    }

    [Fact]
    public async Task rolls_over_twenty_four_hours_to_the_minute()
    {
        await using var fixture = new VenueFixture { Clock = _clock };
        await fixture.OpenAsync();
        await fixture.ListAsync();
        await TradeAsync(fixture, 10, 1_500_000);
        _clock.Advance(TimeSpan.FromHours(10));
        await TradeAsync(fixture, 20, 1_600_000);
        Assert.Equal((30L, 1_600_000L, 1_500_000L, 1_500_000L), Day(fixture));

        _clock.Advance(TimeSpan.FromHours(13) + TimeSpan.FromMinutes(59));
        Assert.Equal((30L, 1_600_000L, 1_500_000L, 1_500_000L), Day(fixture));
        _clock.Advance(TimeSpan.FromMinutes(1)); // the minute of the first trade is 24 hours ago
        Assert.Equal((20L, 1_600_000L, 1_600_000L, 1_500_000L), Day(fixture));
        _clock.Advance(TimeSpan.FromHours(10));
        Assert.Equal((0L, 0L, 0L, 1_600_000L), Day(fixture));
        Assert.Equal(1_600_000, fixture.Venue.TickerOf(1)!.Value.LastPrice);
    }

    [Fact]
    public async Task is_the_same_after_a_restart()
    {
        await using var fixture = new VenueFixture { Clock = _clock };
        await fixture.OpenAsync();
        await fixture.ListAsync();
        await TradeAsync(fixture, 10, 1_500_000);
        _clock.Advance(TimeSpan.FromHours(1));
        await TradeAsync(fixture, 20, 1_600_000);
        await fixture.Venue.WaitForHistoryAsync(fixture.Venue.Sequence, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await fixture.CloseAsync();
        await fixture.OpenAsync();
        await TradeAsync(fixture, 5, 1_550_000);

        Assert.Equal((35L, 1_600_000L, 1_500_000L, 1_500_000L), Day(fixture));
    }

    [Fact]
    public void forgets_minutes_older_than_a_day_though_nobody_looks()
    {
        var day = new RollingDay();
        for (var minute = 0L; minute < 5_000; minute++)
            day.Add(minute * Candle.MinuteUs, new TradeExecuted { Price = 100, Quantity = 1 });
        Assert.Equal(1_440, day.Minutes);
    }

    static (long, long, long, long) Day(VenueFixture fixture)
    {
        var ticker = fixture.Venue.TickerOf(1)!.Value;
        return (ticker.Volume, ticker.High, ticker.Low, ticker.Open);
    }

    static async Task TradeAsync(VenueFixture fixture, long quantity, long price)
    {
        await fixture.Do(VenueFixture.Limit(1, Side.Buy, quantity, price));
        Assert.Equal(RejectCode.None, (await fixture.Do(VenueFixture.Limit(2, Side.Sell, quantity, price))).Code);
    }
}
