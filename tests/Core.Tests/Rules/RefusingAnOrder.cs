using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Rules;

public class RefusingAnOrder
{
    const long MaxAmount = 999_999_999_999_999;

    [Fact]
    public void names_the_first_fault_in_the_order_of_the_page()
    {
        var market = new Market(tick: 0.05m, lot: 10, bandBps: 1_000, session: "08:00-20:00");
        market.Do(0, new CreateCurrency { Code = Text16.From("EUR"), Scale = 2 });
        market.Do(0, new OpenAccount { OwnerId = Market.Alice, CurrencyId = 1, Type = AccountType.Checking });
        var checking = market.Result.SubjectId;
        market.Do(0, new OpenAccount { OwnerId = Market.Alice, CurrencyId = 2, Type = AccountType.Trading });
        var inEuro = market.Result.SubjectId;
        market.Book("ask 10 @ 105.00");
        var earlier = market.Buy(10, at: 100.00m, id: "used", key: 77, fingerprint: 1);
        market.KillSwitch();
        market.Halt();
        market.Wait(minutes: 12 * 60);

        UInt128 key = 77;
        var order = new PlaceOrder
        {
            AccountId = 99, InstrumentId = 9, Side = (Side)9, Type = (OrderType)9, TimeInForce = (TimeInForce)9,
            SelfTradePrevention = (SelfTradePrevention)9, Instructions = (ExecutionInstructions)8, ClientOrderId = Text64.From("used"),
        };
        // Each repair lays the next fault bare.
        Expect(RejectCode.IdempotencyConflict, CommandField.None, () => key = 78, subject: earlier);
        Expect(RejectCode.AccountNotFound, CommandField.Account, () => order.AccountId = Market.AccountOf(Market.Bob));
        Expect(RejectCode.AccountNotFound, CommandField.Account, () => order.AccountId = checking);
        Expect(RejectCode.AccountNotTradable, CommandField.Account, () => order.AccountId = inEuro);
        Expect(RejectCode.InstrumentNotFound, CommandField.Symbol, () => order.InstrumentId = 1);
        Expect(RejectCode.CurrencyMismatch, CommandField.Account, () => order.AccountId = Market.AccountOf(Market.Alice));
        Expect(RejectCode.InvalidCommand, CommandField.Side, () => order.Side = Side.Buy);
        Expect(RejectCode.InvalidCommand, CommandField.OrderType, () => order.Type = OrderType.StopLimit);
        Expect(RejectCode.InvalidCommand, CommandField.TimeInForce, () => order.TimeInForce = TimeInForce.Ioc);
        Expect(RejectCode.InvalidCommand, CommandField.SelfTradePrevention, () => order.SelfTradePrevention = SelfTradePrevention.CancelNewest);
        Expect(RejectCode.InvalidCommand, CommandField.PostOnly, () => order.Instructions = ExecutionInstructions.PostOnly);
        Expect(RejectCode.InvalidCommand, CommandField.Price, () => order.Price = MaxAmount + 1);
        Expect(RejectCode.InvalidCommand, CommandField.StopPrice, () => order.StopPrice = MaxAmount + 1);
        Expect(RejectCode.InvalidCommand, CommandField.Quantity, () => order.Quantity = MaxAmount + 1);
        Expect(RejectCode.InvalidCommand, CommandField.PostOnly, () => order.TimeInForce = TimeInForce.Gtc);
        Expect(RejectCode.DuplicateClientOrderId, CommandField.ClientOrderId, () => order.ClientOrderId = default, subject: earlier);
        Expect(RejectCode.TradingBlocked, CommandField.User, () => market.KillSwitch(engaged: false));
        Expect(RejectCode.MarketHalted, CommandField.Symbol, () => market.Halt(false));
        Expect(RejectCode.MarketClosed, CommandField.Symbol, () => market.Wait(minutes: 12 * 60));
        Expect(RejectCode.QuantityOutOfRange, CommandField.Quantity, () => order.Quantity = MaxAmount, 0, MaxAmount + 1, MaxAmount, MaxAmount);
        Expect(RejectCode.QuantityOutOfRange, CommandField.Price, () => order.Price = 80_01, 0, MaxAmount + 1, MaxAmount, MaxAmount);
        Expect(RejectCode.QuantityOutOfRange, CommandField.StopPrice, () => order.StopPrice = 100_03, 0, MaxAmount + 1, MaxAmount, MaxAmount);
        Expect(RejectCode.InvalidLotSize, CommandField.Quantity, () => order.Quantity = MaxAmount - 9, 0, MaxAmount, 10, MaxAmount + 1);
        Expect(RejectCode.InvalidTickSize, CommandField.Price, () => order.Price = 80_00, 0, 80_01, 5, 80_00);
        Expect(RejectCode.InvalidTickSize, CommandField.StopPrice, () => (order.Type, order.StopPrice) = (OrderType.Limit, 0), 0, 100_03, 5, 100_05);
        Expect(RejectCode.PriceOutOfBand, CommandField.Price, () => order.Price = 105_00, 0, 80_00, 90_00, 90_00);
        const long most = 1_000_000_000_000_000_000 / 105_00;
        Expect(RejectCode.OrderTooLarge, CommandField.Quantity, () => order.Quantity = 20_000, 0, MaxAmount - 9, most, most / 10 * 10);
        Expect(RejectCode.PostOnlyWouldTake, CommandField.Price, () => order.Price = 104_95, 0, 105_00, 105_00, 104_95);
        Expect(RejectCode.InsufficientFunds, CommandField.Quantity, () => order.Quantity = 10, 0, 1_000_000_00, 20_000 * 104_95);
        Try();
        market.Accepted();

        void Expect(RejectCode code, CommandField field, Action repair, long subject = 0, long observed = 0, long limit = 0, long suggested = 0)
        {
            Try();
            market.Refused(code, field, observed, limit, suggested);
            Assert.Equal(subject, market.Result.SubjectId);
            repair();
        }

        void Try()
        {
            var command = Command.From(Market.Alice, order);
            (command.Header.RequestKey, command.Header.RequestFingerprint) = (key, 2);
            market.Send(command);
        }
    }

