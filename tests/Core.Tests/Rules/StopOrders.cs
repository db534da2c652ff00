using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class StopOrders
{
    [Fact]
    public void wait_until_the_last_price_reaches_them_then_trade_within_their_protection()
    {
        var market = new Market();
        var stop = market.Buy(6, stop: 101.00m);
        Assert.Equal(OrderStatus.New, market.Result.Order.Status);
        market.Book("""
            ask 1 @ 101.00
            ask 4 @ 111.10
            ask 9 @ 111.11
            """);
        market.Buy(1, at: 101.00m, by: Market.Bob);
        // Ten per cent above the stop price of 101.00 is 111.10.
        market.Happens($"""
            #5 Accepted New 0/1
            1 @ 101.00 #5 takes #2
            #2 Traded Filled 1/1
            #5 Traded Filled 1/1
            #{stop} Triggered New 0/6
            4 @ 111.10 #{stop} takes #3
            #3 Traded Filled 4/4
            #{stop} Traded Partial 4/6
            #{stop} Unfilled Expired 4/6
            """);
    }

    [Fact]
    public void are_triggered_at_once_when_their_condition_holds_already()
    {
        var market = new Market();
        market.Book("bid 1 @ 100.00");
        market.Sell(1, by: Market.Bob);
        market.Sell(5, at: 99.00m, stop: 100.00m);
        market.Happens("""
            #3 Accepted New 0/5
            #3 Triggered New 0/5
            """);
        market.BookIs("ask 5 @ 99.00");
    }

    [Fact]
    public void do_not_take_the_listing_price_for_a_trade()
    {
        var market = new Market(reference: 100m);
        market.Sell(5, stop: 100.00m);
        market.Happens("#1 Accepted New 0/5");
    }

    [Fact]
    public void run_in_a_cascade_each_worked_off_before_the_next_lowest_buy_first()
    {
        var market = new Market();
        var late = market.Buy(1, at: 105.00m, stop: 102.00m);
        var second = market.Buy(1, at: 105.00m, stop: 101.00m);
        var third = market.Buy(1, at: 105.00m, stop: 101.00m);
        market.Book("""
            ask 1 @ 101.00
            ask 1 @ 102.00
            ask 1 @ 103.00
            ask 1 @ 104.00
            """);
        market.Buy(1, by: Market.Bob);
        market.Happens($"""
            #8 Accepted New 0/1
            1 @ 101.00 #8 takes #4
            #4 Traded Filled 1/1
            #8 Traded Filled 1/1
            #{second} Triggered New 0/1
            1 @ 102.00 #{second} takes #5
            #5 Traded Filled 1/1
            #{second} Traded Filled 1/1
            #{third} Triggered New 0/1
            1 @ 103.00 #{third} takes #6
            #6 Traded Filled 1/1
            #{third} Traded Filled 1/1
            #{late} Triggered New 0/1
            1 @ 104.00 #{late} takes #7
            #7 Traded Filled 1/1
            #{late} Traded Filled 1/1
            """);
    }

    [Fact]
    public void trigger_buys_before_sells()
    {
        var market = new Market();
        market.Sell(1, at: 120.00m, stop: 101.00m);
        market.Buy(1, at: 80.00m, stop: 100.00m);
        market.Book("bid 1 @ 100.50");
        market.Sell(1, by: Market.Bob);
        market.Happens("""
            #4 Accepted New 0/1
            1 @ 100.50 #4 takes #3
            #3 Traded Filled 1/1
            #4 Traded Filled 1/1
            #2 Triggered New 0/1
            #1 Triggered New 0/1
            """);
    }

    [Fact]
    public void that_are_post_only_are_rejected_when_they_would_take_on_being_triggered()
    {
        var market = new Market();
        market.Buy(2, at: 103.00m, stop: 101.00m, postOnly: true);
        market.Book("""
            ask 1 @ 101.00
            ask 9 @ 103.00
            """);
        market.Buy(1, by: Market.Bob);
        market.Happens("""
            #4 Accepted New 0/1
            1 @ 101.00 #4 takes #2
            #2 Traded Filled 1/1
            #4 Traded Filled 1/1
            #1 Triggered New 0/2
            #1 PostOnlyWouldTake Rejected 0/2
            """);
        Assert.Equal(0, market.Account(Market.AccountOf(Market.Alice)).Held);
    }

    [Fact]
    public void hold_what_their_protection_price_may_cost()
    {
        var market = new Market(takerFeePpm: 1_000);
        market.Buy(10, stop: 100.00m);
        // 10 at 110.00, and a thousandth of it.
        Assert.Equal(110_000 + 110, market.Account(Market.AccountOf(Market.Alice)).Held);
        market.Update(rules => rules with { BandBps = 100 });
        market.Buy(10, stop: 100.00m);
        Assert.Equal(110_110 + 101_101, market.Account(Market.AccountOf(Market.Alice)).Held);
    }
}
