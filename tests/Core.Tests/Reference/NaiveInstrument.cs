using System.Numerics;

namespace MyTradeX.Core.Tests.Reference;

/// <summary>An instrument: its state and its day.</summary>
sealed class NaiveInstrument
{
    const long MinuteUs = 60_000_000;
    const long DayUs = 24 * 60 * MinuteUs;

    public InstrumentState State;

    /// <summary>Counts the instrument's days.</summary>
    public int Day;

    public bool HasBand => State.Rules.BandBps > 0 && State.ReferencePrice > 0;

    public BigInteger BandLow => NaiveArithmetic.Below(State.ReferencePrice, State.Rules.BandBps, State.Rules.TickSize);

    public BigInteger BandHigh => NaiveArithmetic.Above(State.ReferencePrice, State.Rules.BandBps, State.Rules.TickSize);

    public bool IsOpenAt(long time)
    {
        var (open, close) = (State.Rules.SessionOpenMinute, State.Rules.SessionCloseMinute);
        if (open == close) return true;
        var minute = time % DayUs / MinuteUs;
        return open < close ? minute >= open && minute < close : minute >= open || minute < close;
    }

    /// <summary>The day ends at the next closing minute after this time.</summary>
    public void BeginDay(long time)
    {
        State.PreviousClose = State.ReferencePrice;
        State.DayEndsAt = time / DayUs * DayUs + State.Rules.SessionCloseMinute * MinuteUs;
        while (State.DayEndsAt <= time) State.DayEndsAt += DayUs;
        Day++;
    }

    /// <summary>The price beyond which an order does not trade; null for no bound.</summary>
    public BigInteger? WorkingPrice(OrderType type, Side side, long price, long stopPrice)
    {
        switch (type)
        {
            case OrderType.Limit or OrderType.StopLimit:
                return price;
            case OrderType.Stop:
                var bps = State.Rules.BandBps > 0 ? State.Rules.BandBps : 1_000;
                return side == Side.Buy
                    ? NaiveArithmetic.Above(stopPrice, bps, State.Rules.TickSize)
                    : NaiveArithmetic.Below(stopPrice, bps, State.Rules.TickSize);
            default:
                if (!HasBand) return null;
                return side == Side.Buy ? BandHigh : BandLow;
        }
    }
}
