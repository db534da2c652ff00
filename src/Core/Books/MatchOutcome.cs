namespace MyTradeX.Core;

/// <summary>How an arriving order's matching ended.</summary>
public enum MatchOutcome : byte
{
    /// <summary>It is filled, or there is nothing left at its price or better.</summary>
    Done,
    /// <summary>It met an order of its own user and must not go on.</summary>
    SelfTrade,
}
