using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

/// <summary>Alice's buy meets Bob's 3 at 101.00, then her own 5, then Bob's 9.</summary>
public class SelfTrades
{
    readonly Market _market = new();

    public SelfTrades() => _market.Book("""
        ask 3 @ 101.00 Bob
        ask 5 @ 101.00 Alice
        ask 9 @ 102.00 Bob
        """);

    [Fact]
    public void cancel_the_rest_of_the_newest()
    {
        _market.Buy(10, at: 102.00m, stp: SelfTradePrevention.CancelNewest);
        _market.Happens("""
            #4 Accepted New 0/10
            3 @ 101.00 #4 takes #1
            #1 Traded Filled 3/3
            #4 Traded Partial 3/10
            #4 SelfTrade Cancelled 3/10
            """);
        _market.BookIs("""
            ask 9 @ 102.00
            ask 5 @ 101.00
            """);
    }

    [Fact]
    public void cancel_the_oldest_and_go_on()
    {
        _market.Buy(10, at: 102.00m, stp: SelfTradePrevention.CancelOldest);
        _market.Happens("""
            #4 Accepted New 0/10
            3 @ 101.00 #4 takes #1
            #1 Traded Filled 3/3
            #4 Traded Partial 3/10
            #2 SelfTrade Cancelled 0/5
            7 @ 102.00 #4 takes #3
            #3 Traded Partial 7/9
            #4 Traded Filled 10/10
            """);
    }

    [Fact]
    public void cancel_both()
    {
        _market.Buy(10, at: 102.00m, stp: SelfTradePrevention.CancelBoth);
        _market.Happens("""
            #4 Accepted New 0/10
            3 @ 101.00 #4 takes #1
            #1 Traded Filled 3/3
            #4 Traded Partial 3/10
            #2 SelfTrade Cancelled 0/5
            #4 SelfTrade Cancelled 3/10
            """);
        _market.BookIs("ask 9 @ 102.00");
    }

    [Fact]
    public void happen_when_nothing_is_to_prevent_them()
    {
        _market.Buy(8, at: 102.00m, stp: SelfTradePrevention.None);
        _market.Happens("""
            #4 Accepted New 0/8
            3 @ 101.00 #4 takes #1
            #1 Traded Filled 3/3
            #4 Traded Partial 3/8
            5 @ 101.00 #4 takes #2
            #2 Traded Filled 5/5
            #4 Traded Filled 8/8
            """);
    }

    /// <summary>Once the level was told to change when the first order met in it was the user's own, and nothing had.</summary>
    [Fact]
    public void that_end_the_newest_at_once_leave_the_level_untold()
    {
        var market = new Market();
        market.Book("ask 5 @ 101.00 Alice");
        market.Buy(5, at: 101.00m);
        foreach (var told in market.Core.Events) Assert.NotEqual(EventKind.LevelChanged, told.Kind);
        Assert.Equal(1, market.Instrument.BookSequence);
    }

    [Fact]
    public void are_those_of_a_user_whatever_the_account()
    {
        _market.Do(0, new Deposit { AccountId = Market.AliceSecond, Amount = 1_000_000 });
        _market.Buy(4, at: 101.00m, account: Market.AliceSecond);
        Assert.Equal((OrderStatus.Cancelled, OrderChange.SelfTrade, 3L), (_market.Result.Order.Status, _market.Result.Order.Change, _market.Result.Order.Filled));
    }

    [Theory]
    [InlineData(SelfTradePrevention.CancelNewest, 3, OrderStatus.Filled)]
    [InlineData(SelfTradePrevention.CancelNewest, 4, OrderStatus.Expired)]
    [InlineData(SelfTradePrevention.CancelBoth, 3, OrderStatus.Filled)]
    [InlineData(SelfTradePrevention.CancelBoth, 4, OrderStatus.Expired)]
    [InlineData(SelfTradePrevention.CancelOldest, 12, OrderStatus.Filled)]
    [InlineData(SelfTradePrevention.CancelOldest, 13, OrderStatus.Expired)]
    [InlineData(SelfTradePrevention.None, 17, OrderStatus.Filled)]
    [InlineData(SelfTradePrevention.None, 18, OrderStatus.Expired)]
    public void count_for_a_fill_or_kill_order_by_its_mode(SelfTradePrevention mode, long quantity, OrderStatus ends)
    {
        _market.Buy(quantity, at: 102.00m, tif: TimeInForce.Fok, stp: mode);
        Assert.Equal(ends, _market.Result.Order.Status);
        // An order that is killed leaves all others where they are.
        if (ends == OrderStatus.Expired) Assert.Equal(3, _market.Core.OpenOrderCount);
    }
}
