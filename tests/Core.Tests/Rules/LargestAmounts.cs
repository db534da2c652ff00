using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class LargestAmounts
{
    const long MaxAmount = 999_999_999_999_999;
    const long MaxIssued = 1_000_000_000_000_000_000;

    readonly Market _market = new(makerFeePpm: 100_000, takerFeePpm: 100_000);

    [Fact]
    public void money_is_issued_up_to_the_bound_and_no_further()
    {
        var issued = 3 * 1_000_000_00L;
        while (MaxIssued - issued > MaxAmount)
        {
            _market.Do(0, new Deposit { AccountId = Market.AliceSecond, Amount = MaxAmount });
            issued += MaxAmount;
        }
        var room = MaxIssued - issued;
        _market.Do(0, new Deposit { AccountId = 4, Amount = room + 1 });
        _market.Refused(RejectCode.AmountOutOfRange, CommandField.Amount, room + 1, room, room);
        _market.Do(0, new Deposit { AccountId = 4, Amount = room });
        _market.Accepted();
        _market.Do(0, new Deposit { AccountId = 4, Amount = 1 });
        Assert.Equal((RejectCode.AmountOutOfRange, 0L), (_market.Result.Code, _market.Result.Limit));
        Assert.Equal(-MaxIssued, _market.Account(Market.IssuanceAccount).Balance);
    }

    [Fact]
    public void shares_are_issued_up_to_the_bound_and_no_further()
    {
        while (MaxIssued - _market.Instrument.Issued > MaxAmount)
            _market.Do(0, new DeliverPosition { AccountId = 4, InstrumentId = 1, Quantity = MaxAmount });
        var room = MaxIssued - _market.Instrument.Issued;
        _market.Do(0, new DeliverPosition { AccountId = 4, InstrumentId = 1, Quantity = room + 1 });
        _market.Refused(RejectCode.AmountOutOfRange, CommandField.Quantity, room + 1, room, room);
        _market.Do(0, new DeliverPosition { AccountId = 4, InstrumentId = 1, Quantity = room });
        _market.Accepted();
        Assert.Equal(MaxIssued, _market.Instrument.Issued);
    }

    [Fact]
    public void a_delivery_is_refused_that_would_cost_more_than_may_be_issued()
    {
        _market.Do(0, new DeliverPosition { AccountId = 6, InstrumentId = 1, Quantity = MaxAmount, UnitCost = MaxAmount });
        _market.Refused(RejectCode.AmountOutOfRange, CommandField.Price, MaxAmount, MaxIssued);
        _market.Do(0, new DeliverPosition { AccountId = 6, InstrumentId = 1, Quantity = 1_000_000, UnitCost = 1_000_000_000_000 });
        _market.Accepted();
        _market.Do(0, new DeliverPosition { AccountId = 6, InstrumentId = 1, Quantity = 1, UnitCost = 1 });
        _market.Refused(RejectCode.AmountOutOfRange, CommandField.Price, 1, MaxIssued);
    }

    [Fact]
    public void the_largest_trade_is_settled_to_the_last_unit()
    {
        // Ten per cent of fee on both sides: the buyer pays 0.99 × 10^18 for a value of 0.9 × 10^18.
        for (var i = 0; i < 999; i++) _market.Do(0, new Deposit { AccountId = Market.AliceSecond, Amount = MaxAmount });
        const long price = 900_000_000_000, quantity = 1_000_000;
        _market.Do(0, new DeliverPosition { AccountId = 5, InstrumentId = 1, Quantity = quantity });
        var shares = _market.Position(Market.Bob).Quantity;
        _market.Sell(quantity, at: price / 100m, by: Market.Bob);
        _market.Buy(quantity, at: price / 100m, account: Market.AliceSecond);
        Assert.Equal(OrderStatus.Filled, _market.Result.Order.Status);
        Assert.Equal(price * quantity, _market.Result.Order.FilledNotional);
        Assert.Equal(999 * MaxAmount - price * quantity / 100 * 110, _market.Account(Market.AliceSecond).Balance);
        Assert.Equal(price * quantity / 100 * 20, _market.Account(Market.FeesAccount).Balance);
        Assert.Equal(shares - quantity, _market.Position(Market.Bob).Quantity);
    }

    [Theory]
    [InlineData(1_000_000, 1_000_000_000_000, RejectCode.InsufficientFunds)]
    [InlineData(1_000_001, 1_000_000_000_000, RejectCode.OrderTooLarge)]
    [InlineData(MaxAmount, MaxAmount, RejectCode.OrderTooLarge)]
    public void an_order_is_too_large_above_the_bound(long quantity, long price, RejectCode code)
    {
        _market.Buy(quantity, at: price / 100m);
        Assert.Equal(code, _market.Result.Code);
        _market.Sell(quantity, at: price / 100m);
        Assert.Equal(code == RejectCode.OrderTooLarge ? code : RejectCode.InsufficientPosition, _market.Result.Code);
    }

    [Fact]
    public void the_largest_market_and_stop_orders_are_answered()
    {
        _market.Book("ask 5 @ 9999999999999.99");
        _market.Buy(MaxAmount, tif: TimeInForce.Ioc);
        _market.Refused(RejectCode.InsufficientFunds, CommandField.Quantity, 1_000_000_00, 5 * MaxAmount + 5 * MaxAmount / 10);
        _market.Buy(MaxAmount, stop: 9999999999999.99m);
        Assert.Equal(RejectCode.OrderTooLarge, _market.Result.Code);
        _market.Sell(1, stop: 9999999999999.99m);
        _market.Accepted();
    }
}
