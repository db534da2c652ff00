using System.Text;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Features.Accounts;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;
using Wire = MyTradeX.Contracts.Trading;

namespace MyTradeX.Server.Features.Transfers;

/// <summary>A transfer after a command, and the command's place in the journal.</summary>
internal readonly record struct TransferOutcome(TransferDto Transfer, long Sequence, bool Replayed);

/// <summary>Money from one account to another, now or later. The exchange moves it and keeps what waits; this reads requests and tells outcomes.</summary>
internal sealed class TransferService(Venue.Venue venue, Listings listings, AccountService accounts, TransferHistory history, TransferOptions options, TimeProvider clock)
{
    /// <summary>Sends money at once. Durable when it returns.</summary>
    /// <exception cref="ApiException">The request is at fault, or the exchange refuses it.</exception>
    public async Task<TransferOutcome> SendAsync(Caller caller, TransferRequest request, Faults faults, CommandKey key, CancellationToken cancellation)
    {
        var draft = TransferDraft.Read(caller, request, faults, accounts, listings);
        var command = Command.From(ActingFor(caller, in draft), draft.Terms);
        // Before the limits: a repetition says the same, whatever the settings have become.
        key.Mark(ref command);
        SetLimits(ref command.TransferCash, draft.Currency);
        var result = await venue.SubmitAsync(in command);
        if (!result.IsAccepted)
            throw new ApiException(Explain(in result, draft.Currency));
        var transfer = result.Repeated ? Show(await RequireStoredAsync(result.SubjectId, cancellation), caller) : Sent(in draft, in result);
        return new(transfer, result.Sequence, result.Repeated);
    }

    /// <summary>Has money sent later, and again if so wished.</summary>
    /// <exception cref="ApiException">The request is at fault, or the exchange refuses it.</exception>
    public async Task<TransferOutcome> ScheduleAsync(Caller caller, ScheduleTransferRequest request, Faults faults, CommandKey key, CancellationToken cancellation)
    {
        var (runAt, recurrence) = TransferDraft.ReadTime(request, faults, clock.GetUtcNow());
        var draft = TransferDraft.Read(caller, request, faults, accounts, listings);
        var command = Command.From(ActingFor(caller, in draft), new ScheduleTransfer { Transfer = draft.Terms, RunAt = Micros.From(runAt), Recurrence = Text64.From(recurrence?.ToString() ?? "") });
        key.Mark(ref command);
        SetLimits(ref command.ScheduleTransfer.Transfer, draft.Currency);
        var result = await venue.SubmitAsync(in command);
        if (!result.IsAccepted)
            throw new ApiException(Explain(in result, draft.Currency));
        return new(await FindAsync(caller, result.SubjectId, cancellation) ?? throw new InvariantBrokenException($"transfer {result.SubjectId} exists"), result.Sequence, result.Repeated);
    }

    /// <summary>Tells what sending would do at this moment.</summary>
    /// <exception cref="ApiException">The request itself is at fault, or the paying account is not the caller's.</exception>
    public TransferValidationDto Validate(Caller caller, TransferRequest request, Faults faults)
    {
        var draft = TransferDraft.Read(caller, request, faults, accounts, listings);
        var terms = draft.Terms;
        SetLimits(ref terms, draft.Currency);
        var (result, available, sent) = venue.Read((User: ActingFor(caller, in draft), Terms: terms), (exchange, asked) =>
        {
            exchange.Preview(asked.User, in asked.Terms, venue.Now(), out var found);
            exchange.TryGetAccount(asked.Terms.FromAccountId, out var from);
            return (found, from.Available, exchange.SentOnDayOf(from.Id, venue.Now()));
        });
        var refusal = result.IsAccepted ? null : Explain(in result, draft.Currency);
        return new()
        {
            Valid = refusal is null,
            Refusal = refusal is null ? null : new(refusal.Code.Name, refusal.Message, refusal.Details),
            ToAccountId = Ids.Account(terms.ToAccountId),
            Currency = draft.Currency.Code,
            Available = draft.Currency.Cash(available),
            MaximumAmount = options.MaximumAmount,
            RemainingToday = draft.Currency.Cash(Math.Max(0, terms.DayLimit - sent)),
        };
    }

    /// <summary>One transfer: sent by the caller, or received and completed; administrators see any.</summary>
    /// <exception cref="ApiException"><c>TRANSFER_NOT_FOUND</c></exception>
    public async Task<TransferDto> GetAsync(Caller caller, string id, CancellationToken cancellation) =>
        (TryParse(id, out var number) ? await FindAsync(caller, number, cancellation) : null) ?? throw NotFound(id);

