using MyTradeX.Contracts;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>What a refused command was about, so that its refusal can be told in the sender's own terms.</summary>
/// <param name="Instrument">The instrument, when there is one.</param>
/// <param name="Currency">The currency of an amount; the instrument's unless given.</param>
/// <param name="ClientOrderId">The sender's own order id, given back.</param>
internal readonly record struct CommandSubject(ListedInstrument? Instrument = null, ListedCurrency? Currency = null, string? ClientOrderId = null);

/// <summary>Refusals of the exchange as the doors tell them: what was wrong, the value seen, the rule, the way out.</summary>
internal static class CommandRefusals
{
    /// <summary>Tells why a command was refused.</summary>
    public static Refusal Explain(in CommandResult result, in CommandSubject subject)
    {
        var code = RejectCodes.CodeOf(result.Code);
        var (message, details) = Tell(in result, in subject, code);
        return new(code, message, details with { Field = details.Field ?? RejectCodes.FieldOf(result.Field), ClientOrderId = subject.ClientOrderId });
    }

    static (string Message, ErrorDetails Details) Tell(in CommandResult result, in CommandSubject subject, ErrorCode code)
    {
        var symbol = subject.Instrument?.Symbol ?? "the instrument";
        var field = RejectCodes.FieldOf(result.Field) ?? "the request";
        switch (result.Code)
        {
            case RejectCode.IdempotencyConflict:
                return ("This idempotency key was used for a different request; take a new one.", new() { Field = "Idempotency-Key", Reason = "belongs to a different request" });
            case RejectCode.DuplicateClientOrderId:
                return ($"clientOrderId {subject.ClientOrderId} belongs to {Ids.Order(result.SubjectId)}, which has other terms; take a new id.",
                    new() { Reason = "belongs to an order with other terms", Observed = Ids.Order(result.SubjectId) });
            case RejectCode.TradingBlocked:
                return ("Your kill switch is engaged; lift it with PUT /orders/kill-switch to trade again.", new() { Reason = "the kill switch is engaged" });
            case RejectCode.MarketHalted:
                return ($"Trading in {symbol} is halted; until it resumes, orders can only be cancelled.", new() { Reason = "is halted" });
            case RejectCode.MarketClosed:
                return ($"The session of {symbol} is closed; GET /instruments/{symbol} tells its hours.", new() { Reason = "is outside its session" });
            case RejectCode.AccountNotTradable:
                return ("Only TRADING accounts trade; open one with POST /accounts.", new() { Reason = "is not of type TRADING" });
            case RejectCode.AccountClosed:
                return ("The account is closed.", new() { Reason = "is closed" });
            case RejectCode.AccountNotEmpty when subject.Currency is { } currency:
                return result.Observed != 0
                    ? ($"The account still has {Scaled.Money(currency.Cash(result.Observed))} {currency.Code}; send it to another one first.", new() { Reason = "is not empty", Observed = currency.Cash(result.Observed), Limit = 0m })
                    : ("The account still has shares or open orders.", new() { Reason = "is not empty" });
            case RejectCode.CurrencyMismatch:
                return ($"The account holds another currency than {symbol} trades in.", new() { Reason = $"does not hold {subject.Instrument?.Currency.Code ?? "the instrument's currency"}" });
            case RejectCode.InvalidTickSize when subject.Instrument is { } instrument:
                return OffTick(instrument, field, instrument.Price(result.Observed), result.Limit);
            case RejectCode.InvalidLotSize when subject.Instrument is { } instrument:
                return OffLot(instrument, instrument.Quantity(result.Observed), result.Limit);
            case RejectCode.QuantityOutOfRange when subject.Instrument is { } instrument:
            {
                var isQuantity = result.Field == CommandField.Quantity;
                return OutOfRange(field, isQuantity ? Number(instrument.Quantity(result.Observed)) : instrument.Price(result.Observed),
                    isQuantity ? Number(instrument.Quantity(result.Limit)) : instrument.Price(result.Limit));
            }
            case RejectCode.QuantityBelowFilled when subject.Instrument is { } instrument:
            {
                var (wanted, filled) = (instrument.Quantity(result.Observed), instrument.Quantity(result.Limit));
                return ($"quantity {Scaled.Shares(wanted)} is not above the {Scaled.Shares(filled)} that have traded already; cancel the order instead.",
                    new() { Reason = "must be above what has traded", Observed = Number(wanted), Limit = Number(filled) });
            }
            case RejectCode.PriceOutOfBand when subject.Instrument is { } instrument:
            {
                var (price, limit) = (instrument.Price(result.Observed), instrument.Price(result.Limit));
                var low = price < limit;
                return ($"price {Scaled.Money(price)} is {(low ? "below" : "above")} {symbol}'s band, which {(low ? "begins" : "ends")} at {Scaled.Money(limit)} now.",
                    new() { Reason = low ? "is below the price band" : "is above the price band", Observed = price, Limit = limit, Suggested = limit });
            }
            case RejectCode.OrderTooLarge when subject.Instrument is { } instrument:
            {
                var (quantity, most, suggested) = (instrument.Quantity(result.Observed), instrument.Quantity(result.Limit), instrument.Quantity(result.Suggested));
                return ($"quantity {Scaled.Shares(quantity)} at this price is worth more than one order may be; the most is {Scaled.Shares(most)}.",
                    new() { Reason = "makes the order too large", Observed = Number(quantity), Limit = Number(most), Suggested = Number(suggested) });
            }
            case RejectCode.TooManyOpenOrders:
                return ($"There are {result.Limit} open orders, and more may not be; cancel some.", new() { Reason = "too many open orders", Limit = result.Limit });
            case RejectCode.PostOnlyWouldTake when subject.Instrument is { } instrument:
            {
                var (price, best, rests) = (instrument.Price(result.Observed), instrument.Price(result.Limit), instrument.PriceOrNone(Math.Max(result.Suggested, 0)));
                return ($"price {Scaled.Money(price)} would trade at once with {Scaled.Money(best)}{(rests is { } at ? $"; {Scaled.Money(at)} would rest" : "")}.",
                    new() { Reason = "would trade at once", Observed = price, Limit = best, Suggested = rests });
            }
            case RejectCode.InsufficientFunds when subject.Instrument is { } instrument:
            {
                var (available, needed) = (instrument.Cash(result.Observed), instrument.Cash(result.Limit));
                return ($"The order needs {Scaled.Money(needed)} {instrument.Currency.Code}; {Scaled.Money(available)} is available.",
                    new() { Reason = "needs more money than is available", Observed = available, Limit = needed });
            }
            case RejectCode.InsufficientPosition when subject.Instrument is { } instrument:
            {
                var (available, needed) = (instrument.Quantity(result.Observed), instrument.Quantity(result.Limit));
                return ($"The order sells {Scaled.Shares(needed)} {symbol}; {Scaled.Shares(available)} are available.",
                    new() { Reason = "sells more than is available", Observed = Number(available), Limit = Number(needed), Suggested = available > 0 ? Number(available) : null });
            }
            case RejectCode.AmountOutOfRange when result.Field == CommandField.Quantity && subject.Instrument is { } instrument:
                return OutOfRange(field, Number(instrument.Quantity(result.Observed)), Number(instrument.Quantity(result.Limit)));
            case RejectCode.AmountOutOfRange when result.Field == CommandField.Price && subject.Instrument is { } instrument:
                return OutOfRange("unitCost", instrument.Price(result.Observed), result.Limit == Core.Limits.MaxIssued ? null : instrument.Price(result.Limit));
            case RejectCode.AmountOutOfRange when subject.Currency is { } currency:
                return OutOfRange(field, currency.Cash(result.Observed), currency.Cash(result.Limit));
            case RejectCode.InvalidCommand:
                return ($"{field} is not valid here.", new() { Reason = "is out of range, or does not go with the other fields", Limit = result.Limit == 0 ? null : result.Limit });
            case RejectCode.LimitExceeded:
                return ($"There are {result.Limit} already, and more may not be.", new() { Reason = "the table is full", Limit = result.Limit });
            default:
                return (code.Meaning, new());
        }
    }

    /// <summary>A price between two ticks, or finer than any.</summary>
    /// <param name="tick">The tick in price units.</param>
    public static (string Message, ErrorDetails Details) OffTick(ListedInstrument instrument, string field, decimal price, long tick)
    {
        var step = instrument.Price(tick);
        var (below, above) = Neighbours(price, step);
        var nearest = Nearest(price, below, above);
        var way = below == 0 ? $"the nearest is {Scaled.Money(above)}" : $"nearest are {Scaled.Money(below)} and {Scaled.Money(above)}";
        return ($"{field} {Scaled.Money(price)} is off {instrument.Symbol}'s {Scaled.Money(step)} tick; {way}.",
            new() { Field = field, Reason = "must be a multiple of the tick", Observed = price, Limit = step, Suggested = nearest });
    }

    /// <summary>A quantity between two lots, or finer than any.</summary>
    /// <param name="lot">The lot in quantity units.</param>
    public static (string Message, ErrorDetails Details) OffLot(ListedInstrument instrument, decimal quantity, long lot)
    {
        var step = instrument.Quantity(lot);
        var (below, above) = Neighbours(quantity, step);
        var way = below == 0 ? $"the nearest is {Scaled.Shares(above)}" : $"nearest are {Scaled.Shares(below)} and {Scaled.Shares(above)}";
        return ($"quantity {Scaled.Shares(quantity)} is no multiple of {instrument.Symbol}'s lot of {Scaled.Shares(step)}; {way}.",
            new() { Field = "quantity", Reason = "must be a multiple of the lot", Observed = Number(quantity), Limit = Number(step), Suggested = Number(Nearest(quantity, below, above)) });
    }

    /// <summary>A value beyond what one command may carry.</summary>
    public static (string Message, ErrorDetails Details) OutOfRange(string field, object observed, object? limit) => limit is null
        ? ($"{field} {Words(observed)} is too large.", new() { Field = field, Reason = "is too large", Observed = observed })
        : ($"{field} {Words(observed)} is out of range; the bound is {Words(limit)}.",
            new() { Field = field, Reason = "is out of range", Observed = observed, Limit = limit, Suggested = limit });

    /// <summary>Shares as details show them: whole ones without decimals.</summary>
    public static object Number(decimal quantity) =>
        decimal.Truncate(quantity) == quantity && quantity is >= long.MinValue and <= long.MaxValue ? (object)(long)quantity : quantity;

    static (decimal Below, decimal Above) Neighbours(decimal value, decimal step)
    {
        var below = value - value % step;
        return (below, below + step);
    }

    // As the exchange has it: at least one step, and of two equally near the lower.
    static decimal Nearest(decimal value, decimal below, decimal above) => below > 0 && value - below <= above - value ? below : above;

    static string Words(object value) => value is decimal money ? Scaled.Money(money) : $"{value}";
}
