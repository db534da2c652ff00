using System.Globalization;
using System.Text;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Core;
using MyTradeX.Server.Features.Accounts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Features.Transfers;

/// <summary>A request to send money in the exchange's own terms, without the limits.</summary>
/// <param name="Terms">The command's payload.</param>
/// <param name="Currency">The paying account's.</param>
internal readonly record struct TransferDraft(TransferCash Terms, ListedCurrency Currency)
{
    // Far enough for a standing order, and no slip of a digit.
    const int YearsAheadMax = 10;

    /// <summary>Reads a request.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_ERROR</c>; <c>ACCOUNT_NOT_FOUND</c> when it is not the caller's that shall pay; <c>CURRENCY_MISMATCH</c>.</exception>
    public static TransferDraft Read(Caller caller, TransferRequest request, Faults faults, AccountService accounts, Listings listings)
    {
        var from = faults.Text(request.FromAccountId, "fromAccountId", lengthMax: 64);
        var to = ReadReceiver(request, faults);
        if (request.Amount is null)
            faults.Add("amount", "is required");
        else if (request.Amount <= 0)
            faults.Add("amount", "must be positive");
        var memo = faults.OptionalText(request.Memo, "memo", Text64.MaxBytes);
        if (memo is not null && Encoding.UTF8.GetByteCount(memo) > Text64.MaxBytes)
            faults.Add("memo", $"must take at most {Text64.MaxBytes} bytes of UTF-8");
        faults.ThrowIfAny();

        var payer = accounts.Require(caller, from);
        var currency = listings.Currency(payer.CurrencyId);
        if (request.Currency is { } wanted && listings.RequireCurrency(wanted.Trim()).Id != currency.Id)
            throw new ApiException(ErrorCode.CurrencyMismatch, $"{from} holds {currency.Code}; leave currency out, or send from an account in {wanted.Trim().ToUpperInvariant()}.",
                new() { Field = "currency", Reason = "is not the paying account's", Observed = wanted.Trim(), Suggested = currency.Code });
        return new(new TransferCash { FromAccountId = payer.Id, ToAccountId = to, Amount = ReadAmount(request.Amount!.Value, currency), Memo = Text64.From(memo ?? "") }, currency);
    }

    /// <summary>When a transfer is to happen, and when again.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_ERROR</c></exception>
    public static (DateTimeOffset RunAt, Recurrence? Recurrence) ReadTime(ScheduleTransferRequest request, Faults faults, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.Utc;
        var name = request.TimeZone?.Trim() ?? "UTC";
        if (name is not "UTC" && !(TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone!) && zone.HasIanaId))
            faults.Add("timeZone", "must be an IANA time zone such as Europe/Berlin");
        var runAt = ReadRunAt(request.RunAt, zone ?? TimeZoneInfo.Utc, faults);
        if (!faults.Has("runAt"))
        {
            // That it lies ahead the exchange makes sure of: a repetition under the same key may come when it no longer does.
            faults.Require(runAt < now.AddYears(YearsAheadMax), "runAt", $"must be within {YearsAheadMax} years");
        }
        if (request.Recurrence is not { } again)
        {
            faults.ThrowIfAny();
            return (runAt, null);
        }
        if (again.Frequency is null)
            faults.Add("recurrence.frequency", "is required");
        faults.Require(again.Interval is null or (>= 1 and <= Recurrence.IntervalMax), "recurrence.interval", $"must be between 1 and {Recurrence.IntervalMax}");
        faults.ThrowIfAny();
        var there = TimeZoneInfo.ConvertTime(runAt, zone!).DateTime;
        faults.Require(again.Until is null || again.Until >= DateOnly.FromDateTime(there), "recurrence.until", "must not be before runAt");
        var recurrence = new Recurrence(again.Frequency!.Value, again.Interval ?? 1, there, zone!.Id, again.Until);
        faults.Require(Encoding.UTF8.GetByteCount(recurrence.ToString()) <= Text64.MaxBytes, "timeZone", "has too long a name for a recurrence; take another of the same clock");
        faults.ThrowIfAny();
        return (runAt, recurrence);
    }

    static long ReadReceiver(TransferRequest request, Faults faults)
    {
        faults.Require(request.ToAccountId is null || request.ToAccountNumber is null, "toAccountNumber", "does not go with toAccountId");
        long to = 0;
        if (request.ToAccountNumber is { } number)
            faults.Require(AccountNumber.TryParse(number, out to), "toAccountNumber", "is mistyped: its last two digits do not agree with the others");
        else if (faults.Require(request.ToAccountId is not null, "toAccountId", "is required; or toAccountNumber"))
            faults.Require(Ids.TryParse(request.ToAccountId!.Trim(), "account", out to), "toAccountId", "must be an account id such as account-3");
        return to;
    }

    static long ReadAmount(decimal amount, ListedCurrency currency) => Scaled.Read(amount, currency.Scale, out var units) switch
    {
        ScaleFit.Exact => units,
        // Above any limit, whatever it is; the exchange says so.
        ScaleFit.TooLarge => long.MaxValue,
        _ => throw new ApiException(ErrorCode.AmountOutOfRange, $"amount {Scaled.Shares(amount)} has more than {currency.Scale} decimals.",
            new() { Field = "amount", Reason = $"must have at most {currency.Scale} decimals", Observed = amount, Suggested = Scaled.ToDecimal(Math.Max(units, 1), currency.Scale) }),
    };

    static DateTimeOffset ReadRunAt(string? text, TimeZoneInfo zone, Faults faults)
    {
        const string form = "must be an instant such as 2024-02-01T08:00:00Z, or a time in timeZone such as 2024-02-01T09:00:00";
        if (string.IsNullOrWhiteSpace(text))
            faults.Add("runAt", "is required");
        else if (DateTime.TryParseExact(text.Trim(), ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var there))
            return Recurrence.Instant(there, zone);
        else if (UtcTimestampConverter.TryParse(text.Trim(), out var instant))
            // Whole seconds, as a clock on the wall has them.
            return new(instant.Ticks - instant.Ticks % TimeSpan.TicksPerSecond, instant.Offset);
        else
            faults.Add("runAt", form);
        return default;
    }
}
