using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class AmendingAnOrder
{
    readonly Market _market = new();

    [Fact]
    public void to_a_smaller_quantity_keeps_its_place()
    {
        _market.Book("""
            bid 5 @ 100.00 Alice
            bid 5 @ 100.00
            """);
        _market.Amend(1, quantity: 2);
        _market.Happens("#1 Amended New 0/2");
        _market.Sell(3, by: Market.Bob);
        _market.Happens("""
            #3 Accepted New 0/3
            2 @ 100.00 #3 takes #1
            #1 Traded Filled 2/2
            #3 Traded Partial 2/3
            1 @ 100.00 #3 takes #2
            #2 Traded Partial 1/5
            #3 Traded Filled 3/3
            """);
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(0, 101)]
    [InlineData(4, 101)]
    public void to_more_or_another_price_goes_behind_the_others(long quantity, int price)
    {
        _market.Book("""
            bid 5 @ 100.00 Alice
            bid 5 @ 100.00
            bid 5 @ 101.00
            """);
        _market.Amend(1, quantity, at: price);
        _market.Sell(1, at: price == 0 ? 100m : price, by: Market.Bob);
        _market.Sell(5, at: price == 0 ? 100m : price, by: Market.Bob);
        Assert.True(_market.Core.TryGetOrder(1, out var order));
        Assert.Equal(price == 0 ? 0 : 1, order.Filled);
    }

    [Fact]
    public void to_a_price_that_crosses_trades_as_taker()
    {
        _market.Book("""
            ask 3 @ 101.00
            bid 5 @ 100.00 Alice
            """);
        _market.Amend(2, at: 101.00m);
        _market.Happens("""
            #2 Amended New 0/5
            3 @ 101.00 #2 takes #1
            #1 Traded Filled 3/3
            #2 Traded Partial 3/5
            """);
        _market.BookIs("bid 2 @ 101.00");
    }

    [Fact]
    public void to_what_it_is_already_tells_nothing()
    {
        _market.Book("bid 5 @ 100.00 Alice");
        _market.Amend(1, quantity: 5, at: 100.00m);
        _market.NothingHappens();
        Assert.Equal((1L, OrderChange.Accepted), (_market.Result.SubjectId, _market.Result.Order.Change));
    }

    [Fact]
    public void sets_off_a_waiting_stop_whose_new_price_is_reached()
    {
        _market.Book("bid 1 @ 100.00");
        _market.Sell(1, by: Market.Bob);
        var stop = _market.Buy(5, at: 99.00m, stop: 105.00m);
        _market.Amend(stop, stop: 100.00m);
        _market.Happens("""
            #3 Amended New 0/5
            #3 Triggered New 0/5
            """);
        _market.BookIs("bid 5 @ 99.00");
    }

    [Fact]
    public void holds_what_the_new_terms_need()
    {
        _market.Book("bid 5 @ 100.00 Alice");
        _market.Amend(1, quantity: 3);
        Assert.Equal(300_00, Held());
        _market.Amend(1, at: 120.00m);
        Assert.Equal(360_00, Held());
        _market.Amend(1, quantity: 10_000);
        _market.Refused(RejectCode.InsufficientFunds, CommandField.Quantity, 1_000_000_00, 10_000 * 120_00);
        Assert.Equal(360_00, Held());

        long Held() => _market.Account(Market.AccountOf(Market.Alice)).Held;
    }

    [Fact]
    public void keeps_the_fee_rates_of_its_acceptance()
    {
        var market = new Market(makerFeePpm: 1_000, takerFeePpm: 2_000);
        market.Book("bid 5 @ 100.00 Alice");
        market.Update(rules => rules with { MakerFeePpm = 50_000, TakerFeePpm = 50_000 });
        market.Amend(1, at: 101.00m);
        Assert.Equal(505_00 + 1_01, market.Account(Market.AccountOf(Market.Alice)).Held);
    }

    [Fact]
    public void does_not_ask_again_about_values_that_stay()
    {
        var market = new Market();
        market.Book("bid 5 @ 100.01 Alice");
        market.Update(rules => rules with { TickSize = 5, LotSize = 10, BandBps = 1 });
        market.Amend(1, quantity: 5, at: 100.01m);
        market.NothingHappens();
        market.Amend(1, quantity: 4);
        market.Refused(RejectCode.InvalidLotSize, CommandField.Quantity, 4, 10, 10);
    }

    [Fact]
    public void is_refused_for_the_first_fault_in_the_order_of_the_page()
    {
        var market = new Market(tick: 0.05m, lot: 10, bandBps: 1_000, session: "08:00-20:00");
        market.Book("""
            ask 10 @ 105.00
            bid 50 @ 100.00
            """);
        var order = market.Buy(100, at: 102.00m, postOnly: true);
        market.Sell(30, at: 102.00m, by: Market.Bob);
        var amend = new AmendOrder { OrderId = 99, Price = -1, StopPrice = -1, Quantity = -1 };
        Expect(RejectCode.OrderNotFound, CommandField.None, () => amend.OrderId = 2);
        Expect(RejectCode.OrderNotFound, CommandField.None, () => { amend.OrderId = order; market.Halt(); });
        Expect(RejectCode.MarketHalted, CommandField.Symbol, () => { market.Halt(false); market.Wait(minutes: 12 * 60); });
        Expect(RejectCode.MarketClosed, CommandField.Symbol, () => market.Wait(minutes: 12 * 60));
        Expect(RejectCode.InvalidCommand, CommandField.Price, () => amend.Price = 1_000_000_000_000_000);
        Expect(RejectCode.InvalidCommand, CommandField.StopPrice, () => amend.StopPrice = 0);
        Expect(RejectCode.InvalidCommand, CommandField.Quantity, () => amend.Quantity = 1_000_000_000_000_000);
        Expect(RejectCode.QuantityOutOfRange, CommandField.Quantity, () => amend.Quantity = 25);
        Expect(RejectCode.QuantityOutOfRange, CommandField.Price, () => amend.Price = 80_01);
        Expect(RejectCode.InvalidLotSize, CommandField.Quantity, () => amend.Quantity = 30);
        Expect(RejectCode.QuantityBelowFilled, CommandField.Quantity, () => amend.Quantity = 999_999_999_999_990);
        Expect(RejectCode.InvalidTickSize, CommandField.Price, () => amend.Price = 80_00);
        Expect(RejectCode.PriceOutOfBand, CommandField.Price, () => amend.Price = 105_00);
        Expect(RejectCode.OrderTooLarge, CommandField.Quantity, () => amend.Quantity = 100_000);
        Expect(RejectCode.PostOnlyWouldTake, CommandField.Price, () => amend.Price = 104_95);
        Expect(RejectCode.InsufficientFunds, CommandField.Quantity, () => amend.Quantity = 60);
        market.Do(Market.Alice, amend);
        market.Happens($"#{order} Amended Partial 30/60");

        void Expect(RejectCode code, CommandField field, Action repair)
        {
            market.Do(Market.Alice, amend);
            Assert.Equal((code, field), (market.Result.Code, market.Result.Field));
            repair();
        }
    }

    [Fact]
    public void finds_no_order_behind_a_kill_switch()
    {
        _market.Book("bid 5 @ 100.00 Alice");
        _market.KillSwitch();
        _market.Happens("#1 KillSwitch Cancelled 0/5");
        Assert.Equal(1, _market.Result.Count);
        _market.Amend(1, quantity: 3);
        _market.Refused(RejectCode.OrderNotFound);
    }

    [Fact]
    public void refuses_a_price_to_a_stop_and_a_stop_price_to_a_limit_order()
    {
        _market.Buy(1, stop: 105.00m);
        _market.Amend(1, at: 105.00m);
        _market.Refused(RejectCode.InvalidCommand, CommandField.Price);
        _market.Buy(1, at: 99.00m);
        _market.Amend(2, stop: 105.00m);
        _market.Refused(RejectCode.InvalidCommand, CommandField.StopPrice);
    }
}
