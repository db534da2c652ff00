using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

/// <summary>The market opens on 2026-01-05 at 10:00 UTC.</summary>
public class DaysAndSessions
{
    const long MinuteUs = 60_000_000;
    static readonly long s_midnight = new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;

    [Fact]
    public void day_orders_expire_when_the_session_closes_bids_then_asks_then_stops()
    {
        var market = new Market(session: "09:00-17:30");
        var bought = market.Buy(1, stop: 104.00m, tif: TimeInForce.Day);
        var sold = market.Sell(1, stop: 90.00m, tif: TimeInForce.Day);
        var higherStop = market.Buy(1, stop: 105.00m, tif: TimeInForce.Day);
        var lowAsk = market.Sell(1, at: 101.00m, tif: TimeInForce.Day);
        var highAsk = market.Sell(1, at: 102.00m, tif: TimeInForce.Day);
        var lowBid = market.Buy(1, at: 98.00m, tif: TimeInForce.Day);
        var highBid = market.Buy(1, at: 99.00m, tif: TimeInForce.Day);
        var stays = market.Buy(1, at: 99.00m, tif: TimeInForce.Gtc);
        market.Wait(minutes: 7.5 * 60 - 1);
        market.Tick();
        market.NothingHappens();
        market.Wait(minutes: 1);
        market.Tick();
        market.Happens($"""
            #{highBid} SessionClosed Expired 0/1
            #{lowBid} SessionClosed Expired 0/1
            #{lowAsk} SessionClosed Expired 0/1
            #{highAsk} SessionClosed Expired 0/1
            #{bought} SessionClosed Expired 0/1
            #{higherStop} SessionClosed Expired 0/1
            #{sold} SessionClosed Expired 0/1
            """);
        Assert.True(market.Core.TryGetOrder(stays, out _));
        Assert.Equal(99_00, market.Account(Market.AccountOf(Market.Alice)).Held);
    }

    [Fact]
    public void whatever_comes_next_ends_the_day_first()
    {
        var market = new Market(session: "09:00-17:30");
        market.Book("ask 1 @ 101.00");
        var order = market.Buy(1, at: 99.00m, tif: TimeInForce.Day);
        market.Wait(minutes: 24 * 60);
        market.Do(Market.Alice, new CancelOrder { OrderId = order });
        Assert.Equal(RejectCode.OrderNotFound, market.Result.Code);
    }

    [Theory]
    [InlineData("09:00-17:30", "08:59", false)]
    [InlineData("09:00-17:30", "09:00", true)]
    [InlineData("09:00-17:30", "17:29", true)]
    [InlineData("09:00-17:30", "17:30", false)]
    [InlineData("22:00-06:00", "21:59", false)]
    [InlineData("22:00-06:00", "22:00", true)]
    [InlineData("22:00-06:00", "00:00", true)]
    [InlineData("22:00-06:00", "05:59", true)]
    [InlineData("22:00-06:00", "06:00", false)]
    [InlineData("12:00-12:00", "12:00", true)]
    public void orders_are_taken_from_the_opening_minute_until_before_the_closing_minute(string session, string clock, bool open)
    {
        var market = new Market(session: session);
        market.Wait(minutes: 24 * 60 + TimeSpan.Parse(clock).TotalMinutes - 10 * 60);
        market.Buy(1, at: 99.00m);
        Assert.Equal(open ? RejectCode.None : RejectCode.MarketClosed, market.Result.Code);
    }

    [Fact]
    public void orders_can_be_cancelled_when_the_market_is_closed_or_halted()
    {
        var market = new Market(session: "09:00-17:30");
        var first = market.Buy(1, at: 99.00m);
        var second = market.Buy(1, at: 99.00m);
        market.Halt();
        market.Cancel(first);
        market.Accepted();
        market.Wait(minutes: 8 * 60);
        market.Cancel(second);
        market.Accepted();
    }

