using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class Matching
{
    [Fact]
    public void meets_the_best_price_first_and_in_each_price_the_one_that_came_first()
    {
        var market = new Market();
        market.Book("""
            ask 5 @ 102.00
            ask 5 @ 101.00
            ask 4 @ 101.00
            """);
        market.Buy(11, at: 102.00m);
        market.Happens("""
            #4 Accepted New 0/11
            5 @ 101.00 #4 takes #2
            #2 Traded Filled 5/5
            #4 Traded Partial 5/11
            4 @ 101.00 #4 takes #3
            #3 Traded Filled 4/4
            #4 Traded Partial 9/11
            2 @ 102.00 #4 takes #1
            #1 Traded Partial 2/5
            #4 Traded Filled 11/11
            """);
        market.BookIs("ask 3 @ 102.00");
    }

    [Fact]
    public void leaves_the_rest_of_a_good_til_cancelled_limit_order_in_the_book()
    {
        var market = new Market();
        market.Book("""
            ask 5 @ 101.00
            bid 10 @ 100.00
            """);
        market.Buy(8, at: 101.00m);
        market.BookIs("""
            bid 3 @ 101.00
            bid 10 @ 100.00
            """);
    }

    [Fact]
    public void expires_the_rest_of_an_immediate_or_cancel_order()
    {
        var market = new Market();
        market.Book("ask 5 @ 101.00");
        market.Buy(8, at: 101.00m, tif: TimeInForce.Ioc);
        market.Happens("""
            #2 Accepted New 0/8
            5 @ 101.00 #2 takes #1
            #1 Traded Filled 5/5
            #2 Traded Partial 5/8
            #2 Unfilled Expired 5/8
            """);
        market.BookIs("");
        Assert.Equal(0, market.Account(Market.AccountOf(Market.Alice)).Held);
    }

    [Fact]
    public void expires_a_market_order_that_meets_nobody()
    {
        var market = new Market();
        market.Sell(8);
        market.Happens("""
            #1 Accepted New 0/8
            #1 Unfilled Expired 0/8
            """);
    }

    [Fact]
    public void takes_a_market_order_no_further_than_the_band()
    {
        var market = new Market(bandBps: 500);
        market.Book("ask 5 @ 105.00");
        market.Update(rules => rules with { BandBps = 400 });
        market.Buy(8);
        market.Happens("""
            #2 Accepted New 0/8
            #2 Unfilled Expired 0/8
            """);
    }

    [Fact]
    public void takes_a_market_order_nowhere_when_no_tick_lies_within_the_band()
    {
        var market = new Market(bandBps: 100, reference: 1.00m);
        market.Book("ask 5 @ 1.00");
        market.Update(rules => rules with { TickSize = 300 });
        market.Buy(5);
        market.Happens("""
            #2 Accepted New 0/5
            #2 Unfilled Expired 0/5
            """);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void fills_a_fill_or_kill_order_in_full_or_not_at_all(long quantity, bool fills)
    {
        var market = new Market();
        market.Book("""
            ask 5 @ 101.00
            ask 4 @ 102.00
            ask 9 @ 103.00
            """);
        market.Buy(quantity, at: 102.00m, tif: TimeInForce.Fok);
        Assert.Equal(fills ? OrderStatus.Filled : OrderStatus.Expired, market.Result.Order.Status);
        if (!fills)
        {
            market.Happens("""
                #4 Accepted New 0/10
                #4 NotFillable Expired 0/10
                """);
        }
    }

    [Fact]
    public void expires_a_market_buy_that_cannot_be_filled_in_full_without_asking_for_money()
    {
        var market = new Market();
        market.Book("ask 5 @ 101.00");
        market.Buy(6, tif: TimeInForce.Fok, account: Market.AliceSecond);
        market.Happens("""
            #2 Accepted New 0/6
            #2 NotFillable Expired 0/6
            """);
    }
}
