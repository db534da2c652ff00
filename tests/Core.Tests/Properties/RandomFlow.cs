using MyTradeX.Core.Tests.Reference;

namespace MyTradeX.Core.Tests.Properties;

/// <summary>
/// Random commands from a seed: three users with several accounts, two currencies, three instruments. Each stream has a mood of its
/// own (narrow or wide prices, poor, rich or fabulously rich users), so that crossings, self-trades, stop cascades and
/// every refusal happen often somewhere. It looks at the naive exchange only to name orders that are open.
/// </summary>
sealed class RandomFlow
{
    const long SecondUs = 1_000_000;
    const long HourUs = 3600 * SecondUs;
    const long MaxAmount = 999_999_999_999_999;

    readonly Random _random;
    readonly Queue<Command> _listing = new();
    readonly List<Command> _sent = [];
    readonly List<Target> _targets = [];
    readonly int _spread;
    readonly bool _poor;
    readonly bool _huge;
    readonly bool _feesOften;
    readonly bool _keysOften;
    long _time;

    sealed record Target(int Id, int CurrencyId, long Centre, byte PriceScale, byte QuantityScale)
    {
        public InstrumentRules Rules { get; set; }
    }

    public RandomFlow(int seed)
    {
        _random = new Random(seed);
        _time = new DateTimeOffset(2026, 1, 5, 13, 59, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;
        _spread = Pick(2, 2, 3, 5, 20, 400);
        _poor = Chance(30);
        _huge = !_poor && Chance(15);
        _feesOften = Chance(60);
        _keysOften = Chance(25);
        List();
    }

    public Command Next(NaiveExchange world)
    {
        if (_listing.TryDequeue(out var listing))
        {
            listing.Header.Time = _time;
            return listing;
        }
        var command = Any(world);
        if (Chance(1)) command.Header.Time = _time - HourUs;
        else command.Header.Time = _time += Delay();
        if (_keysOften ? Chance(40) : Chance(6))
        {
            command.Header.RequestKey = (UInt128)_random.Next(1, 40);
            command.Header.RequestFingerprint = (ulong)Pick(7, 7, 7, 8);
        }
        if (command.Header.Kind == CommandKind.StartEpoch) (command.Header.Producer, command.Header.Epoch) = ((ushort)Pick(1, 2), (uint)_random.Next(0, 4));
        else if (Chance(5)) (command.Header.Producer, command.Header.Epoch, command.Header.Number) = ((ushort)Pick(1, 2), (uint)_random.Next(0, 4), (ulong)_random.Next(1, 30));
        _sent.Add(command);
        return command;
    }

    void List()
    {
        Send(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 2 });
        Send(0, new CreateCurrency { Code = Text16.From("EUR"), Scale = 6 });
        AddInstrument("AAA", currency: 1, priceScale: 2, quantityScale: 0, centre: _huge ? 200_000_000_000 : 1_000);
        AddInstrument("BBB-X", currency: 1, priceScale: 1, quantityScale: 1, centre: _huge ? 700_000_000_000_000 : 60);
        AddInstrument("CCC.Y", currency: 2, priceScale: 3, quantityScale: 2, centre: 12_345_600);
        // Accounts 1 to 4 are the venue's own; 5 to 13 are these.
        for (var user = 1; user <= 3; user++)
        {
            Send(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading });
            Send(user, new OpenAccount { OwnerId = user, CurrencyId = 2, Type = AccountType.Trading });
            Send(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = user < 3 ? AccountType.Trading : AccountType.Checking });
        }
        for (var account = 5; account <= 13; account++)
        {
            var inEuro = account is 6 or 9 or 12;
            for (var times = _huge ? 50 : 1; times > 0 && Chance(95); times--) Send(0, new Deposit { AccountId = account, Amount = Money() });
            if (Chance(90)) Send(0, Delivery(account, inEuro ? 3 : 1));
            if (!inEuro && Chance(60)) Send(0, Delivery(account, 2));
        }
    }

    void AddInstrument(string symbol, int currency, byte priceScale, byte quantityScale, long centre)
    {
        var target = new Target(_targets.Count + 1, currency, centre, priceScale, quantityScale) { Rules = Rules(false) };
        _targets.Add(target);
        var reference = Chance(70) ? centre / target.Rules.TickSize * target.Rules.TickSize : 0;
        Send(0, new CreateInstrument
        {
            Symbol = Text16.From(symbol), CurrencyId = currency, PriceScale = priceScale, QuantityScale = quantityScale,
            Rules = target.Rules, ReferencePrice = reference, Name = Text64.From($"The {symbol} company"),
        });
    }

    Command Any(NaiveExchange world) => _random.Next(100) switch
    {
        < 64 => Command.From(Actor(out var account), Order(account)),
        < 74 => Amendment(world),
        < 79 => Cancellation(world),
        < 80 => Command.From(_random.Next(0, 4), new CancelAllOrders { AccountId = Pick(0, 0, 5, 6, 7, 9, 99), InstrumentId = Pick(0, 0, 1, 2, 3, 9) }),
        < 81 => Command.From(Pick(0, 1, 2), new SetKillSwitch { OwnerId = Pick(1, 1, 2, 3), Engaged = Chance(25) }),
        < 82 => Command.From(Pick(0, 0, 0, 1), new SetHalt { InstrumentId = Pick(1, 2, 3, 4), Halted = Chance(25) }),
        < 84 => Update(),
        < 87 => Command.From(Pick(0, 0, 0, 0, 1), new Deposit { AccountId = Pick(1, 5, 6, 7, 8, 9, 10, 11, 12, 99), Amount = Chance(8) ? Extreme() : Money() }),
        < 90 => Command.From(Pick(0, 0, 0, 0, 1), Delivery(_random.Next(4, 15), Pick(1, 1, 2, 3, 9))),
        < 91 => Command.From(_random.Next(0, 3), new OpenAccount { OwnerId = _random.Next(0, 4), CurrencyId = Pick(1, 2, 3), Type = (AccountType)_random.Next(0, 6) }),
        < 92 => Listing(),
        < 93 => Transfer(world),
        < 95 => Again(),
        < 96 => Command.StartEpoch(),
        _ => Command.AdvanceTime(),
    };

    /// <summary>Money sent, put off and taken back, and accounts closed; a fifth of the streams do little else between their orders.</summary>
    Command Transfer(NaiveExchange world)
    {
        var user = Actor(out var account);
        return _random.Next(20) switch
        {
            < 8 => Command.From(user, Cash(account)),
            < 13 => Command.From(user, new ScheduleTransfer
            {
                Transfer = Cash(account), RunAt = _time + Pick(-1, 0, 1, 1_000_000, 60 * SecondUs, HourUs, 30 * HourUs), Recurrence = Text64.From(Chance(50) ? "again" : ""),
            }),
            < 15 => Command.From(Chance(90) ? 0 : user, new ScheduleTransfer { Follows = ATransfer(world.UnfollowedTransfers), RunAt = _time + Pick(0, SecondUs, HourUs) }),
            < 17 => Command.From(user, new CancelTransfer { TransferId = ATransfer(world.ScheduledTransfers.Concat(world.UnfollowedTransfers)) }),
            < 18 => Command.From(user, new RenameAccount { AccountId = account, Name = Text64.From("Renamed") }),
            < 19 => Command.From(user, new CloseAccount { AccountId = Chance(50) ? account : _random.Next(0, 30) }),
            _ => Command.From(Pick(0, 1), new OpenAccount { OwnerId = _random.Next(1, 4), CurrencyId = 1, Type = AccountType.Savings, Marks = (AccountMarks)Pick(0, 0, 1, 2) }),
        };
    }

    TransferCash Cash(long from) => new()
    {
        FromAccountId = from,
        ToAccountId = Chance(85) ? Pick(5, 7, 8, 10, 11, 13) : _random.Next(0, 30),
        Amount = Chance(5) ? Extreme() : Chance(40) ? Money() : _random.Next(1, 2_000),
        AmountLimit = Chance(20) ? Pick(-1, 1, 1_000, 100_000) : 0,
        DayLimit = Chance(30) ? Pick(-1, 1_500, 3_000, 1_000_000) : 0,
    };

    long ATransfer(IEnumerable<TransferState> among)
    {
        var known = among.ToList();
        return known.Count > 0 && Chance(90) ? known[_random.Next(known.Count)].Id : _random.Next(0, 20);
    }

    long Actor(out long account)
    {
        var user = _random.Next(1, 4);
        account = Chance(96) ? 5 + ((user - 1) * 3) + Pick(0, 0, 0, 1, 1, 2) : _random.Next(0, 16);
        return Chance(94) ? user : _random.Next(0, 4);
    }

    PlaceOrder Order(long account)
    {
        var eur = account is 6 or 9 or 12;
        var target = _targets[Chance(97) ? (eur ? 2 : Pick(0, 0, 0, 1)) : _random.Next(3)];
        var order = new PlaceOrder
        {
            AccountId = account,
            InstrumentId = Chance(99) ? target.Id : _random.Next(0, 6),
            Side = Chance(99) ? (Side)_random.Next(1, 3) : (Side)Pick(0, 3),
            Type = Chance(99) ? Pick(OrderType.Limit, OrderType.Limit, OrderType.Limit, OrderType.Limit, OrderType.Limit, OrderType.Limit, OrderType.Limit, OrderType.Market, OrderType.Stop, OrderType.StopLimit) : (OrderType)Pick(0, 9),
            TimeInForce = Chance(99) ? Pick(TimeInForce.Day, TimeInForce.Day, TimeInForce.Day, TimeInForce.Gtc, TimeInForce.Gtc, TimeInForce.Gtc, TimeInForce.Gtc, TimeInForce.Gtc, TimeInForce.Ioc, TimeInForce.Fok) : (TimeInForce)Pick(0, 5),
            SelfTradePrevention = Chance(99) ? (SelfTradePrevention)_random.Next(1, 5) : (SelfTradePrevention)Pick(0, 5),
            Instructions = Chance(8) ? ExecutionInstructions.PostOnly : (ExecutionInstructions)(Chance(1) ? 2 : 0),
            Quantity = Quantity(target),
            ClientOrderId = Chance(20) ? Text64.From($"mine-{_random.Next(1, 25)}") : default,
        };
        var mismatch = Chance(1);
        if ((order.Type is OrderType.Limit or OrderType.StopLimit) != mismatch) order.Price = Price(target);
        if (order.Type is OrderType.Stop or OrderType.StopLimit || Chance(1)) order.StopPrice = Price(target);
        return order;
    }

    Command Amendment(NaiveExchange world)
    {
        if (!AnOpenOrder(world, out var order)) return Command.AdvanceTime();
        var target = _targets[Math.Min(order.InstrumentId, _targets.Count) - 1];
        var stops = order.Type is OrderType.Stop or OrderType.StopLimit;
        return Command.From(Chance(92) ? order.UserId : _random.Next(0, 4), new AmendOrder
        {
            OrderId = order.Id,
            Quantity = _random.Next(4) switch { 0 => 0, 1 => order.Quantity, 2 => Quantity(target), _ => Math.Max(0, order.Quantity - target.Rules.LotSize) },
            Price = Chance(50) && (order.Type != OrderType.Stop || Chance(5)) ? (Chance(20) ? order.Price : Price(target)) : 0,
            StopPrice = Chance(stops ? 40 : 2) ? Price(target) : 0,
        });
    }

    Command Cancellation(NaiveExchange world) => AnOpenOrder(world, out var order)
        ? Command.From(Chance(92) ? order.UserId : _random.Next(0, 4), new CancelOrder { OrderId = Chance(95) ? order.Id : _random.Next(0, 50) })
        : Command.AdvanceTime();

    bool AnOpenOrder(NaiveExchange world, out OrderState order)
    {
        var open = world.OpenOrders.ToList();
        order = open.Count > 0 ? open[_random.Next(open.Count)] : default;
        return open.Count > 0;
    }

    Command Update()
    {
        var target = _targets[_random.Next(3)];
        var rules = Rules(Chance(10));
        target.Rules = rules with { TickSize = Math.Max(1, rules.TickSize), LotSize = Math.Max(1, rules.LotSize) };
        return Command.From(Pick(0, 0, 0, 0, 0, 2), new UpdateInstrument { InstrumentId = Chance(97) ? target.Id : 7, Rules = rules, Name = Text64.From("Renamed") });
    }

    InstrumentRules Rules(bool broken)
    {
        var rules = new InstrumentRules
        {
            TickSize = Pick(1, 1, 1, 2, 5),
            LotSize = Pick(1, 1, 1, 2, 10),
            BandBps = Pick(0, 0, 0, 100, 1_000, 9_999),
            MakerFeePpm = _feesOften ? Pick(0, 1_000, 333, 100_000) : 0,
            TakerFeePpm = _feesOften ? Pick(0, 2_500, 777, 100_000) : 0,
            // Mostly open all day; else 14:00 to 20:00, or over midnight.
            SessionOpenMinute = 0,
            SessionCloseMinute = (short)Pick(0, 0, 0, 1_200),
        };
        if (rules.SessionCloseMinute == 1_200) rules.SessionOpenMinute = (short)Pick(840, 1_200, 1_260);
        if (!broken) return rules;
        switch (_random.Next(7))
        {
            case 0: rules.TickSize = Pick(0, -1, MaxAmount + 1); break;
            case 1: rules.LotSize = Pick(0, -1, MaxAmount + 1); break;
            case 2: rules.BandBps = Pick(-1, 10_000); break;
            case 3: rules.MakerFeePpm = Pick(-1, 100_001); break;
            case 4: rules.TakerFeePpm = Pick(-1, 100_001); break;
            case 5: rules.SessionOpenMinute = (short)Pick(-1, 1_440); break;
            default: rules.SessionCloseMinute = (short)Pick(-1, 1_440); break;
        }
        return rules;
    }

    Command Listing() => Chance(40)
        ? Command.From(Pick(0, 0, 1), new CreateCurrency { Code = Text16.From(Pick("USD", "CHF", "usd", "")), Scale = (byte)Pick(0, 8, 9) })
        : Command.From(Pick(0, 0, 0, 1), new CreateInstrument
        {
            Symbol = Text16.From(Pick("AAA", "DDD", "EE.E-1", "d d", "")),
            CurrencyId = Pick(1, 2, 5),
            PriceScale = (byte)Pick(0, 2, 9),
            QuantityScale = (byte)Pick(0, 0, 1, 255),
            Rules = Rules(Chance(30)),
            ReferencePrice = Pick(0, 100, 101, -1, MaxAmount, MaxAmount + 1),
        });

    /// <summary>One of the commands sent before, as it was or with another quantity.</summary>
    Command Again()
    {
        var orders = _sent.Where(sent => sent.Header.Kind == CommandKind.PlaceOrder && !sent.PlaceOrder.ClientOrderId.IsEmpty).ToList();
        if (orders.Count == 0) return Command.AdvanceTime();
        var command = orders[_random.Next(orders.Count)];
        if (Chance(30)) command.PlaceOrder.Quantity += _targets[0].Rules.LotSize;
        return command;
    }

    DeliverPosition Delivery(long account, int instrument) => new()
    {
        AccountId = account,
        InstrumentId = instrument,
        Quantity = Chance(3) ? Extreme() : _huge && Chance(50) ? MaxAmount : _random.Next(1, _poor ? 100 : 3_000),
        UnitCost = Chance(3) ? Extreme() : _random.Next(0, 2_000),
    };

    long Price(Target target)
    {
        if (Chance(1)) return Extreme();
        var tick = target.Rules.TickSize;
        var price = (target.Centre / tick * tick) + (_random.Next(-_spread, _spread + 1) * tick);
        return Math.Max(Chance(3) ? price + 1 : price, Chance(1) ? 0 : tick);
    }

    long Quantity(Target target)
    {
        if (Chance(1)) return Extreme();
        var lots = _random.Next(1, _huge && target.Id == 1 ? Pick(60, 100_000, 3_000_000) : Pick(3, 12, 60)) * target.Rules.LotSize;
        return Chance(3) ? lots + 1 : lots;
    }

    long Money() => _huge ? MaxAmount : _poor ? _random.Next(1, 200_000) : _random.NextInt64(1, 3_000_000_000_000);

    long Extreme() => Pick(0, -1, 1, MaxAmount - 1, MaxAmount, MaxAmount + 1, long.MaxValue, long.MinValue);

    long Delay() => _random.Next(100) switch
    {
        < 50 => 0,
        < 90 => _random.Next(1, 1_000_000),
        < 97 => _random.NextInt64(1, 600 * SecondUs),
        < 99 => _random.NextInt64(1, 8 * HourUs),
        _ => _random.NextInt64(1, 50 * HourUs),
    };

    bool Chance(int percent) => _random.Next(100) < percent;

    T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    void Send(long user, in CreateCurrency payload) => _listing.Enqueue(Command.From(user, payload));

    void Send(long user, in CreateInstrument payload) => _listing.Enqueue(Command.From(user, payload));

    void Send(long user, in OpenAccount payload) => _listing.Enqueue(Command.From(user, payload));

    void Send(long user, in Deposit payload) => _listing.Enqueue(Command.From(user, payload));

    void Send(long user, in DeliverPosition payload) => _listing.Enqueue(Command.From(user, payload));
}