    [Theory]
    [InlineData("00:00-00:00", 24 * 60)]
    [InlineData("09:00-17:30", 17 * 60 + 30)]
    [InlineData("22:00-06:00", (24 + 6) * 60)]
    [InlineData("10:00-10:00", (24 + 10) * 60)]
    public void a_day_ends_at_the_next_closing_minute(string session, long minutes)
    {
        var market = new Market(session: session);
        Assert.Equal(s_midnight + minutes * MinuteUs, market.Instrument.DayEndsAt);
        Assert.Equal(market.Instrument.DayEndsAt, market.Core.NextDeadline);
    }

    [Fact]
    public void the_previous_close_is_the_reference_price_of_the_day_that_ended()
    {
        var market = new Market(reference: 100m);
        Assert.Equal(100_00, market.Instrument.PreviousClose);
        market.Book("ask 1 @ 103.00");
        market.Buy(1);
        Assert.Equal((100_00L, 103_00L), (market.Instrument.PreviousClose, market.Instrument.ReferencePrice));
        market.Wait(minutes: 24 * 60);
        market.Tick();
        Assert.Equal((103_00L, 103_00L), (market.Instrument.PreviousClose, market.Instrument.LastPrice));
    }

    [Fact]
    public void days_that_nobody_saw_pass_at_once()
    {
        var market = new Market(session: "09:00-17:30");
        market.Wait(minutes: 10 * 24 * 60);
        market.Tick();
        Assert.Equal(s_midnight + (10 * 24 * 60 + 17 * 60 + 30) * MinuteUs, market.Instrument.DayEndsAt);
    }

    [Fact]
    public void new_hours_count_at_once_but_the_day_ends_when_it_was_going_to()
    {
        var market = new Market(session: "09:00-17:30");
        var ends = market.Instrument.DayEndsAt;
        market.Update(_ => market.WithSession("12:00-20:00"));
        market.Buy(1, at: 99.00m);
        market.Refused(RejectCode.MarketClosed, CommandField.Symbol);
        Assert.Equal(ends, market.Instrument.DayEndsAt);
        market.Wait(minutes: 7.5 * 60);
        market.Tick();
        Assert.Equal(s_midnight + 20 * 60 * MinuteUs, market.Instrument.DayEndsAt);
        market.Buy(1, at: 99.00m);
        market.Accepted();
    }

    [Fact]
    public void the_day_of_a_position_begins_with_the_first_change_on_it()
    {
        var market = new Market();
        market.Book("ask 10 @ 101.00");
        market.Buy(4);
        Assert.Equal((0L, -1_000_000_00L - 404_00), (market.Position(Market.Alice).DayOpenQuantity, market.Position(Market.Alice).DayCashFlow));
        market.Wait(minutes: 24 * 60);
        market.Buy(6);
        Assert.Equal((10_004L, -606_00L), (market.Position(Market.Alice).DayOpenQuantity, market.Position(Market.Alice).DayCashFlow));
    }

    /// <summary>Once the event of a mere hold told yesterday's figures, while reading the position gave today's.</summary>
    [Fact]
    public void a_position_is_told_as_it_is_read_when_only_its_hold_changes_on_a_new_day()
    {
        var market = new Market();
        market.Wait(minutes: 24 * 60);
        market.Sell(5, at: 200.00m);
        var told = default(PositionState);
        foreach (var sent in market.Core.Events)
        {
            if (sent.Kind == EventKind.PositionChanged) told = sent.As<PositionChanged>().Position;
        }
        Assert.Equal((10_000L, 0L, 5L), (told.DayOpenQuantity, told.DayCashFlow, told.Held));
        Assert.Equal(market.Position(Market.Alice), told);
    }

    [Fact]
    public void time_never_runs_backwards()
    {
        var market = new Market();
        var time = market.Core.Time;
        market.Wait(minutes: -600);
        market.Buy(1, at: 99.00m);
        Assert.Equal((time, time), (market.Result.Time, market.Result.Order.CreatedAt));
    }
}
