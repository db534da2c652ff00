using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>
/// Keeps one symbol's book: one maker at the best prices, one to three ticks apart, and behind him three who share a ladder of
/// <see cref="LadderLevels"/> a side, larger with distance.
/// </summary>
/// <remarks>
/// Made to take few commands. The ladder stands on fixed prices, a step of about two seconds' movement apart, and stays until the price has
/// left its middle by three quarters of a step; then the last order of one end is amended to be the first of the other. Who owns a price
/// is the price's number modulo three, and twelve is a multiple of three, so that order has the same owner at both ends. What
/// is there is compared with what should be, so a swept book, a new tick or a restart need no case of their own.
/// </remarks>
sealed class MarketMaking(DemoListing listing, IReadOnlyList<long> accounts, SeededRandom random)
{
    const int LadderLevels = 12;
    const int WidestTouchTicks = 3;

    /// <summary>A quote with less than this of what it should show is filled up.</summary>
    const double LeastOfTouch = 0.3;
    const double LeastOfLadder = 0.4;

    /// <summary>A quote with more than this is cut: a small order that the price has left behind may be small for long, and the reverse.</summary>
    const double MostOfLadder = 2.5;

    readonly double _ladderStep = 2 * listing.Symbol.DailyVolatility / Math.Sqrt(24 * 60 * 60) * listing.OpeningPrice;
    readonly List<OrderState>[] _open = [.. Enumerable.Range(0, DemoParticipants.Makers).Select(_ => new List<OrderState>())];
    readonly List<(long Price, long Quantity)> _wanted = [];
    readonly List<OrderState> _spare = [];
    (long Step, long Index) _middle;
    double _quotedAround;

    /// <summary>Distance of two levels of the ladder before it is rounded to the tick, in price units: the deviation of two seconds' movement or so.</summary>
    public double LadderStep => _ladderStep;

    /// <summary>Adds the commands that bring the makers' orders to where they should be around a price.</summary>
    public void Quote(Exchange exchange, in InstrumentState instrument, double price, List<Command> commands)
    {
        var rules = instrument.Rules;
        var range = PriceRange.Of(in instrument);
        // A price that has left the band is quoted at its edge: trades there move the band on.
        price = Math.Clamp(price, Math.Min(range.Low + 2 * rules.TickSize, range.High), Math.Max(range.Low, range.High - 2 * rules.TickSize));
        Look(exchange);

        var (bid, ask) = Touch(price, rules.TickSize);
        var step = Math.Max(1, (long)Math.Round(_ladderStep / rules.TickSize)) * rules.TickSize;
        if (_middle.Step != step || Math.Abs(price / step - _middle.Index) > 0.75) _middle = (step, (long)Math.Round(price / step));

        // The side that makes way goes first, so that the makers do not trade with each other.
        var rising = price >= _quotedAround;
        _quotedAround = price;
        QuoteSide(rising ? Side.Sell : Side.Buy, rising ? ask : bid, range, in rules, commands);
        QuoteSide(rising ? Side.Buy : Side.Sell, rising ? bid : ask, range, in rules, commands);
    }

    /// <summary>Starts from what rests in the book: the price between the best maker's two quotes, or the fallback when he has not both.</summary>
    public double Begin(Exchange exchange, double fallback)
    {
        Look(exchange);
        var (bid, ask) = TouchOf(_open[DemoParticipants.TouchMaker]);
        return _quotedAround = bid != 0 && ask != 0 ? (bid + ask) / 2.0 : fallback;
    }

    void Look(Exchange exchange)
    {
        for (var maker = 0; maker < _open.Length; maker++)
        {
            _open[maker].Clear();
            exchange.CopyOpenOrders(accounts[maker], _open[maker]);
            _open[maker].RemoveAll(order => order.InstrumentId != listing.InstrumentId);
            _open[maker].Sort(static (one, other) => one.Id.CompareTo(other.Id));
        }
    }

    /// <summary>The prices of a maker's first bid and ask; 0 for none.</summary>
    static (long Bid, long Ask) TouchOf(List<OrderState> quotes) =>
        (quotes.Find(static order => order.Side == Side.Buy).Price, quotes.Find(static order => order.Side == Side.Sell).Price);

