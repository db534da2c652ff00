using System.Text;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using Wire = MyTradeX.Contracts.Trading;

namespace MyTradeX.Server.Features.Accounts;

/// <summary>An account after a command, and the command's place in the journal.</summary>
internal readonly record struct AccountOutcome(AccountDto Account, long Sequence, bool Replayed);

/// <summary>Cash accounts: whose they are, what they hold, and how money and shares come in.</summary>
internal sealed class AccountService(Venue.Venue venue, Listings listings, DefaultAccounts defaults, IHostEnvironment environment)
{
    // What the owner may give themselves at once in Development.
    const decimal FaucetMax = 1_000_000;

    /// <summary>The user's accounts, oldest first.</summary>
    public async Task<IReadOnlyList<AccountState>> ListAsync(Caller caller)
    {
        await defaults.EnsureAsync(caller.UserId);
        return venue.Read(caller.UserId, (exchange, user) =>
        {
            var found = new List<AccountState>();
            exchange.CopyAccounts(user, found);
            return found;
        });
    }

    /// <summary>One account: the caller's own; administrators may see any.</summary>
    /// <exception cref="ApiException"><c>ACCOUNT_NOT_FOUND</c></exception>
    public AccountDto Get(Caller caller, string id) => Show(Require(caller, id));

    /// <summary>What an account holds at this moment.</summary>
    /// <exception cref="ApiException"><c>ACCOUNT_NOT_FOUND</c></exception>
    public AccountBalanceDto GetBalance(Caller caller, string id)
    {
        var account = Require(caller, id);
        var (state, sequence) = venue.Read(account.Id, (exchange, number) => (exchange.TryGetAccount(number, out var now) ? now : default, exchange.Sequence));
        var currency = listings.Currency(state.CurrencyId);
        return new()
        {
            AccountId = Ids.Account(state.Id),
            Currency = currency.Code,
            Balance = currency.Cash(state.Balance),
            Available = currency.Cash(state.Available),
            Held = currency.Cash(state.Held),
            Sequence = sequence,
        };
    }

    /// <summary>Opens an account for the caller.</summary>
    /// <exception cref="ApiException"><c>CURRENCY_NOT_FOUND</c>, <c>VALIDATION_ERROR</c></exception>
    public async Task<AccountOutcome> OpenAsync(Caller caller, OpenAccountRequest request, Faults faults, CommandKey key)
    {
        var type = request.Type ?? Wire.AccountType.Trading;
        var name = faults.OptionalText(request.Name, "name", Text64.MaxBytes);
        RequireFits(name ?? "", "name", faults);
        faults.ThrowIfAny();
        var currency = listings.RequireCurrency(request.Currency ?? VenueHost.HomeCurrency);
        // First things first: whoever opens a second account keeps trading from the first.
        await defaults.EnsureAsync(caller.UserId);
        var command = Command.From(caller.UserId, new OpenAccount
        {
            OwnerId = caller.UserId,
            CurrencyId = currency.Id,
            Type = (Core.AccountType)(type + 1),
            Name = Text64.From(name ?? $"{type} {currency.Code}"),
        });
        key.Mark(ref command);
        return await SendAsync(command, default);
    }

    /// <summary>Gives an account another name.</summary>
    /// <exception cref="ApiException"><c>ACCOUNT_NOT_FOUND</c>, <c>VALIDATION_ERROR</c></exception>
    public async Task<AccountOutcome> RenameAsync(Caller caller, string id, UpdateAccountRequest request, Faults faults, CommandKey key)
    {
        var account = Require(caller, id);
        var name = faults.Text(request.Name, "name", Text64.MaxBytes);
        RequireFits(name, "name", faults);
        faults.ThrowIfAny();
        var command = Command.From(ActingFor(caller, in account), new RenameAccount { AccountId = account.Id, Name = Text64.From(name) });
        key.Mark(ref command);
        return await SendAsync(command, default);
    }

    /// <summary>Closes an account that holds and reserves nothing, for good.</summary>
    /// <exception cref="ApiException"><c>ACCOUNT_NOT_FOUND</c>, <c>ACCOUNT_NOT_EMPTY</c>, <c>ACCOUNT_CLOSED</c>, <c>VALIDATION_ERROR</c></exception>
    public async Task<AccountOutcome> CloseAsync(Caller caller, string id, CloseAccountRequest request, Faults faults, CommandKey key)
    {
        var account = Require(caller, id);
        var reason = faults.OptionalText(request.Reason, "reason", Text64.MaxBytes, lengthMin: 0) ?? "";
        RequireFits(reason, "reason", faults);
        faults.ThrowIfAny();
        var command = Command.From(ActingFor(caller, in account), new CloseAccount { AccountId = account.Id, Reason = Text64.From(reason) });
        key.Mark(ref command);
        var closed = await SendAsync(command, new(Currency: listings.Currency(account.CurrencyId)));
        defaults.Forget(account.OwnerId, account.CurrencyId);
        return closed;
    }

    /// <summary>Brings money in: administrators to any account, in Development owners to their own, within bounds.</summary>
    /// <exception cref="ApiException"><c>FORBIDDEN</c>, <c>ACCOUNT_NOT_FOUND</c>, <c>AMOUNT_OUT_OF_RANGE</c></exception>
    public async Task<AccountOutcome> DepositAsync(Caller caller, string id, DepositRequest request, Faults faults, CommandKey key)
    {
        var account = RequireMayFund(caller, id);
        if (request.Amount is null)
            faults.Add("amount", "is required");
        else if (request.Amount <= 0)
            faults.Add("amount", "must be positive");
        faults.ThrowIfAny();
        var currency = listings.Currency(account.CurrencyId);
        RequireWithinFaucet(caller, "amount", request.Amount!.Value, request.Amount.Value);
        var command = Command.From(0, new Deposit { AccountId = account.Id, Amount = Units(request.Amount.Value, "amount", currency.Scale) });
        key.Mark(ref command);
        return await SendAsync(command, new(Currency: currency));
    }

