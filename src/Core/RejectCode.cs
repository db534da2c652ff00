namespace MyTradeX.Core;

/// <summary>
/// Why a command was refused. A refused command changes nothing. When several apply, docs/trading-rules.md says which one is given.
/// The numbers are written in snapshots: they are never reused. What <see cref="CommandResult.Observed"/>, <see cref="CommandResult.Limit"/> and <see cref="CommandResult.Suggested"/> hold is said with each code.
/// </summary>
public enum RejectCode : byte
{
    /// <summary>Not refused.</summary>
    None = 0,
    /// <summary>A field is out of its range or combined with another that excludes it; <see cref="CommandResult.Field"/> names it.</summary>
    InvalidCommand,
    /// <summary>The request key was used before for a different request. Subject: what that request made.</summary>
    IdempotencyConflict,
    /// <summary>No such account, or it belongs to somebody else.</summary>
    AccountNotFound,
    /// <summary>The account's type does not trade.</summary>
    AccountNotTradable,
    /// <summary>No such instrument.</summary>
    InstrumentNotFound,
    /// <summary>No such currency.</summary>
    CurrencyNotFound,
    /// <summary>The account holds another currency than the instrument trades in.</summary>
    CurrencyMismatch,
    /// <summary>The client order id was used before for different terms. Subject: that order.</summary>
    DuplicateClientOrderId,
    /// <summary>No such order, or it belongs to somebody else. It may also have ended and left the core's memory.</summary>
    OrderNotFound,
    /// <summary>The user's kill switch is on.</summary>
    TradingBlocked,
    /// <summary>Trading in the instrument is halted.</summary>
    MarketHalted,
    /// <summary>The instrument's session is closed.</summary>
    MarketClosed,
    /// <summary>The quantity is no multiple of the lot. Observed: quantity; limit: lot; suggested: nearest valid quantity.</summary>
    InvalidLotSize,
    /// <summary>The quantity or price is beyond what one order may carry. Observed, limit and suggested (the limit): of <see cref="CommandResult.Field"/>.</summary>
    QuantityOutOfRange,
    /// <summary>The new total quantity is not above what has traded. Observed: quantity; limit: traded quantity.</summary>
    QuantityBelowFilled,
    /// <summary>The price is no multiple of the tick. Observed: price; limit: tick; suggested: nearest valid price.</summary>
    InvalidTickSize,
    /// <summary>The price is outside the band around the reference price. Observed: price; limit and suggested: the nearest valid price.</summary>
    PriceOutOfBand,
    /// <summary>Price × quantity is beyond <see cref="Limits.MaxIssued"/>. Observed: quantity, of an amendment what would be left; limit: the most at this price; suggested: that in whole lots.</summary>
    OrderTooLarge,
    /// <summary>The account, or the venue, has as many open orders as it may. Limit: how many.</summary>
    TooManyOpenOrders,
    /// <summary>A post-only order would have traded on arrival. Observed: price; limit: best opposite price; suggested: nearest price that rests, 0 for none.</summary>
    PostOnlyWouldTake,
    /// <summary>The money available does not cover the order. Observed: available, for an amendment with what the order holds already; limit: needed.</summary>
    InsufficientFunds,
    /// <summary>The shares available do not cover the order. Observed and suggested: available, for an amendment with what the order holds already; limit: needed.</summary>
    InsufficientPosition,
    /// <summary>The symbol is taken. Subject: that instrument.</summary>
    InstrumentExists,
    /// <summary>The code is taken. Subject: that currency.</summary>
    CurrencyExists,
    /// <summary>The table is full. Limit: how many it holds.</summary>
    LimitExceeded,
    /// <summary>The amount is outside its range. Observed: amount; limit and suggested: the bound it crosses, which for money and shares brought in is also what may still be issued.</summary>
    AmountOutOfRange,
    /// <summary>The account is closed.</summary>
    AccountClosed,
    /// <summary>The account still has money, shares or open orders. Observed: its balance.</summary>
    AccountNotEmpty,
    /// <summary>The account would send more in one day than it may. Observed: sent today; limit: the most a day; suggested: what may still be sent.</summary>
    DayLimitExceeded,
    /// <summary>No such transfer is waiting, or it is somebody else's. It may have ended and left the core's memory.</summary>
    TransferNotFound,
    /// <summary>The account, or the venue, has as many scheduled transfers as it may. Limit: how many.</summary>
    TooManyTransfers,
}
