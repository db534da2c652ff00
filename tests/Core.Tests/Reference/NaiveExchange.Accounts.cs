using System.Numerics;

namespace MyTradeX.Core.Tests.Reference;

/// <summary>Accounts, money and shares brought in, the ledger, and what open orders hold.</summary>
sealed partial class NaiveExchange
{
    static readonly BigInteger MaxIssued = 1_000_000_000_000_000_000;

    CommandResult Carry(long user, OpenAccount command)
    {
        if (command.OwnerId <= 0 || !MayActFor(user, command.OwnerId)) return Invalid(CommandField.User);
        if (command.Type is not (AccountType.Trading or AccountType.Checking or AccountType.Savings)) return Invalid(CommandField.AccountType);
        if (command.Marks is not (AccountMarks.None or AccountMarks.Synthetic)) return Invalid(CommandField.Account);
        if (command.CurrencyId < 1 || command.CurrencyId > _currencies.Count) return Refuse(RejectCode.CurrencyNotFound, CommandField.Currency);
        return Accept(Open(new()
        {
            OwnerId = command.OwnerId,
            CurrencyId = command.CurrencyId,
            Type = command.Type,
            Marks = command.Marks,
            Name = command.Name,
        }));
    }

    CommandResult Carry(long user, Deposit command)
    {
        if (user != 0 || UserAccount(command.AccountId) is not { } account) return Refuse(RejectCode.AccountNotFound, CommandField.Account);
        if (IsClosed(account)) return Refuse(RejectCode.AccountClosed, CommandField.Account);
        if (OutOfRange(command.Amount, 1, MaxAmount, CommandField.Amount) is { } refusal) return refusal;
        var issuance = _currencies[account.CurrencyId - 1].IssuanceAccountId;
        if (OutOfRange(command.Amount, 1, (long)MaxIssued + _accounts[(int)issuance - 1].Balance, CommandField.Amount) is { } tooMuch) return tooMuch;

        _lastEntryId++;
        byte line = 0;
        PostMoney(ref line, PostingKind.Deposit, Sequence, issuance, -command.Amount);
        PostMoney(ref line, PostingKind.Deposit, Sequence, account.Id, command.Amount);
        return Accept(account.Id);
    }

    CommandResult Carry(long user, DeliverPosition command)
    {
        if (user != 0 || UserAccount(command.AccountId) is not { } account) return Refuse(RejectCode.AccountNotFound, CommandField.Account);
        if (Instrument(command.InstrumentId) is not { } instrument) return Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol);
        if (IsClosed(account)) return Refuse(RejectCode.AccountClosed, CommandField.Account);
        if (account.CurrencyId != instrument.State.CurrencyId) return Refuse(RejectCode.CurrencyMismatch, CommandField.Account);
        if (OutOfRange(command.Quantity, 1, MaxAmount, CommandField.Quantity) is { } quantityRefusal) return quantityRefusal;
        if (OutOfRange(command.UnitCost, 0, MaxAmount, CommandField.Price) is { } costRefusal) return costRefusal;
        if (OutOfRange(command.Quantity, 1, (long)MaxIssued - instrument.State.Issued, CommandField.Quantity) is { } tooMuch) return tooMuch;
        var cost = NaiveArithmetic.Notional(instrument.State, command.UnitCost, command.Quantity);
        var basis = _positions.TryGetValue((account.Id, instrument.State.Id), out var held) ? held.State.CostBasis : 0;
        if (basis + cost > MaxIssued) return Refuse(RejectCode.AmountOutOfRange, CommandField.Price, command.UnitCost, (long)MaxIssued);

        _lastEntryId++;
        byte line = 0;
        instrument.State.Issued += command.Quantity;
        var issuance = Position(CurrencyOf(instrument).IssuanceAccountId, instrument.State.Id);
        issuance.Issue(instrument, command.Quantity);
        PostShares(ref line, PostingKind.Delivery, Sequence, issuance.State.AccountId, instrument, -command.Quantity, issuance.State.Quantity);
        var position = Position(account.Id, instrument.State.Id);
        position.Receive(instrument, command.Quantity, (long)cost);
        position.State.UpdatedAt = issuance.State.UpdatedAt = Time;
        PostShares(ref line, PostingKind.Delivery, Sequence, account.Id, instrument, command.Quantity, position.State.Quantity);
        return Accept(account.Id);
    }

    static CommandResult? OutOfRange(long value, long least, long most, CommandField field)
    {
        if (value < least) return Refuse(RejectCode.AmountOutOfRange, field, value, least, least);
        if (value > most) return Refuse(RejectCode.AmountOutOfRange, field, value, most, most);
        return null;
    }

    long Open(AccountState account)
    {
        account.Id = _accounts.Count + 1;
        account.CreatedAt = Time;
        _accounts.Add(account);
        return account.Id;
    }

    AccountState? Account(long id) => id >= 1 && id <= _accounts.Count ? _accounts[(int)id - 1] : null;

    /// <summary>An account of a user: not one of the venue's own.</summary>
    AccountState? UserAccount(long id) => Account(id) is { OwnerId: > 0 } account ? account : null;

    NaivePosition Position(long accountId, int instrumentId)
    {
        if (!_positions.TryGetValue((accountId, instrumentId), out var position))
            _positions[(accountId, instrumentId)] = position = new() { State = new() { AccountId = accountId, InstrumentId = instrumentId } };
        return position;
    }

    void PostMoney(ref byte line, PostingKind kind, long reference, long accountId, long amount)
    {
        if (amount == 0) return;
        var account = _accounts[(int)accountId - 1];
        account.Balance += amount;
        _accounts[(int)accountId - 1] = account;
        _events.Add(new LedgerPosted
        {
            EntryId = _lastEntryId, Line = line++, Kind = kind, AccountId = accountId, CurrencyId = account.CurrencyId,
            Amount = amount, BalanceAfter = account.Balance, Reference = reference,
        });
    }

    void PostShares(ref byte line, PostingKind kind, long reference, long accountId, NaiveInstrument instrument, long quantity, long after) =>
        _events.Add(new LedgerPosted
        {
            EntryId = _lastEntryId, Line = line++, Kind = kind, AccountId = accountId, InstrumentId = instrument.State.Id,
            Amount = quantity, BalanceAfter = after, Reference = reference,
        });

    /// <summary>"A buy its cost at its limit with the higher of its two fees, a sell its shares."</summary>
    BigInteger Need(NaiveOrder order)
    {
        if (!order.IsBuy) return order.State.Remaining;
        if (order.WorkingPrice is not { } price || order.State.Type == OrderType.Market) return 0;
        var notional = NaiveArithmetic.Notional(InstrumentOf(order).State, price, order.State.Remaining);
        return notional + NaiveArithmetic.Fee(notional, order.HigherFeePpm);
    }

    long HeldMoney(long accountId) =>
        (long)_orders.Where(order => order.State.AccountId == accountId && order.IsBuy).Aggregate(BigInteger.Zero, (sum, order) => sum + Need(order));

    long HeldShares(long accountId, int instrumentId) =>
        (long)_orders.Where(order => order.State.AccountId == accountId && order.State.InstrumentId == instrumentId && !order.IsBuy)
            .Aggregate(BigInteger.Zero, (sum, order) => sum + Need(order));

    long AvailableMoney(long accountId) => _accounts[(int)accountId - 1].Balance - HeldMoney(accountId);

    long AvailableShares(long accountId, int instrumentId) =>
        (_positions.TryGetValue((accountId, instrumentId), out var position) ? position.State.Quantity : 0) - HeldShares(accountId, instrumentId);
}
