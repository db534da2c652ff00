namespace MyTradeX.Core;

/// <summary>The orders at one price, first come first served, and their sum.</summary>
public struct PriceLevel
{
    /// <summary>The price.</summary>
    public long Price;
    /// <summary>Open quantity of all its orders.</summary>
    public long Quantity;
    /// <summary>How many orders there are.</summary>
    public int OrderCount;
    /// <summary>Slot of the order that came first.</summary>
    public int Head;
    /// <summary>Slot of the order that came last, or the next free level.</summary>
    public int Tail;
}