    [Theory]
    [InlineData(1, 10)]
    [InlineData(14, 10)]
    [InlineData(15, 10)]
    [InlineData(16, 20)]
    public void suggests_the_nearest_lot_and_of_two_the_lower(long quantity, long suggested)
    {
        var market = new Market(lot: 10);
        market.Buy(quantity, at: 100.00m);
        market.Refused(RejectCode.InvalidLotSize, CommandField.Quantity, quantity, 10, suggested);
    }

    [Fact]
    public void suggests_a_lot_of_two_equally_near_the_lower_but_at_least_one()
    {
        var market = new Market(lot: 10);
        market.Buy(25, at: 100.00m);
        market.Refused(RejectCode.InvalidLotSize, CommandField.Quantity, 25, 10, 20);
        market.Buy(5, at: 100.00m);
        market.Refused(RejectCode.InvalidLotSize, CommandField.Quantity, 5, 10, 10);
    }

    [Theory]
    [InlineData(95.00, true)]
    [InlineData(94.99, false)]
    [InlineData(105.00, true)]
    [InlineData(105.01, false)]
    public void holds_a_limit_price_to_the_band(double price, bool fits)
    {
        var market = new Market(bandBps: 500);
        market.Buy(1, at: (decimal)price);
        Assert.Equal(fits ? RejectCode.None : RejectCode.PriceOutOfBand, market.Result.Code);
    }

    [Fact]
    public void rounds_the_band_inwards_to_the_tick()
    {
        // 1 % of 100.00 is 1.00: 99.00 and 101.00; with a tick of 0.70 the outermost prices are 99.40 and 100.80.
        var market = new Market(tick: 0.70m, bandBps: 100, reference: 100.10m);
        market.Buy(1, at: 98.70m);
        market.Refused(RejectCode.PriceOutOfBand, CommandField.Price, 98_70, 99_40, 99_40);
        market.Buy(1, at: 101.50m);
        market.Refused(RejectCode.PriceOutOfBand, CommandField.Price, 101_50, 100_80, 100_80);
    }

    [Fact]
    public void does_not_bind_a_stop_price_to_the_band()
    {
        var market = new Market(bandBps: 100);
        market.Buy(1, at: 100.00m, stop: 500.00m);
        market.Accepted();
    }

