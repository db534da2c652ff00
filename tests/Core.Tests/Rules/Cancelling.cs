using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class Cancelling
{
    readonly Market _market = new();

    [Fact]
    public void gives_back_what_the_order_held()
    {
        var order = _market.Sell(5, at: 101.00m);
        Assert.Equal(5, _market.Position(Market.Alice).Held);
        _market.Cancel(order);
        _market.Happens("#1 CancelRequested Cancelled 0/5");
        Assert.Equal(0, _market.Position(Market.Alice).Held);
    }

    [Fact]
    public void is_for_the_owner_and_the_venue()
    {
        var order = _market.Buy(5, at: 99.00m);
        _market.Cancel(order, by: Market.Bob);
        _market.Refused(RejectCode.OrderNotFound);
        _market.Do(0, new CancelOrder { OrderId = order });
        _market.Accepted();
        _market.Cancel(order);
        _market.Refused(RejectCode.OrderNotFound);
    }

    [Fact]
    public void all_goes_by_order_id_and_counts()
    {
        _market.Buy(1, at: 98.00m);
        _market.Sell(1, at: 101.00m);
        _market.Buy(1, at: 97.00m, by: Market.Bob);
        _market.Buy(1, stop: 105.00m);
        _market.Do(Market.Alice, new CancelAllOrders());
        _market.Happens("""
            #1 CancelRequested Cancelled 0/1
            #2 CancelRequested Cancelled 0/1
            #4 CancelRequested Cancelled 0/1
            """);
        Assert.Equal(3, _market.Result.Count);
    }

    [Fact]
    public void all_may_be_narrowed_to_an_account_and_an_instrument()
    {
        _market.Do(0, new Deposit { AccountId = Market.AliceSecond, Amount = 1_000_00 });
        _market.Buy(1, at: 98.00m);
        _market.Buy(1, at: 98.00m, account: Market.AliceSecond);
        _market.Do(Market.Alice, new CancelAllOrders { AccountId = Market.AliceSecond, InstrumentId = 1 });
        _market.Happens("#2 CancelRequested Cancelled 0/1");
        _market.Do(Market.Alice, new CancelAllOrders { AccountId = Market.AccountOf(Market.Bob) });
        _market.Refused(RejectCode.AccountNotFound, CommandField.Account);
        _market.Do(Market.Alice, new CancelAllOrders { InstrumentId = 2 });
        _market.Refused(RejectCode.InstrumentNotFound, CommandField.Symbol);
        _market.Do(0, new CancelAllOrders { AccountId = Market.AccountOf(Market.Alice) });
        _market.Happens("#1 CancelRequested Cancelled 0/1");
    }

    [Fact]
    public void by_kill_switch_also_blocks_new_orders_until_it_is_lifted()
    {
        _market.Buy(1, at: 98.00m);
        _market.Buy(1, stop: 105.00m);
        _market.KillSwitch();
        _market.Happens("""
            #1 KillSwitch Cancelled 0/1
            #2 KillSwitch Cancelled 0/1
            """);
        Assert.True(_market.Core.IsKillSwitchEngaged(Market.Alice));
        _market.Buy(1, at: 98.00m);
        _market.Refused(RejectCode.TradingBlocked, CommandField.User);
        _market.KillSwitch(engaged: false);
        _market.NothingHappens();
        _market.Buy(1, at: 98.00m);
        _market.Accepted();
    }

    [Fact]
    public void by_kill_switch_is_for_the_owner_and_the_venue()
    {
        _market.Do(Market.Bob, new SetKillSwitch { OwnerId = Market.Alice, Engaged = true });
        _market.Refused(RejectCode.AccountNotFound, CommandField.User);
        _market.Do(0, new SetKillSwitch { OwnerId = Market.Alice, Engaged = true });
        _market.Accepted();
        _market.Do(0, new PlaceOrder
        {
            AccountId = Market.AccountOf(Market.Alice), InstrumentId = 1, Side = Side.Buy, Type = OrderType.Market, TimeInForce = TimeInForce.Ioc,
            SelfTradePrevention = SelfTradePrevention.None, Quantity = 1,
        });
        _market.Refused(RejectCode.TradingBlocked, CommandField.User);
    }
}
