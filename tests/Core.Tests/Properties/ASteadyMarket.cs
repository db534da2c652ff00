namespace MyTradeX.Core.Tests.Properties;

public class ASteadyMarket
{
    const int Users = 8;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void takes_no_memory_for_placing_trading_amending_and_cancelling(bool withIds)
    {
        const int commands = 200_000;
        var exchange = Listed();
        var random = new Random(1);
        var open = new Queue<long>();
        var (trades, refused) = (0, 0);
        // Long enough to fill the window of remembered requests, and for every table to reach its size.
        Run(400_000);

        (trades, refused) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(commands);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, refused);
        Assert.True(trades > commands / 10, $"Only {trades} trades in {commands} commands.");
        Assert.Equal(0, allocated);

        void Run(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Next(i, out var command);
                exchange.Apply(in command, out var result);
                if (command.Header.Kind == CommandKind.PlaceOrder)
                {
                    if (!result.IsAccepted) refused++;
                    if (result.Order.Filled > 0) trades++;
                }
                if (result.Order.IsOpen) open.Enqueue(result.SubjectId);
                exchange.Events.Clear();
            }
        }

        void Next(int i, out Command command)
        {
            var user = random.Next(1, Users + 1);
            // Old orders go, so that the book stays as deep as it is.
            if (open.Count > 2_000) command = Command.From(0, new CancelOrder { OrderId = open.Dequeue() });
            else if (i % 5 == 0 && open.TryDequeue(out var order))
            {
                command = Command.From(0, new AmendOrder { OrderId = order, Quantity = random.Next(1, 100), Price = i % 10 == 0 ? random.Next(950, 1_050) : 0 });
            }
            else
            {
                command = Command.From(user, new PlaceOrder
                {
                    AccountId = user + 2, InstrumentId = 1, Side = (Side)random.Next(1, 3), Type = i % 7 == 0 ? OrderType.Market : OrderType.Limit,
                    TimeInForce = TimeInForce.Gtc, SelfTradePrevention = SelfTradePrevention.None, Quantity = random.Next(1, 50),
                    Price = i % 7 == 0 ? 0 : random.Next(970, 1_030),
                });
                if (withIds)
                {
                    System.Runtime.CompilerServices.Unsafe.As<Text64, long>(ref command.PlaceOrder.ClientOrderId) = random.NextInt64(1, long.MaxValue);
                    command.Header.RequestKey = (UInt128)random.NextInt64(1, long.MaxValue);
                }
            }
            command.Header.Time = i;
        }
    }

    static Exchange Listed()
    {
        var exchange = new Exchange();
        exchange.Apply(Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 2 }), out _);
        exchange.Apply(Command.From(0, new CreateInstrument { Symbol = Text16.From("ACME"), CurrencyId = 1, PriceScale = 2, Rules = new() { TickSize = 1, LotSize = 1, MakerFeePpm = 100, TakerFeePpm = 200 } }), out _);
        for (var user = 1; user <= Users; user++)
        {
            exchange.Apply(Command.From(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading }), out _);
            exchange.Apply(Command.From(0, new Deposit { AccountId = user + 2, Amount = Limits.MaxAmount }), out _);
            exchange.Apply(Command.From(0, new DeliverPosition { AccountId = user + 2, InstrumentId = 1, Quantity = 1_000_000_000 }), out _);
        }
        return exchange;
    }
}