    [Fact]
    public void suggests_a_price_that_rests_to_a_post_only_order()
    {
        var market = new Market();
        market.Book("""
            ask 5 @ 101.00
            bid 5 @ 99.00
            """);
        market.Buy(1, at: 101.00m, postOnly: true);
        market.Refused(RejectCode.PostOnlyWouldTake, CommandField.Price, 101_00, 101_00, 100_99);
        market.Sell(1, at: 98.00m, postOnly: true);
        market.Refused(RejectCode.PostOnlyWouldTake, CommandField.Price, 98_00, 99_00, 99_01);
        market.Buy(1, at: 100.99m, postOnly: true);
        market.BookIs("""
            ask 5 @ 101.00
            bid 1 @ 100.99
            bid 5 @ 99.00
            """);
    }

    /// <summary>Once suggested −1: a best price below a new tick.</summary>
    [Fact]
    public void suggests_no_price_to_a_post_only_order_when_none_rests()
    {
        var market = new Market();
        market.Book("ask 5 @ 0.01");
        market.Update(rules => rules with { TickSize = 2 });
        market.Buy(1, at: 4.00m, postOnly: true);
        market.Refused(RejectCode.PostOnlyWouldTake, CommandField.Price, 4_00, 1, 0);
    }

    [Fact]
    public void tells_a_seller_what_is_available()
    {
        var market = new Market();
        market.Sell(9_990, at: 200.00m);
        market.Sell(11, at: 200.00m);
        market.Refused(RejectCode.InsufficientPosition, CommandField.Quantity, 10, 11, 10);
        market.Sell(10, at: 200.00m);
        market.Accepted();
    }

    [Fact]
    public void asks_a_market_buy_only_for_what_the_book_asks()
    {
        var market = new Market(takerFeePpm: 10_000);
        market.Do(0, new Deposit { AccountId = Market.AliceSecond, Amount = 306_03 - 1 });
        market.Book("""
            ask 1 @ 101.00
            ask 1 @ 102.00
            ask 1 @ 100.00
            """);
        // 303.00 and one per cent of each: 1.00, 1.01, 1.02.
        market.Buy(3, account: Market.AliceSecond);
        market.Refused(RejectCode.InsufficientFunds, CommandField.Quantity, 306_02, 306_03);
        market.Do(0, new Deposit { AccountId = Market.AliceSecond, Amount = 1 });
        market.Buy(3, account: Market.AliceSecond);
        Assert.Equal((OrderStatus.Filled, 0L), (market.Result.Order.Status, market.Account(Market.AliceSecond).Balance));
    }

    [Fact]
    public void counts_the_open_orders_of_an_account()
    {
        // Fifty thousand orders are too many to hold against the reference one by one.
        var exchange = new Exchange();
        foreach (var command in Setup()) exchange.Apply(command, out _);
        var rests = Command.From(1, new PlaceOrder
        {
            AccountId = 3, InstrumentId = 1, Side = Side.Buy, Type = OrderType.Limit, TimeInForce = TimeInForce.Gtc,
            SelfTradePrevention = SelfTradePrevention.CancelNewest, Price = 1, Quantity = 1,
        });
        var result = default(CommandResult);
        for (var i = 0; i < 50_000; i++) exchange.Apply(rests, out result);
        Assert.Equal(RejectCode.None, result.Code);
        exchange.Apply(rests, out result);
        Assert.Equal((RejectCode.TooManyOpenOrders, 50_000L), (result.Code, result.Limit));
        var passes = rests;
        passes.PlaceOrder.TimeInForce = TimeInForce.Ioc;
        exchange.Apply(passes, out result);
        Assert.Equal((RejectCode.None, OrderStatus.Expired), (result.Code, result.Order.Status));
        exchange.Apply(Command.From(1, new CancelAllOrders()), out result);
        Assert.Equal((50_000, 0), (result.Count, exchange.OpenOrderCount));

        static IEnumerable<Command> Setup() =>
        [
            Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 2 }),
            Command.From(0, new CreateInstrument { Symbol = Text16.From("ACME"), CurrencyId = 1, PriceScale = 2, Rules = new() { TickSize = 1, LotSize = 1 } }),
            Command.From(0, new OpenAccount { OwnerId = 1, CurrencyId = 1, Type = AccountType.Trading }),
            Command.From(0, new Deposit { AccountId = 3, Amount = 100_000 }),
        ];
    }
}