    /// <summary>The best prices: those that stand while the price lies between them, else new ones.</summary>
    (long Bid, long Ask) Touch(double price, long tick)
    {
        var (bid, ask) = TouchOf(_open[DemoParticipants.TouchMaker]);
        if (bid != 0 && ask > bid && ask - bid <= WidestTouchTicks * tick && bid % tick == 0 && ask % tick == 0 && price >= bid && price <= ask) return (bid, ask);
        var ticks = random.Next() switch { < 0.5 => 1, < 0.8 => 2, _ => WidestTouchTicks };
        bid = Math.Max(1, (long)Math.Floor(price / tick - (ticks - 1) / 2.0)) * tick;
        return (bid, bid + ticks * tick);
    }

    void QuoteSide(Side side, long touch, PriceRange range, in InstrumentRules rules, List<Command> commands)
    {
        _wanted.Clear();
        if (range.Contains(touch)) _wanted.Add((touch, Lots(listing.TypicalQuantity * random.Between(0.5, 1.5), rules.LotSize)));
        Reconcile(DemoParticipants.TouchMaker, side, LeastOfTouch, double.MaxValue, rules.LotSize, commands);
        for (var maker = 0; maker < DemoParticipants.DepthMakers; maker++)
        {
            _wanted.Clear();
            for (var level = 1; level <= LadderLevels; level++)
            {
                var index = _middle.Index + (side == Side.Buy ? -level : level);
                var price = index * _middle.Step;
                if (index % DemoParticipants.DepthMakers != maker || !range.Contains(price) || (side == Side.Buy ? price >= touch : price <= touch)) continue;
                _wanted.Add((price, Lots(listing.TypicalQuantity * (1 + level / 2.0) * Unevenness(index), rules.LotSize)));
            }
            Reconcile(maker, side, LeastOfLadder, MostOfLadder, rules.LotSize, commands);
        }
    }

    /// <summary>0.75 to 1.25, always the same for one price.</summary>
    static double Unevenness(long index) => 0.75 + SeededRandom.Mix((ulong)index) / (double)ulong.MaxValue / 2;

    static long Lots(double quantity, long lot) => Math.Max(1, (long)Math.Round(quantity / lot)) * lot;

    /// <summary>Keeps the orders that are right within the bounds, moves the others to where one is missing, and places or cancels the difference.</summary>
    /// <remarks>What an order has traded may be off a lot that was changed since, so an amended total is rounded as a whole.</remarks>
    void Reconcile(int maker, Side side, double least, double most, long lot, List<Command> commands)
    {
        var user = DemoParticipants.UserOf(maker);
        _spare.Clear();
        foreach (var order in _open[maker])
        {
            if (order.Side != side) continue;
            var at = _wanted.FindIndex(wanted => wanted.Price == order.Price);
            if (at < 0)
            {
                _spare.Add(order);
                continue;
            }
            var quantity = _wanted[at].Quantity;
            if (order.Remaining < least * quantity || order.Remaining > most * quantity)
                commands.Add(Command.From(user, new AmendOrder { OrderId = order.Id, Quantity = Lots(order.Filled + quantity, lot) }));
            _wanted.RemoveAt(at);
        }
        foreach (var (price, quantity) in _wanted)
        {
            if (_spare.Count > 0)
            {
                commands.Add(Command.From(user, new AmendOrder { OrderId = _spare[0].Id, Price = price, Quantity = Lots(_spare[0].Filled + quantity, lot) }));
                _spare.RemoveAt(0);
                continue;
            }
            commands.Add(Command.From(user, new PlaceOrder
            {
                AccountId = accounts[maker],
                InstrumentId = listing.InstrumentId,
                Side = side,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.Gtc,
                SelfTradePrevention = SelfTradePrevention.CancelOldest,
                Price = price,
                Quantity = quantity,
            }));
        }
        foreach (var order in _spare) commands.Add(Command.From(user, new CancelOrder { OrderId = order.Id }));
    }
}
