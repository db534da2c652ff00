namespace MyTradeX.Core;

/// <summary>What happens when an arriving order meets a resting order of the same user. The arriving order's choice counts.</summary>
public enum SelfTradePrevention : byte
{
    /// <summary>The arriving order's rest is cancelled.</summary>
    CancelNewest = 1,
    /// <summary>The resting order is cancelled and matching goes on.</summary>
    CancelOldest = 2,
    /// <summary>Both are cancelled.</summary>
    CancelBoth = 3,
    /// <summary>They trade with each other.</summary>
    None = 4,
}
