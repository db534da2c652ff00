using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class FeesAndPositions
{
    /// <summary>0.25 % of 3.99 and of 4.00: a cent is owed only when it is whole.</summary>
    [Theory]
    [InlineData(3.99, 0)]
    [InlineData(4.00, 1)]
    [InlineData(7.99, 1)]
    [InlineData(8.00, 2)]
    public void a_fee_is_rounded_down(double price, long fee)
    {
        var market = new Market(takerFeePpm: 2_500);
        market.Book($"ask 1 @ {price:0.00}");
        market.Buy(1);
        Assert.Equal(fee, market.Result.Order.Fees);
        Assert.Equal(fee, market.Account(Market.FeesAccount).Balance);
        Assert.Equal(fee, market.Position(Market.Alice).Fees);
    }

    [Fact]
    public void a_trade_posts_money_fees_and_shares_in_order_and_leaves_out_zeros()
    {
        var market = new Market(makerFeePpm: 1_000, takerFeePpm: 2_000);
        market.Book("ask 5 @ 101.00");
        market.Buy(5);
        market.Posts("""
            4 -505.00 Trade
            3 +505.00 Trade
            4 -1.01 Fee
            3 -0.50 Fee
            1 +1.51 Fee
            4 +5 shares Trade
            3 -5 shares Trade
            """);
        var free = new Market();
        free.Book("ask 5 @ 101.00");
        free.Buy(5);
        free.Posts("""
            4 -505.00 Trade
            3 +505.00 Trade
            4 +5 shares Trade
            3 -5 shares Trade
            """);
    }

    [Fact]
    public void a_deposit_and_a_delivery_come_from_the_issuance_account()
    {
        var market = new Market();
        market.Do(0, new Deposit { AccountId = Market.AliceSecond, Amount = 12_34 });
        market.Posts("""
            2 -12.34 Deposit
            6 +12.34 Deposit
            """);
        market.Do(0, new DeliverPosition { AccountId = Market.AliceSecond, InstrumentId = 1, Quantity = 7, UnitCost = 1_00 });
        market.Posts("""
            2 -7 shares Delivery
            6 +7 shares Delivery
            """);
    }

    [Fact]
    public void the_parts_of_an_order_never_cost_more_than_it_holds()
    {
        // Each fill of one share at 0.99 owes 0.00495: nothing. The hold was for three together: 0.01.
        var market = new Market(takerFeePpm: 5_000, makerFeePpm: 5_000);
        market.Book("bid 3 @ 0.99 Alice");
        Assert.Equal(2_98, market.Account(Market.AccountOf(Market.Alice)).Held);
        market.Sell(1, by: Market.Bob);
        Assert.Equal(1_98, market.Account(Market.AccountOf(Market.Alice)).Held);
        market.Sell(2, by: Market.Bob);
        Assert.Equal((0L, 1_000_000_00 - 2_97L), (market.Account(Market.AccountOf(Market.Alice)).Held, market.Account(Market.AccountOf(Market.Alice)).Balance));
    }

    [Fact]
    public void the_cost_of_shares_sold_is_rounded_down_and_selling_all_takes_all()
    {
        var market = new Market();
        market.Do(0, new OpenAccount { OwnerId = 9, CurrencyId = 1, Type = AccountType.Trading });
        var account = market.Result.SubjectId;
        market.Do(0, new Deposit { AccountId = account, Amount = 1_000_00 });
        market.Book("""
            ask 1 @ 0.10
            ask 2 @ 0.05
            bid 3 @ 0.04
            """);
        market.Buy(3, by: 9, account: account);
        Assert.Equal(20, Position().CostBasis);
        // A third of 0.20 is 0.066…: 0.06 goes, 0.14 stays.
        market.Sell(1, by: 9, account: account);
        Assert.Equal((2L, 14L, 4 - 6L), (Position().Quantity, Position().CostBasis, Position().RealizedPnl));
        market.Sell(2, by: 9, account: account);
        Assert.Equal((0L, 0L, 12 - 20L), (Position().Quantity, Position().CostBasis, Position().RealizedPnl));

        PositionState Position()
        {
            Assert.True(market.Core.TryGetPosition(account, 1, out var position));
            return position;
        }
    }

    [Fact]
    public void buying_from_oneself_is_a_buy_then_a_sell()
    {
        var market = new Market();
        market.Book("ask 10 @ 110.00 Alice");
        market.Buy(10, stp: SelfTradePrevention.None);
        market.Posts("""
            4 -1100.00 Trade
            4 +1100.00 Trade
            4 +10 shares Trade
            4 -10 shares Trade
            """);
        var position = market.Position(Market.Alice);
        // 10,010 shares have cost 1,001,100.00; ten of them 1,000.0999 rounded down.
        Assert.Equal((10_000L, 1_000_099_91L, 99_91L), (position.Quantity, position.CostBasis, position.RealizedPnl));
    }
}
