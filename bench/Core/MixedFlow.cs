using MyTradeX.Core;

namespace MyTradeX.Bench;

/// <summary>
/// The canonical workload: 60 % new orders, 30 % cancels, 10 % amendments, from 1,000 funded accounts of as many users, spread evenly
/// over the instruments. Most orders rest within 20 ticks of a mid that drifts; about one new order in four reaches across it and
/// trades, a little more when over 20,000 orders are open and a little less when fewer are, which keeps the books at that depth. Made up
/// front from a seed, on an exchange of its own that tells which orders are still open, so that only the exchange is measured and
/// every cancel and amendment names an open order.
/// </summary>
sealed class MixedFlow
{
    const int Accounts = 1_000;
    const int OpenOrders = 20_000;
    const long Mid = 1_000_000;
    const long Tick = 100;

    readonly Random _random;
    readonly int _instruments;
    readonly List<long> _open = [];
    readonly Dictionary<long, int> _placeOf = [];
    readonly long[] _mid;
    readonly Exchange _shadow;
    long _time = 1_000_000;

    public MixedFlow(int instruments, int seed)
    {
        _random = new Random(seed);
        _instruments = instruments;
        _mid = [.. Enumerable.Repeat(Mid, instruments)];
        _shadow = Prepare();
    }

    /// <summary>What lists the instruments and funds the accounts in cash and shares; comes before everything else.</summary>
    public IEnumerable<Command> SetUp()
    {
        yield return Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 6 });
        for (var i = 0; i < _instruments; i++)
        {
            yield return Command.From(0, new CreateInstrument
            {
                Symbol = Text16.From($"SYM{i}"),
                CurrencyId = 1,
                PriceScale = 4,
                Rules = new InstrumentRules { TickSize = Tick, LotSize = 1, MakerFeePpm = 100, TakerFeePpm = 200 },
                ReferencePrice = Mid,
            });
        }
        for (var user = 1; user <= Accounts; user++)
        {
            yield return Command.From(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading });
            yield return Command.From(0, new Deposit { AccountId = user + 2, Amount = Limits.MaxAmount });
            for (var i = 1; i <= _instruments; i++)
                yield return Command.From(0, new DeliverPosition { AccountId = user + 2, InstrumentId = i, Quantity = 100_000_000, UnitCost = Mid });
        }
    }

    /// <summary>An exchange that has been set up.</summary>
    public Exchange Prepare()
    {
        var exchange = new Exchange();
        foreach (var command in SetUp()) Apply(exchange, command);
        return exchange;
    }

    /// <summary>The next commands.</summary>
    public Command[] Next(int count)
    {
        var commands = new Command[count];
        for (var i = 0; i < count; i++)
        {
            commands[i] = NextCommand();
            commands[i].Header.Time = ++_time;
            Follow(in commands[i]);
        }
        return commands;
    }

    Command NextCommand()
    {
        var draw = _random.Next(100);
        if (draw >= 60 && _open.Count > 0)
        {
            var order = _open[_random.Next(_open.Count)];
            if (draw < 90) return Command.From(0, new CancelOrder { OrderId = order });
            _shadow.TryGetOrder(order, out var state);
            return Command.From(0, new AmendOrder { OrderId = order, Quantity = state.Filled + _random.Next(1, 100), Price = Price(state.InstrumentId - 1, state.Side, reaches: false) });
        }
        var instrument = _random.Next(_instruments);
        var user = _random.Next(Accounts) + 1;
        var side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        var reaches = _random.Next(100) < (_open.Count > OpenOrders ? 35 : 15);
        return Command.From(user, new PlaceOrder
        {
            AccountId = user + 2,
            InstrumentId = instrument + 1,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.Gtc,
            SelfTradePrevention = SelfTradePrevention.CancelNewest,
            Price = Price(instrument, side, reaches),
            Quantity = _random.Next(1, 100),
        });
    }

    void Follow(in Command command)
    {
        _shadow.Apply(in command, out var result);
        if (!result.IsAccepted) throw new InvalidOperationException($"the flow was refused: {result.Code}");
        foreach (var e in _shadow.Events)
        {
            if (e.Kind != EventKind.OrderUpdated) continue;
            ref readonly var order = ref e.As<OrderUpdated>().Order;
            if (order.IsOpen)
            {
                if (_placeOf.TryAdd(order.Id, _open.Count)) _open.Add(order.Id);
            }
            else if (_placeOf.Remove(order.Id, out var place))
            {
                var last = _open[^1];
                _open.RemoveAt(_open.Count - 1);
                if (last == order.Id) continue;
                _open[place] = last;
                _placeOf[last] = place;
            }
        }
        _shadow.Events.Clear();
    }

    long Price(int instrument, Side side, bool reaches)
    {
        if (_random.Next(50) == 0) _mid[instrument] += (_random.Next(3) - 1) * Tick;
        var away = (reaches ? -2 : _random.Next(1, 21)) * Tick;
        return _mid[instrument] + (side == Side.Buy ? -away : away);
    }

    static void Apply(Exchange exchange, Command command)
    {
        exchange.Apply(in command, out var result);
        exchange.Events.Clear();
        if (!result.IsAccepted) throw new InvalidOperationException($"the set-up was refused: {result.Code}");
    }
}
