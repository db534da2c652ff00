namespace MyTradeX.Core;

/// <summary>Where an order stands.</summary>
public enum OrderStatus : byte
{
    /// <summary>Accepted and working, nothing filled.</summary>
    New = 1,
    /// <summary>Working, filled in part.</summary>
    Partial = 2,
    /// <summary>Filled in full.</summary>
    Filled = 3,
    /// <summary>Ended by its owner, an administrator, the kill switch or self-trade prevention.</summary>
    Cancelled = 4,
    /// <summary>Ended by its time in force.</summary>
    Expired = 5,
    /// <summary>A stop order that was accepted but could not become a working order when it was triggered.</summary>
    Rejected = 6,
}
