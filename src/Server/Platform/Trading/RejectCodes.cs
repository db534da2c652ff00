using MyTradeX.Contracts;
using MyTradeX.Core;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>The exchange's reasons as the doors' codes. The only such table.</summary>
internal static class RejectCodes
{
    /// <summary>The code that a refused command is answered with.</summary>
    public static ErrorCode CodeOf(RejectCode code) => code switch
    {
        RejectCode.InvalidCommand => ErrorCode.ValidationError,
        RejectCode.IdempotencyConflict => ErrorCode.IdempotencyConflict,
        RejectCode.AccountNotFound => ErrorCode.AccountNotFound,
        RejectCode.AccountNotTradable => ErrorCode.AccountNotTradable,
        RejectCode.InstrumentNotFound => ErrorCode.InstrumentNotFound,
        RejectCode.CurrencyNotFound => ErrorCode.CurrencyNotFound,
        RejectCode.CurrencyMismatch => ErrorCode.CurrencyMismatch,
        RejectCode.DuplicateClientOrderId => ErrorCode.DuplicateClientOrderId,
        RejectCode.OrderNotFound => ErrorCode.OrderNotFound,
        RejectCode.TradingBlocked => ErrorCode.TradingBlocked,
        RejectCode.MarketHalted => ErrorCode.MarketHalted,
        RejectCode.MarketClosed => ErrorCode.MarketClosed,
        RejectCode.InvalidLotSize => ErrorCode.InvalidLotSize,
        RejectCode.QuantityOutOfRange => ErrorCode.QuantityOutOfRange,
        RejectCode.QuantityBelowFilled => ErrorCode.QuantityBelowFilled,
        RejectCode.InvalidTickSize => ErrorCode.InvalidTickSize,
        RejectCode.PriceOutOfBand => ErrorCode.PriceOutOfBand,
        RejectCode.OrderTooLarge => ErrorCode.OrderTooLarge,
        RejectCode.TooManyOpenOrders => ErrorCode.TooManyOpenOrders,
        RejectCode.PostOnlyWouldTake => ErrorCode.PostOnlyWouldTake,
        RejectCode.InsufficientFunds => ErrorCode.InsufficientFunds,
        RejectCode.InsufficientPosition => ErrorCode.InsufficientPosition,
        RejectCode.InstrumentExists => ErrorCode.InstrumentExists,
        RejectCode.CurrencyExists => ErrorCode.CurrencyExists,
        RejectCode.LimitExceeded => ErrorCode.LimitExceeded,
        RejectCode.AmountOutOfRange => ErrorCode.AmountOutOfRange,
        RejectCode.AccountClosed => ErrorCode.AccountClosed,
        RejectCode.AccountNotEmpty => ErrorCode.AccountNotEmpty,
        RejectCode.DayLimitExceeded => ErrorCode.DailyLimitExceeded,
        RejectCode.TransferNotFound => ErrorCode.TransferNotFound,
        RejectCode.TooManyTransfers => ErrorCode.TooManyTransfers,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "is no refusal"),
    };

    /// <summary>The name that requests give a field; null for what no request names.</summary>
    public static string? FieldOf(CommandField field) => field switch
    {
        CommandField.None or CommandField.User => null,
        CommandField.Account => "accountId",
        CommandField.Symbol => "symbol",
        CommandField.Side => "side",
        CommandField.OrderType => "orderType",
        CommandField.TimeInForce => "timeInForce",
        CommandField.SelfTradePrevention => "selfTradePrevention",
        CommandField.PostOnly => "postOnly",
        CommandField.Price => "price",
        CommandField.StopPrice => "stopPrice",
        CommandField.Quantity => "quantity",
        CommandField.ClientOrderId => "clientOrderId",
        CommandField.Amount => "amount",
        CommandField.Currency => "currency",
        CommandField.Scale => "priceScale",
        CommandField.TickSize => "tickSize",
        CommandField.LotSize => "lotSize",
        CommandField.PriceBand => "priceBandPercent",
        CommandField.Fee => "feePercent",
        CommandField.Session => "sessionOpen",
        CommandField.AccountType => "type",
        CommandField.ToAccount => "toAccountId",
        CommandField.RunAt => "runAt",
        CommandField.Transfer => "id",
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, "is no field"),
    };
}
