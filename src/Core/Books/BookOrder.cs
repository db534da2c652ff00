namespace MyTradeX.Core;

/// <summary>What matching needs to know of a resting order: 32 bytes, two to a cache line.</summary>
public struct BookOrder
{
    /// <summary>The order's number.</summary>
    public long Id;
    /// <summary>Quantity that has not traded.</summary>
    public long Open;
    /// <summary>The order behind it at its price, or the next free slot; -1 for none.</summary>
    public int Next;
    /// <summary>The order before it at its price; -1 for none.</summary>
    public int Previous;
    /// <summary>Slot of its price level.</summary>
    public int Level;
    /// <summary>Slot of its user, for self-trade prevention.</summary>
    public int Owner;
}
