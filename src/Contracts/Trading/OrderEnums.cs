namespace MyTradeX.Contracts.Trading;

/// <summary>Which way an order trades.</summary>
public enum OrderSide
{
    /// <summary>Pays money for shares.</summary>
    Buy,
    /// <summary>Gives shares for money.</summary>
    Sell,
}

/// <summary>How an order's price is found.</summary>
public enum OrderType
{
    /// <summary>Trades at its price or better and may rest in the book.</summary>
    Limit,
    /// <summary>Trades at once at the best prices there are, never beyond the price band; the rest expires.</summary>
    Market,
    /// <summary>Waits for the last price to reach its stop price, then trades at once; the rest expires.</summary>
    Stop,
    /// <summary>Waits for the last price to reach its stop price, then is a limit order.</summary>
    StopLimit,
}

/// <summary>How long an order works.</summary>
public enum TimeInForce
{
    /// <summary>Until the instrument's session closes.</summary>
    Day,
    /// <summary>Until it is filled or cancelled.</summary>
    Gtc,
    /// <summary>Trades what it can at once; the rest expires.</summary>
    Ioc,
    /// <summary>Trades in full at once, or expires without a trade.</summary>
    Fok,
}

/// <summary>Where an order stands.</summary>
public enum OrderStatus
{
    /// <summary>Accepted and working, nothing filled.</summary>
    New,
    /// <summary>Working, filled in part.</summary>
    Partial,
    /// <summary>Filled in full.</summary>
    Filled,
    /// <summary>Ended by its owner, an administrator, the kill switch or self-trade prevention.</summary>
    Cancelled,
    /// <summary>Ended by its time in force.</summary>
    Expired,
    /// <summary>A stop order that could not become a working order when it was triggered.</summary>
    Rejected,
}

/// <summary>What last happened to an order, and for an ended order why it ended.</summary>
public enum OrderReason
{
    /// <summary>It was accepted.</summary>
    Accepted,
    /// <summary>It traded.</summary>
    Traded,
    /// <summary>Its owner changed its price or quantity.</summary>
    Amended,
    /// <summary>Its stop price was reached.</summary>
    Triggered,
    /// <summary>Its owner or an administrator cancelled it.</summary>
    CancelRequested,
    /// <summary>The owner's kill switch cancelled it.</summary>
    KillSwitch,
    /// <summary>It met an order of the same user.</summary>
    SelfTrade,
    /// <summary>What could not trade at once has expired (IOC, MARKET and triggered STOP orders).</summary>
    Unfilled,
    /// <summary>It could not be filled in full at once (FOK).</summary>
    NotFillable,
    /// <summary>The session closed (DAY).</summary>
    SessionClosed,
    /// <summary>A post-only stop-limit order would have taken liquidity when it was triggered.</summary>
    PostOnlyWouldTake,
}

/// <summary>What happens when an arriving order meets a resting order of the same user. The arriving order's choice counts.</summary>
public enum SelfTradePrevention
{
    /// <summary>The arriving order's rest is cancelled.</summary>
    CancelNewest,
    /// <summary>The resting order is cancelled and matching goes on.</summary>
    CancelOldest,
    /// <summary>Both are cancelled.</summary>
    CancelBoth,
    /// <summary>They trade with each other.</summary>
    None,
}

/// <summary>Whether a fill's order rested or arrived.</summary>
public enum Liquidity
{
    /// <summary>It rested in the book and pays the maker fee.</summary>
    Maker,
    /// <summary>It arrived and pays the taker fee.</summary>
    Taker,
}
