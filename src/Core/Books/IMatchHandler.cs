namespace MyTradeX.Core;

/// <summary>What the exchange does as a book matches. Implemented by structs, so that matching is compiled together with it.</summary>
public interface IMatchHandler
{
    /// <summary>A resting order has traded. It is still in its slot, its open quantity already lowered; when that is zero it has left the book.</summary>
    void OnFill(int restingSlot, long price, long quantity);

    /// <summary>A resting order of the arriving order's user has been taken out of the book by self-trade prevention.</summary>
    void OnRestingRemoved(int restingSlot);

    /// <summary>A level has changed for good as far as this arrival goes; quantity 0 when it is gone.</summary>
    void OnLevel(long price, long quantity, int orderCount);
}
