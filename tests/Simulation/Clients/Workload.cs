using MyTradeX.Core;

namespace MyTradeX.Simulation.Clients;

/// <summary>What clients ask for next: first what a market needs, then orders and what is done with them.</summary>
sealed class Workload(Random random)
{
    /// <summary>Users have the ids from 1 to this.</summary>
    public const int Users = 4;

    const int Instruments = 2;
    const long Centre = 1_000_000;
    const long Tick = 100;

    readonly List<AccountState> _accounts = [];
    readonly List<OrderState> _orders = [];
    readonly List<TransferState> _transfers = [];

    /// <summary>Whether there is a market; before that, each step waits for the one before it.</summary>
    public static bool IsMarket(Exchange exchange) => exchange.InstrumentCount == Instruments && exchange.AccountCount > 3;

    /// <summary>A command that fits the exchange as it is; whether it will still fit is not certain.</summary>
    public Command Next(Exchange exchange)
    {
        if (exchange.CurrencyCount == 0) return Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 6 });
        if (exchange.InstrumentCount < Instruments) return NewInstrument(exchange.InstrumentCount);
        var user = random.Next(1, Users + 1);
        _accounts.Clear();
        exchange.CopyAccounts(user, _accounts);
        if (_accounts.Count == 0) return Command.From(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading, Name = Text64.From($"Account {user}") });
        var account = _accounts[random.Next(_accounts.Count)];
        var instrument = random.Next(1, Instruments + 1);
        if (account.Available < 1_000 * Centre) return Command.From(0, new Deposit { AccountId = account.Id, Amount = random.NextInt64(1, 20_000 * Centre) });
        if (!exchange.TryGetPosition(account.Id, instrument, out var position) || position.Available < 50)
            return Command.From(0, new DeliverPosition { AccountId = account.Id, InstrumentId = instrument, Quantity = random.Next(1, 1_000), UnitCost = Centre });
        return random.Next(100) switch
        {
            < 55 => Order(user, account.Id, instrument),
            < 58 => Command.From(user, Transfer(exchange, account.Id)),
            < 60 => Command.From(user, new ScheduleTransfer
            {
                Transfer = Transfer(exchange, account.Id), RunAt = exchange.Time + random.NextInt64(1, 120_000_000), Recurrence = Text64.From(random.Next(2) == 0 ? "again" : ""),
            }),
            < 62 => OfATransfer(exchange, user),
            < 76 => OfAnOrder(exchange, account.Id, order => Command.From(user, new CancelOrder { OrderId = order.Id })),
            < 88 => OfAnOrder(exchange, account.Id, order => Command.From(user, new AmendOrder { OrderId = order.Id, Quantity = order.Filled + random.Next(1, 40), Price = random.Next(2) == 0 ? Price(order.Side) : 0 })),
            < 90 => Command.From(user, new CancelAllOrders { AccountId = account.Id }),
            < 92 => Command.From(0, new SetHalt { InstrumentId = instrument, Halted = random.Next(4) == 0 }),
            < 94 => Command.From(user, new SetKillSwitch { OwnerId = user, Engaged = random.Next(8) == 0 }),
            < 97 => Command.From(0, new Deposit { AccountId = account.Id, Amount = random.Next(1, 1_000_000) }),
            _ => Order(user, account.Id + 1, instrument),
        };
    }

    static Command NewInstrument(int listed) => Command.From(0, new CreateInstrument
    {
        Symbol = Text16.From(listed == 0 ? "AAA" : "BBB"),
        CurrencyId = 1,
        PriceScale = 4,
        Rules = new InstrumentRules { TickSize = Tick, LotSize = 1, MakerFeePpm = 100, TakerFeePpm = 250 },
        Name = Text64.From("Simulated Inc."),
    });

    Command Order(long user, long account, int instrument)
    {
        var side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var type = random.Next(12) switch { 0 => OrderType.Market, 1 => OrderType.StopLimit, _ => OrderType.Limit };
        var price = Price(side);
        return Command.From(user, new PlaceOrder
        {
            AccountId = account,
            InstrumentId = instrument,
            Side = side,
            Type = type,
            TimeInForce = random.Next(8) switch { 0 => TimeInForce.Ioc, 1 => TimeInForce.Fok, < 5 => TimeInForce.Day, _ => TimeInForce.Gtc },
            SelfTradePrevention = (SelfTradePrevention)random.Next(1, 5),
            Instructions = type == OrderType.Limit && random.Next(10) == 0 ? ExecutionInstructions.PostOnly : default,
            Price = type == OrderType.Market ? 0 : price,
            StopPrice = type == OrderType.StopLimit ? Price(side) : 0,
            Quantity = random.Next(1, 40),
        });
    }

    Command OfAnOrder(Exchange exchange, long account, Func<OrderState, Command> command)
    {
        _orders.Clear();
        exchange.CopyOpenOrders(account, _orders);
        return _orders.Count == 0 ? Command.AdvanceTime() : command(_orders[random.Next(_orders.Count)]);
    }

    TransferCash Transfer(Exchange exchange, long account) => new()
    {
        FromAccountId = account,
        ToAccountId = random.Next(1, (int)exchange.AccountCount + 1),
        Amount = random.NextInt64(1, 500 * Centre),
        DayLimit = random.Next(3) == 0 ? 1_000 * Centre : 0,
        Memo = Text64.From("simulated"),
    };

    /// <summary>What servers and users do with transfers that wait: follow one that has had its time, or take one back.</summary>
    Command OfATransfer(Exchange exchange, long user)
    {
        _transfers.Clear();
        exchange.CopyUnfollowedTransfers(_transfers);
        if (_transfers.Count > 0 && random.Next(4) > 0)
            return Command.From(0, new ScheduleTransfer { Follows = _transfers[random.Next(_transfers.Count)].Id, RunAt = exchange.Time + random.NextInt64(1, 120_000_000) });
        exchange.CopyScheduledTransfers(_transfers);
        return _transfers.Count == 0 ? Command.AdvanceTime() : Command.From(user, new CancelTransfer { TransferId = _transfers[random.Next(_transfers.Count)].Id });
    }

    // A little more often on the passive side, so that books fill.
    long Price(Side side) => Centre + (random.Next(-12, 9) * (side == Side.Buy ? Tick : -Tick));
}