    /// <summary>Takes a scheduled transfer back, and with it what would have followed.</summary>
    /// <exception cref="ApiException"><c>TRANSFER_NOT_FOUND</c>, <c>TRANSFER_NOT_SCHEDULED</c></exception>
    public async Task<TransferOutcome> CancelAsync(Caller caller, string id, CancelTransferRequest request, Faults faults, CommandKey key, CancellationToken cancellation)
    {
        var reason = faults.OptionalText(request.Reason, "reason", Text64.MaxBytes, lengthMin: 0);
        if (reason is not null && Encoding.UTF8.GetByteCount(reason) > Text64.MaxBytes)
            faults.Add("reason", $"must take at most {Text64.MaxBytes} bytes of UTF-8");
        faults.ThrowIfAny();
        if (!TryParse(id, out var number) || await FindRowAsync(number, cancellation) is not { } row || !caller.MayActFor(row.FromUserId))
            throw NotFound(id);
        var command = Command.From(row.FromUserId == caller.UserId ? caller.UserId : 0, new CancelTransfer { TransferId = number, Reason = Text64.From(reason ?? "") });
        key.Mark(ref command);
        var result = await venue.SubmitAsync(in command);
        if (result.Code == RejectCode.TransferNotFound)
        {
            var now = Show(await RequireStoredAsync(number, cancellation), caller);
            throw new ApiException(ErrorCode.TransferNotScheduled, $"{id} is {Contracts.Wire.WireName.Of(now.Status)}; only a scheduled transfer can be cancelled.",
                new() { Field = "id", Reason = "is not scheduled", Observed = Contracts.Wire.WireName.Of(now.Status) });
        }
        if (!result.IsAccepted)
            throw new ApiException(CommandRefusals.Explain(in result, default));
        return new(Show(await RequireStoredAsync(number, cancellation), caller), result.Sequence, result.Repeated);
    }

    /// <summary>A stored transfer in the wire's words, as its sender sees it, or its receiver.</summary>
    public TransferDto Show(TransferRow row, Caller caller)
    {
        var currency = listings.RequireCurrency(row.Currency);
        var isOwn = caller.MayActFor(row.FromUserId);
        var isDue = row.Status == "SCHEDULED" && row.RunAt <= Micros.Now(clock);
        return new()
        {
            Id = Ids.Transfer(row.Id),
            Status = isDue ? Wire.TransferStatus.Pending : Contracts.Wire.WireName.TryParse<Wire.TransferStatus>(row.Status, out var status) ? status : throw new InvalidDataException($"the store holds '{row.Status}' as a transfer's status"),
            Amount = currency.Cash(row.Amount),
            Currency = row.Currency,
            FromAccountId = Ids.Account(row.FromAccountId),
            ToAccountId = Ids.Account(row.ToAccountId),
            Memo = row.Memo,
            FailureCode = row.Reason is { } reason && Venue.EnumNames<RejectCode>.TryParse(reason, out var code) ? RejectCodes.CodeOf(code).Name : null,
            RunAt = row.RunAt is { } runAt ? Micros.ToInstant(runAt) : null,
            Recurrence = isOwn && row.Recurrence is { } recurrence ? Recurrence.Parse(recurrence).Show() : null,
            SeriesId = isOwn && row.SeriesId is { } series ? Ids.Transfer(series) : null,
            Occurrence = isOwn && row.Occurrence != 0 ? row.Occurrence : null,
            CreatedAt = Micros.ToInstant(row.CreatedAt),
            CompletedAt = row.EndedAt is { } ended ? Micros.ToInstant(ended) : null,
        };
    }

    async Task<TransferDto?> FindAsync(Caller caller, long number, CancellationToken cancellation) =>
        await FindRowAsync(number, cancellation) is { } row && (caller.MayActFor(row.FromUserId) || (row.ToUserId == caller.UserId && row.Status == "COMPLETED")) ? Show(row, caller) : null;

    async Task<TransferRow?> FindRowAsync(long number, CancellationToken cancellation)
    {
        await venue.CatchUpAsync(cancellation);
        return await history.GetAsync(number, cancellation);
    }

    async Task<TransferRow> RequireStoredAsync(long number, CancellationToken cancellation) =>
        await FindRowAsync(number, cancellation) ?? throw new InvariantBrokenException($"transfer {number} exists");

