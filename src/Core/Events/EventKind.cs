namespace MyTradeX.Core;

/// <summary>What an event tells.</summary>
public enum EventKind : byte
{
    /// <summary>See <see cref="Core.CurrencyCreated"/>.</summary>
    CurrencyCreated = 1,
    /// <summary>See <see cref="Core.InstrumentChanged"/>.</summary>
    InstrumentChanged = 2,
    /// <summary>See <see cref="Core.AccountChanged"/>.</summary>
    AccountChanged = 3,
    /// <summary>See <see cref="Core.PositionChanged"/>.</summary>
    PositionChanged = 4,
    /// <summary>See <see cref="Core.LedgerPosted"/>.</summary>
    LedgerPosted = 5,
    /// <summary>See <see cref="Core.OrderUpdated"/>.</summary>
    OrderUpdated = 6,
    /// <summary>See <see cref="Core.TradeExecuted"/>.</summary>
    TradeExecuted = 7,
    /// <summary>See <see cref="Core.LevelChanged"/>.</summary>
    LevelChanged = 8,
    /// <summary>See <see cref="Core.KillSwitchChanged"/>.</summary>
    KillSwitchChanged = 9,
    /// <summary>See <see cref="Core.TransferChanged"/>.</summary>
    TransferChanged = 10,
}
