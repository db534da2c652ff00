namespace MyTradeX.Core;

/// <summary>What a trade does to a position's cost and profit.</summary>
static class PositionBooks
{
    /// <summary>Called before any change: on the first change of a day, the day's figures begin anew.</summary>
    public static void BeginChange(ref PositionRecord position, Instrument instrument)
    {
        if (position.DayEndsAt == instrument.State.DayEndsAt) return;
        position.DayEndsAt = instrument.State.DayEndsAt;
        position.State.DayOpenQuantity = position.State.Quantity;
        position.State.DayCashFlow = 0;
    }

    public static void Bought(ref PositionRecord position, long notional, long fee)
    {
        position.State.CostBasis += notional;
        position.State.DayCashFlow -= notional;
        position.State.Fees += fee;
    }

    /// <param name="position">The position, its quantity already lowered.</param>
    /// <param name="quantity">What was sold.</param>
    /// <param name="notional">What it was sold for.</param>
    /// <param name="fee">What that cost.</param>
    public static void Sold(ref PositionRecord position, long quantity, long notional, long fee)
    {
        var before = position.State.Quantity + quantity;
        // Rounded down: the cent that cannot be divided stays with the shares still held.
        var cost = (long)((Int128)position.State.CostBasis * quantity / before);
        position.State.CostBasis -= cost;
        position.State.RealizedPnl += notional - cost;
        position.State.DayCashFlow += notional;
        position.State.Fees += fee;
    }

    /// <summary>The position as it stands on the instrument's current day.</summary>
    public static void Today(in PositionRecord position, Instrument instrument, out PositionState today)
    {
        today = position.State;
        if (position.DayEndsAt != instrument.State.DayEndsAt)
        {
            today.DayOpenQuantity = today.Quantity;
            today.DayCashFlow = 0;
        }
    }
}
