namespace MyTradeX.Core;

/// <summary>What last happened to an order, and for an ended order why it ended.</summary>
public enum OrderChange : byte
{
    /// <summary>It was accepted.</summary>
    Accepted = 1,
    /// <summary>It traded.</summary>
    Traded = 2,
    /// <summary>Its owner changed its price or quantity.</summary>
    Amended = 3,
    /// <summary>Its stop price was reached.</summary>
    Triggered = 4,
    /// <summary>Its owner or an administrator cancelled it.</summary>
    CancelRequested = 5,
    /// <summary>The owner's kill switch cancelled it.</summary>
    KillSwitch = 6,
    /// <summary>It met an order of the same user.</summary>
    SelfTrade = 7,
    /// <summary>What could not trade at once has expired (IOC, MARKET and triggered STOP orders).</summary>
    Unfilled = 8,
    /// <summary>It could not be filled in full at once (FOK).</summary>
    NotFillable = 9,
    /// <summary>The session closed (DAY).</summary>
    SessionClosed = 10,
    /// <summary>A post-only stop-limit order would have taken liquidity when it was triggered.</summary>
    PostOnlyWouldTake = 11,
}
