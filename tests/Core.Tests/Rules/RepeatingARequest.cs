using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class RepeatingARequest
{
    const long DayUs = 24L * 60 * 60 * 1_000_000;
    readonly Market _market = new();

    [Fact]
    public void with_its_key_answers_with_the_outcome_again_and_changes_nothing()
    {
        var order = _market.Buy(5, at: 99.00m, key: 7, fingerprint: 1);
        var first = _market.Result;
        var again = _market.Buy(5, at: 99.00m, key: 7, fingerprint: 1);
        _market.NothingHappens();
        Assert.True(_market.Result.Repeated);
        Assert.Equal((order, first.Sequence, first.Order), (again, _market.Result.Sequence, _market.Result.Order));
        Assert.Equal(1, _market.Core.OpenOrderCount);
    }

    [Fact]
    public void with_its_key_and_another_fingerprint_is_a_conflict()
    {
        var order = _market.Buy(5, at: 99.00m, key: 7, fingerprint: 1);
        _market.Buy(6, at: 99.00m, key: 7, fingerprint: 2);
        _market.Refused(RejectCode.IdempotencyConflict);
        Assert.Equal(order, _market.Result.SubjectId);
    }

    /// <summary>Once the account of a repeated deposit was looked up as an order, and somebody's order came back.</summary>
    [Fact]
    public void that_is_about_no_order_carries_none()
    {
        _market.Book("""
            ask 1 @ 101.00
            ask 1 @ 101.00
            ask 1 @ 101.00
            """);
        var deposit = Command.From(0, new Deposit { AccountId = 3, Amount = 100 });
        (deposit.Header.RequestKey, deposit.Header.RequestFingerprint) = (5, 5);
        _market.Send(deposit);
        _market.Send(deposit);
        Assert.True(_market.Result.Repeated);
        Assert.Equal((3L, default), (_market.Result.SubjectId, _market.Result.Order));
    }

    [Fact]
    public void as_another_kind_of_command_is_a_conflict_whatever_the_fingerprint()
    {
        _market.Buy(5, at: 99.00m, by: Market.Alice, key: 7, fingerprint: 1);
        var cancel = Command.From(Market.Alice, new CancelOrder { OrderId = 1 });
        (cancel.Header.RequestKey, cancel.Header.RequestFingerprint) = (7, 1);
        _market.Send(cancel);
        _market.Refused(RejectCode.IdempotencyConflict);
    }

    [Fact]
    public void of_somebody_else_is_no_repetition()
    {
        _market.Buy(5, at: 99.00m, key: 7, fingerprint: 1);
        _market.Buy(5, at: 99.00m, by: Market.Bob, key: 7, fingerprint: 1);
        Assert.False(_market.Result.Repeated);
        Assert.Equal(2, _market.Core.OpenOrderCount);
    }

    [Fact]
    public void that_was_refused_is_looked_at_anew()
    {
        _market.Halt();
        _market.Buy(5, at: 99.00m, id: "a", key: 7, fingerprint: 1);
        _market.Refused(RejectCode.MarketHalted, CommandField.Symbol);
        _market.Halt(false);
        _market.Buy(5, at: 99.00m, id: "a", key: 7, fingerprint: 1);
        Assert.Equal((RejectCode.None, false), (_market.Result.Code, _market.Result.Repeated));
    }

    [Fact]
    public void with_its_client_order_id_answers_with_the_order_as_it_is_now()
    {
        var order = _market.Buy(5, at: 99.00m, id: "mine");
        var placed = _market.Result.Sequence;
        _market.Sell(2, at: 99.00m, by: Market.Bob);
        _market.Buy(5, at: 99.00m, id: "mine");
        Assert.Equal((true, order, placed, 2L), (_market.Result.Repeated, _market.Result.SubjectId, _market.Result.Sequence, _market.Result.Order.Filled));
        _market.Buy(6, at: 99.00m, id: "mine");
        _market.Refused(RejectCode.DuplicateClientOrderId, CommandField.ClientOrderId);
        Assert.Equal(order, _market.Result.SubjectId);
    }

    [Fact]
    public void compares_the_terms_as_they_were_placed_not_as_they_were_amended()
    {
        var order = _market.Buy(5, at: 99.00m, id: "mine");
        _market.Amend(order, quantity: 4);
        _market.Buy(5, at: 99.00m, id: "mine");
        Assert.True(_market.Result.Repeated);
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void is_known_for_a_day(long beyond, bool known)
    {
        var order = _market.Buy(5, at: 99.00m, id: "mine", key: 7);
        _market.Cancel(order);
        _market.WaitUs(DayUs + beyond);
        _market.Buy(5, at: 99.00m, id: "mine", key: 7);
        Assert.Equal(known, _market.Result.Repeated);
    }

    [Fact]
    public void by_its_client_order_id_is_known_as_long_as_the_order_is_open()
    {
        var order = _market.Buy(5, at: 99.00m, id: "mine");
        _market.WaitUs(3 * DayUs);
        _market.Buy(5, at: 99.00m, id: "other");
        _market.Buy(5, at: 99.00m, id: "mine");
        Assert.True(_market.Result.Repeated);
        _market.Cancel(order);
        _market.Buy(5, at: 99.00m, id: "mine");
        Assert.Equal((RejectCode.None, false), (_market.Result.Code, _market.Result.Repeated));
    }

    [Fact]
    public void is_forgotten_oldest_first_beyond_the_window_but_not_while_the_order_is_open()
    {
        // As many requests as the window holds are too many to hold against the reference one by one.
        var exchange = new Exchange();
        exchange.Apply(Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 2 }), out _);
        exchange.Apply(Command.From(0, new CreateInstrument { Symbol = Text16.From("ACME"), CurrencyId = 1, PriceScale = 2, Rules = new() { TickSize = 1, LotSize = 1 } }), out _);
        exchange.Apply(Command.From(0, new OpenAccount { OwnerId = 1, CurrencyId = 1, Type = AccountType.Trading }), out _);
        exchange.Apply(Command.From(0, new Deposit { AccountId = 3, Amount = 100_000 }), out _);
        Place("open", TimeInForce.Gtc);
        Place("ended", TimeInForce.Ioc);
        var deposit = Command.From(0, new Deposit { AccountId = 3, Amount = 1 });
        for (var key = 1; key <= Limits.RememberedRequests - 2; key++)
        {
            deposit.Header.RequestKey = (UInt128)key;
            exchange.Apply(deposit, out _);
            exchange.Events.Clear();
        }
        Assert.True(Place("ended", TimeInForce.Ioc).Repeated);
        Assert.True(Place("open", TimeInForce.Gtc).Repeated);
        Place("one more", TimeInForce.Ioc);
        Assert.True(Place("open", TimeInForce.Gtc).Repeated);
        Assert.False(Place("ended", TimeInForce.Ioc).Repeated);

        CommandResult Place(string id, TimeInForce tif)
        {
            exchange.Apply(Command.From(1, new PlaceOrder
            {
                AccountId = 3, InstrumentId = 1, Side = Side.Buy, Type = OrderType.Limit, TimeInForce = tif,
                SelfTradePrevention = SelfTradePrevention.CancelNewest, Price = 1, Quantity = 1, ClientOrderId = Text64.From(id),
            }), out var result);
            Assert.Equal(RejectCode.None, result.Code);
            return result;
        }
    }
}
