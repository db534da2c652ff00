namespace MyTradeX.Core;

/// <summary>An instrument at work: its state, its book, its waiting stop orders.</summary>
sealed class Instrument(BookOrders orders)
{
    const long MinuteUs = 60L * 1_000_000;
    const long MinutesPerDay = 24 * 60;

    public InstrumentState State;

    public OrderBook Book { get; } = new(orders);

    /// <summary>
    /// Waiting stop orders by stop price. Buys are triggered from the lowest stop price up and so lie on the ask side, sells from
    /// the highest down on the bid side.
    /// </summary>
    public OrderBook Stops { get; } = new(orders);

    /// <summary>The side of <see cref="Stops"/> where stop orders of a side wait.</summary>
    public static Side StopSide(Side side) => side == Side.Buy ? Side.Sell : Side.Buy;

    /// <summary>Price × quantity in the currency's units. The caller has made sure that it fits.</summary>
    public long Notional(long price, long quantity) => price * quantity * State.NotionalMultiplier;

    /// <summary>Price × quantity in the currency's units, however large.</summary>
    public Int128 WideNotional(long price, long quantity)
    {
        // Nearly always it fits 64 bits, where multiplying is several times faster.
        var high = Math.BigMul(price, quantity, out long low);
        return high == 0 && low >= 0 ? Math.BigMul(low, State.NotionalMultiplier) : (Int128)price * quantity * State.NotionalMultiplier;
    }

    public bool IsOpenAt(long time)
    {
        var (open, close) = (State.Rules.SessionOpenMinute, State.Rules.SessionCloseMinute);
        if (open == close) return true;
        var minute = time / MinuteUs % MinutesPerDay;
        return open < close ? minute >= open && minute < close : minute >= open || minute < close;
    }

    /// <summary>The first closing minute after a time.</summary>
    public long NextCloseAfter(long time)
    {
        var day = MinutesPerDay * MinuteUs;
        var close = time / day * day + State.Rules.SessionCloseMinute * MinuteUs;
        return close > time ? close : close + day;
    }

    /// <summary>The prices that the band allows for limit orders; from one tick to <see cref="Limits.MaxAmount"/> when there is none.</summary>
    public (long Low, long High) Band()
    {
        if (State.Rules.BandBps == 0 || State.ReferencePrice == 0) return (State.Rules.TickSize, Limits.MaxAmount);
        return (LowerBound(State.ReferencePrice, State.Rules.BandBps), UpperBound(State.ReferencePrice, State.Rules.BandBps));
    }

    /// <summary>How far a stop order may trade from its stop price once triggered.</summary>
    public long ProtectionPrice(Side side, long stopPrice)
    {
        var bps = State.Rules.BandBps == 0 ? Limits.StopProtectionBps : State.Rules.BandBps;
        return side == Side.Buy ? UpperBound(stopPrice, bps) : LowerBound(stopPrice, bps);
    }

    /// <summary>The worst price of a MARKET order: the far end of the band, or no bound.</summary>
    public long MarketLimit(Side side)
    {
        if (State.Rules.BandBps == 0 || State.ReferencePrice == 0) return side == Side.Buy ? long.MaxValue : 0;
        var (low, high) = Band();
        return side == Side.Buy ? high : low;
    }

    long LowerBound(long price, int bps)
    {
        var tick = State.Rules.TickSize;
        var bound = price - price / 10_000 * bps - price % 10_000 * bps / 10_000;
        return Math.Max((bound + tick - 1) / tick * tick, tick);
    }

    long UpperBound(long price, int bps)
    {
        var tick = State.Rules.TickSize;
        var bound = price + price / 10_000 * bps + price % 10_000 * bps / 10_000;
        return bound / tick * tick;
    }
}
