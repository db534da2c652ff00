using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Brings shares in, against the issuance account.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct DeliverPosition
{
    /// <summary>The account to credit.</summary>
    public long AccountId;
    /// <summary>The instrument.</summary>
    public int InstrumentId;
    /// <summary>Quantity in the instrument's units, 1 to <see cref="Limits.MaxAmount"/>.</summary>
    public long Quantity;
    /// <summary>What one share counts as having cost, in the instrument's price units; 0 for free.</summary>
    public long UnitCost;
}
