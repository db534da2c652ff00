using System.Numerics;

namespace MyTradeX.Core.Tests.Reference;

/// <summary>A position. Its holds are not kept: they are the sum of what open orders need.</summary>
sealed class NaivePosition
{
    public PositionState State;

    /// <summary>The instrument's day of its last trade or delivery.</summary>
    int _day;

    public void Buy(NaiveInstrument instrument, long quantity, long notional, long fee)
    {
        BeginChange(instrument);
        State.Quantity += quantity;
        State.CostBasis += notional;
        State.Fees += fee;
        State.DayCashFlow -= notional;
    }

    public void Sell(NaiveInstrument instrument, long quantity, long notional, long fee)
    {
        BeginChange(instrument);
        var cost = (long)((BigInteger)State.CostBasis * quantity / State.Quantity);
        State.Quantity -= quantity;
        State.CostBasis -= cost;
        State.RealizedPnl += notional - cost;
        State.Fees += fee;
        State.DayCashFlow += notional;
    }

    public void Receive(NaiveInstrument instrument, long quantity, long cost)
    {
        BeginChange(instrument);
        State.Quantity += quantity;
        State.CostBasis += cost;
        State.DayCashFlow -= cost;
    }

    /// <summary>The issuance account's side of a delivery.</summary>
    public void Issue(NaiveInstrument instrument, long quantity)
    {
        BeginChange(instrument);
        State.Quantity -= quantity;
    }

    /// <summary>As it stands on the instrument's current day.</summary>
    public PositionState Today(NaiveInstrument instrument) =>
        _day == instrument.Day ? State : State with { DayOpenQuantity = State.Quantity, DayCashFlow = 0 };

    void BeginChange(NaiveInstrument instrument)
    {
        if (_day == instrument.Day) return;
        _day = instrument.Day;
        State.DayOpenQuantity = State.Quantity;
        State.DayCashFlow = 0;
    }
}
