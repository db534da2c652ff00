namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// The rules that the books are held against. Each is described in docs/reconciliation.md. Those up to <see cref="Replay"/> are about the exchange
/// itself, those after it about SQL.
/// </summary>
public enum AuditCheck
{
    /// <summary>Money and shares: what is held adds up to what was brought in, for each currency and instrument.</summary>
    Conservation,
    /// <summary>What accounts and positions hold is what their open orders reserve.</summary>
    Holds,
    /// <summary>An order's own figures agree with each other and with its account.</summary>
    Orders,
    /// <summary>Price levels are the sum of their orders, and no book is crossed.</summary>
    Books,
    /// <summary>Events tell no other story than the state does.</summary>
    Events,
    /// <summary>The exchange that trades is what a replay of its journal gives.</summary>
    Replay,
    /// <summary>SQL's accounts are the exchange's.</summary>
    Accounts,
    /// <summary>SQL's positions are the exchange's.</summary>
    Positions,
    /// <summary>SQL's instruments are the exchange's.</summary>
    Instruments,
    /// <summary>SQL's open orders are the exchange's.</summary>
    OpenOrders,
    /// <summary>SQL's ledger: entries sum to zero, lines lead from one balance to the next, and the last one to the account's.</summary>
    Ledger,
    /// <summary>SQL's trades are those that the replay gives.</summary>
    Trades,
    /// <summary>SQL's ledger lines are those that the replay gives.</summary>
    LedgerLines,
    /// <summary>SQL's orders are those that the replay gives.</summary>
    OrderHistory,
    /// <summary>SQL's minute candles are those that the replay gives.</summary>
    Candles,
    /// <summary>SQL's transfers are those that the replay gives.</summary>
    Transfers,
}