    static TransferDto Sent(in TransferDraft draft, in CommandResult result) => new()
    {
        Id = Ids.Transfer(result.SubjectId),
        Status = Wire.TransferStatus.Completed,
        Amount = draft.Currency.Cash(draft.Terms.Amount),
        Currency = draft.Currency.Code,
        FromAccountId = Ids.Account(draft.Terms.FromAccountId),
        ToAccountId = Ids.Account(draft.Terms.ToAccountId),
        Memo = draft.Terms.Memo.IsEmpty ? null : draft.Terms.Memo.ToString(),
        CreatedAt = Micros.ToInstant(result.Time),
        CompletedAt = Micros.ToInstant(result.Time),
    };

    static Refusal Explain(in CommandResult result, ListedCurrency currency)
    {
        decimal Cash(long units) => currency.Cash(units);
        switch (result.Code)
        {
            case RejectCode.AmountOutOfRange when result.Limit > 1:
                return new(ErrorCode.TransferLimitExceeded, ErrorCode.TransferLimitExceeded.Meaning,
                    new() { Field = "amount", Reason = "is above the limit for one transfer", Observed = Cash(result.Observed), Limit = Cash(result.Limit), Suggested = Cash(result.Suggested) });
            case RejectCode.DayLimitExceeded:
                return new(ErrorCode.DailyLimitExceeded, $"This account has sent {Scaled.Money(Cash(result.Observed))} today and may send {Scaled.Money(Cash(result.Limit))} a day; {Scaled.Money(Cash(result.Suggested))} are left until midnight UTC.",
                    new() { Field = "amount", Reason = "is above what is left for today", Observed = Cash(result.Observed), Limit = Cash(result.Limit), Suggested = Cash(result.Suggested) });
            case RejectCode.InsufficientFunds:
                return new(ErrorCode.InsufficientFunds, $"The transfer needs {Scaled.Money(Cash(result.Limit))} {currency.Code}; {Scaled.Money(Cash(result.Observed))} are available.",
                    new() { Field = "amount", Reason = "is more than is available", Observed = Cash(result.Observed), Limit = Cash(result.Limit) });
            case RejectCode.AccountNotFound:
                return new(ErrorCode.AccountNotFound, "There is no such account to pay to.", new() { Field = "toAccountId", Reason = "names no account" });
            case RejectCode.CurrencyMismatch:
                return new(ErrorCode.CurrencyMismatch, $"The account to pay to does not hold {currency.Code}.", new() { Field = "toAccountId", Reason = $"does not hold {currency.Code}" });
            case RejectCode.InvalidCommand when result.Field == CommandField.ToAccount:
                return Refusal.Field("toAccountId", "must be another account than fromAccountId");
            case RejectCode.InvalidCommand when result.Field == CommandField.RunAt:
                return Refusal.Field("runAt", "must be in the future");
            case RejectCode.AccountClosed:
                var field = result.Field == CommandField.ToAccount ? "toAccountId" : "fromAccountId";
                return new(ErrorCode.AccountClosed, $"The account that {field} names is closed.", new() { Field = field, Reason = "is closed" });
            case RejectCode.TooManyTransfers:
                return new(ErrorCode.TooManyTransfers, $"{result.Limit} scheduled transfers wait already; cancel some.", new() { Limit = result.Limit });
            default:
                return CommandRefusals.Explain(in result, new(Currency: currency));
        }
    }

    // What an administrator does with a user's money, the venue does.
    long ActingFor(Caller caller, in TransferDraft draft) =>
        venue.Read(draft.Terms.FromAccountId, (exchange, id) => exchange.TryGetAccount(id, out var account) ? account.OwnerId : 0) == caller.UserId ? caller.UserId : 0;

    void SetLimits(ref TransferCash terms, ListedCurrency currency) => (terms.AmountLimit, terms.DayLimit) = (UnitsOf(options.MaximumAmount, currency), UnitsOf(options.MaximumPerDay, currency));

    // A limit finer than the currency counts as what is just within it; one larger than any amount as the largest.
    static long UnitsOf(decimal limit, ListedCurrency currency) =>
        Scaled.Read(limit, currency.Scale, out var units) == ScaleFit.TooLarge ? Limits.MaxAmount : Math.Clamp(units, 1, Limits.MaxAmount);

    static bool TryParse(string id, out long number) => Ids.TryParse(id, "transfer", out number);

    static ApiException NotFound(string id) => new(ErrorCode.TransferNotFound, $"There is no transfer {(id.Length <= 32 ? id : id[..32] + "…")} among yours.");
}