    /// <summary>Brings shares in, under the same rule.</summary>
    /// <exception cref="ApiException"><c>FORBIDDEN</c>, <c>ACCOUNT_NOT_FOUND</c>, <c>INSTRUMENT_NOT_FOUND</c>, <c>CURRENCY_MISMATCH</c>, <c>AMOUNT_OUT_OF_RANGE</c></exception>
    public async Task<AccountOutcome> DeliverAsync(Caller caller, string id, DeliverPositionRequest request, Faults faults, CommandKey key)
    {
        var account = RequireMayFund(caller, id);
        if (!faults.Has("symbol"))
            faults.Text(request.Symbol, "symbol", lengthMax: 64);
        if (request.Quantity is null)
            faults.Add("quantity", "is required");
        faults.Require(request.Quantity is null or > 0, "quantity", "must be positive");
        faults.Require(request.UnitCost is null or >= 0, "unitCost", "must not be negative");
        faults.ThrowIfAny();
        var instrument = listings.Require(request.Symbol!.Trim());
        RequireWithinFaucet(caller, "quantity", request.Quantity!.Value, request.Quantity.Value);
        var command = Command.From(0, new DeliverPosition
        {
            AccountId = account.Id,
            InstrumentId = instrument.Id,
            Quantity = Units(request.Quantity.Value, "quantity", instrument.QuantityScale),
            UnitCost = Units(request.UnitCost ?? 0, "unitCost", instrument.PriceScale),
        });
        key.Mark(ref command);
        return await SendAsync(command, new(instrument));
    }

    /// <summary>The state of an account that the caller may see.</summary>
    /// <exception cref="ApiException"><c>ACCOUNT_NOT_FOUND</c></exception>
    public AccountState Require(Caller caller, string id)
    {
        var account = Ids.TryParse(id, "account", out var number)
            ? venue.Read(number, (exchange, wanted) => exchange.TryGetAccount(wanted, out var found) ? found : default)
            : default;
        // The venue's own accounts are nobody's to see here.
        return account.OwnerId != 0 && caller.MayActFor(account.OwnerId)
            ? account
            : throw new ApiException(ErrorCode.AccountNotFound, $"There is no account {(id.Length <= 32 ? id : id[..32] + "…")} among yours.");
    }

    static void RequireFits(string text, string field, Faults faults) =>
        faults.Require(Encoding.UTF8.GetByteCount(text) <= Text64.MaxBytes, field, $"must take at most {Text64.MaxBytes} bytes of UTF-8");

    // What an administrator does with a user's account, the venue does.
    static long ActingFor(Caller caller, in AccountState account) => account.OwnerId == caller.UserId ? caller.UserId : 0;

    async Task<AccountOutcome> SendAsync(Command command, CommandSubject subject)
    {
        var result = await venue.SubmitAsync(in command);
        if (!result.IsAccepted)
            throw new ApiException(CommandRefusals.Explain(in result, in subject));
        var account = venue.Read(result.SubjectId, (exchange, id) => exchange.TryGetAccount(id, out var found)
            ? found : throw new InvariantBrokenException($"account {id} exists"));
        return new(Show(in account), result.Sequence, result.Repeated);
    }

    AccountState RequireMayFund(Caller caller, string id)
    {
        var account = Require(caller, id);
        return caller.May(Permission.ManageAccounts) || environment.IsDevelopment()
            ? account
            : throw new ApiException(ErrorCode.Forbidden, "Only an administrator brings money or shares in.");
    }

    static void RequireWithinFaucet(Caller caller, string field, decimal asked, decimal observed)
    {
        if (asked > FaucetMax && !caller.May(Permission.ManageAccounts))
            throw new ApiException(ErrorCode.AmountOutOfRange, $"{field} {Scaled.Shares(observed)} is more than the {FaucetMax} that you may give yourself at once.",
                new() { Field = field, Reason = "is more than you may give yourself", Observed = observed, Limit = FaucetMax, Suggested = FaucetMax });
    }

    static long Units(decimal value, string field, int scale)
    {
        var fit = Scaled.Read(value, scale, out var units);
        if (fit == ScaleFit.Exact)
            return units;
        if (fit == ScaleFit.TooFine)
        {
            var nearest = Scaled.ToDecimal(Math.Max(units, 1), scale);
            throw new ApiException(ErrorCode.AmountOutOfRange, $"{field} {Scaled.Shares(value)} has more than {scale} decimals; the nearest below is {Scaled.Shares(nearest)}.",
                new() { Field = field, Reason = $"must have at most {scale} decimals", Observed = value, Suggested = nearest });
        }
        var (message, details) = CommandRefusals.OutOfRange(field, value, Scaled.ToDecimal(Core.Limits.MaxAmount, scale));
        throw new ApiException(ErrorCode.AmountOutOfRange, message, details);
    }

    /// <summary>An account in the wire's words.</summary>
    public AccountDto Show(in AccountState account)
    {
        var currency = listings.Currency(account.CurrencyId);
        return new()
        {
            Id = Ids.Account(account.Id),
            Number = AccountNumber.Of(account.Id),
            Name = account.Name.ToString(),
            Type = (Wire.AccountType)(account.Type - 1),
            Currency = currency.Code,
            Balance = currency.Cash(account.Balance),
            Available = currency.Cash(account.Available),
            Held = currency.Cash(account.Held),
            Status = account.IsClosed ? AccountStatus.Closed : AccountStatus.Active,
        };
    }
}
