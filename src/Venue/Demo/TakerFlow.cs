using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>
/// Those who take what is offered in one symbol: an order every three seconds or so, mostly for less than the best price shows, now and then
/// for several levels, and sometimes many in a row. They lean against what the makers hold too much or too little of, which
/// draws both sides' shares back to even however long it goes on.
/// </summary>
sealed class TakerFlow(DemoListing listing, IReadOnlyList<long> accounts, SeededRandom random)
{
    const long MeanIntervalUs = 3_000_000;
    const long BurstIntervalUs = 150_000;

    int _burst;
    Side _burstSide;

    /// <summary>Microseconds to the next order.</summary>
    public long NextInterval()
    {
        if (_burst == 0 && random.Next() < 0.015)
        {
            _burst = 4 + (int)(random.Next() * 12);
            _burstSide = random.Next() < 0.5 ? Side.Buy : Side.Sell;
        }
        if (_burst > 0)
        {
            _burst--;
            return (long)(BurstIntervalUs * random.Between(0.3, 1.7));
        }
        return (long)(MeanIntervalUs * random.Between(0.1, 1.9));
    }

    /// <summary>Half of what the makers hold more than the takers, in typical orders.</summary>
    public double Imbalance(Exchange exchange)
    {
        var difference = 0L;
        for (var participant = 0; participant < accounts.Count; participant++)
        {
            exchange.TryGetPosition(accounts[participant], listing.InstrumentId, out var position);
            difference += participant < DemoParticipants.Makers ? position.Quantity : -position.Quantity;
        }
        return difference / 2.0 / listing.TypicalQuantity;
    }

    /// <summary>Adds one taker's order, unless there is nothing to take or nothing to pay with.</summary>
    public void Take(Exchange exchange, in InstrumentState instrument, List<Command> commands)
    {
        // The draws come first and are always the same number, so that what happens to one order does not shift all later ones.
        var taker = DemoParticipants.Makers + (int)(random.Next() * DemoParticipants.Takers);
        var leaning = Math.Clamp(Imbalance(exchange) / 400, -0.35, 0.35);
        var side = random.Next() < 0.5 + leaning ? Side.Buy : Side.Sell;
        if (random.Next() < 0.8 && _burst > 0) side = _burstSide;
        var size = random.Between(0.1, 1.3);
        if (random.Next() < 0.03) size *= 6;

        Span<BookLevel> best = stackalloc BookLevel[1];
        if (exchange.CopyDepth(listing.InstrumentId, side == Side.Buy ? Side.Sell : Side.Buy, best) == 0) return;
        var (rules, range) = (instrument.Rules, PriceRange.Of(in instrument));
        // A tenth of a per cent beyond the best price: enough for several levels, too little to be fooled by an empty book.
        var reach = Math.Max(1, best[0].Price / 1_000 / rules.TickSize) * rules.TickSize;
        var price = side == Side.Buy ? Math.Min(best[0].Price + reach, range.High) : Math.Max(best[0].Price - reach, range.Low);
        if (price <= 0 || price % rules.TickSize != 0) return;

        var lots = Math.Max(1, (long)Math.Round(listing.TypicalQuantity * size / rules.LotSize));
        exchange.TryGetPosition(accounts[taker], listing.InstrumentId, out var position);
        if (side == Side.Sell) lots = Math.Min(lots, position.Available / rules.LotSize);
        if (lots == 0) return;
        commands.Add(Command.From(DemoParticipants.UserOf(taker), new PlaceOrder
        {
            AccountId = accounts[taker],
            InstrumentId = listing.InstrumentId,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.Ioc,
            SelfTradePrevention = SelfTradePrevention.CancelOldest,
            Price = price,
            Quantity = lots * rules.LotSize,
        }));
    }
}
