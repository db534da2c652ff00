namespace MyTradeX.Core;

/// <summary>All the core keeps of an open order, beside what its book needs.</summary>
struct OrderRecord
{
    /// <summary>The order as the world sees it.</summary>
    public OrderState State;
    /// <summary>The worst price it trades at once it works: see "working price" in the trading rules.</summary>
    public long WorkingPrice;
    /// <summary>Money it holds; sells hold their remaining quantity.</summary>
    public long HeldCash;
    /// <summary>Its maker rate, fixed at acceptance.</summary>
    public int MakerFeePpm;
    /// <summary>Its taker rate, fixed at acceptance.</summary>
    public int TakerFeePpm;
    /// <summary>Where it waits.</summary>
    public OrderPlace Place;
    /// <summary>Whether what it holds follows from its working price (not so for MARKET orders, which hold what they will cost).</summary>
    public bool HoldsAtWorkingPrice;
    /// <summary>Slot of the position that a sell delivers from; meaningless for a buy, whose position may only come with its first fill.</summary>
    public int Position;

    /// <summary>Whether what is left after its arrival must not rest.</summary>
    public readonly bool IsImmediate =>
        State.Type is OrderType.Market or OrderType.Stop || State.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok;
}
