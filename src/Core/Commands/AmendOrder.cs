using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Changes an open order. A smaller quantity at the same prices keeps its place in the queue; anything else loses it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct AmendOrder
{
    /// <summary>The order.</summary>
    public long OrderId;
    /// <summary>New limit price; 0 leaves it.</summary>
    public long Price;
    /// <summary>New stop price; 0 leaves it.</summary>
    public long StopPrice;
    /// <summary>New total quantity, traded part included; 0 leaves it.</summary>
    public long Quantity;
}
