using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>An account's shares of one instrument as the world sees them.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct PositionState
{
    /// <summary>The account.</summary>
    public long AccountId;
    /// <summary>The instrument.</summary>
    public int InstrumentId;
    /// <summary>Shares, in quantity units.</summary>
    public long Quantity;
    /// <summary>The part of <see cref="Quantity"/> that open sell orders reserve.</summary>
    public long Held;
    /// <summary>What the shares held have cost, without fees, in the currency's units. Average cost is this over the quantity.</summary>
    public long CostBasis;
    /// <summary>Profit taken on shares sold: proceeds less their average cost, without fees, in the currency's units.</summary>
    public long RealizedPnl;
    /// <summary>Fees paid on its trades, in the currency's units.</summary>
    public long Fees;
    /// <summary>Shares held when the instrument's current day began.</summary>
    public long DayOpenQuantity;
    /// <summary>Money its trades have brought in (+) or taken (−) on the instrument's current day, deliveries counted at their cost, without fees.</summary>
    public long DayCashFlow;
    /// <summary>When it last changed, microseconds since 1970 UTC.</summary>
    public long UpdatedAt;

    /// <summary>What can be sold.</summary>
    public readonly long Available => Quantity - Held;
}
