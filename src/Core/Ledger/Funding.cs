namespace MyTradeX.Core;

/// <summary>Opening, renaming and closing accounts, and bringing money and shares in.</summary>
sealed class Funding(ExchangeState state)
{
    public void OpenAccount(long userId, in OpenAccount command, ref CommandResult result)
    {
        if (command.OwnerId <= 0 || (userId != 0 && userId != command.OwnerId)) { result.Refuse(RejectCode.InvalidCommand, CommandField.User); return; }
        if (command.Type is < AccountType.Trading or > AccountType.Savings) { result.Refuse(RejectCode.InvalidCommand, CommandField.AccountType); return; }
        if ((command.Marks & ~AccountMarks.Synthetic) != 0) { result.Refuse(RejectCode.InvalidCommand, CommandField.Account); return; }
        if (command.CurrencyId <= 0 || command.CurrencyId > state.Currencies.Count) { result.Refuse(RejectCode.CurrencyNotFound, CommandField.Currency); return; }
        ref var account = ref state.Accounts.Open(new AccountState
        {
            OwnerId = command.OwnerId,
            CurrencyId = command.CurrencyId,
            Type = command.Type,
            Marks = command.Marks,
            CreatedAt = state.Time,
            Name = command.Name,
        });
        state.Ledger.Touch(ref account);
        result.SubjectId = account.State.Id;
    }

    public void Deposit(long userId, in Deposit command, ref CommandResult result)
    {
        if (userId != 0 || !state.MayUse(userId, command.AccountId)) { result.Refuse(RejectCode.AccountNotFound, CommandField.Account); return; }
        if (state.Accounts[command.AccountId].State.IsClosed) { result.Refuse(RejectCode.AccountClosed, CommandField.Account); return; }
        if (!IsInRange(CommandField.Amount, command.Amount, ref result)) return;
        ref var currency = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(state.Currencies)[state.Accounts[command.AccountId].State.CurrencyId - 1];
        if (!Fits(CommandField.Amount, command.Amount, currency.Issued, ref result)) return;

        currency.Issued += command.Amount;
        var entry = state.Ledger.Begin(state.Sequence);
        state.Ledger.MoveCash(ref entry, PostingKind.Deposit, currency.IssuanceAccountId, -command.Amount);
        state.Ledger.MoveCash(ref entry, PostingKind.Deposit, command.AccountId, command.Amount);
        Ledger.Close(ref entry);
        result.SubjectId = command.AccountId;
    }

    public void DeliverPosition(long userId, in DeliverPosition command, ref CommandResult result)
    {
        if (userId != 0 || !state.MayUse(userId, command.AccountId)) { result.Refuse(RejectCode.AccountNotFound, CommandField.Account); return; }
        if (state.InstrumentOf(command.InstrumentId) is not { } instrument) { result.Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol); return; }
        ref var account = ref state.Accounts[command.AccountId];
        if (account.State.IsClosed) { result.Refuse(RejectCode.AccountClosed, CommandField.Account); return; }
        if (account.State.CurrencyId != instrument.State.CurrencyId) { result.Refuse(RejectCode.CurrencyMismatch, CommandField.Account); return; }
        if (!IsInRange(CommandField.Quantity, command.Quantity, ref result)) return;
        if (command.UnitCost is < 0 or > Limits.MaxAmount) { result.Refuse(RejectCode.AmountOutOfRange, CommandField.Price, command.UnitCost, command.UnitCost < 0 ? 0 : Limits.MaxAmount, command.UnitCost < 0 ? 0 : Limits.MaxAmount); return; }
        if (!Fits(CommandField.Quantity, command.Quantity, instrument.State.Issued, ref result)) return;
        var wideCost = instrument.WideNotional(command.UnitCost, command.Quantity);
        var basis = state.Positions.TryFind(command.AccountId, command.InstrumentId, out var held) ? state.Positions[held].State.CostBasis : 0;
        if (wideCost > Limits.MaxIssued - basis) { result.Refuse(RejectCode.AmountOutOfRange, CommandField.Price, command.UnitCost, Limits.MaxIssued); return; }

        var cost = (long)wideCost;
        instrument.State.Issued += command.Quantity;
        var issuanceId = state.Currencies[instrument.State.CurrencyId - 1].IssuanceAccountId;
        var source = state.Positions.FindOrAdd(ref state.Accounts[issuanceId], command.InstrumentId);
        var target = state.Positions.FindOrAdd(ref account, command.InstrumentId);
        var entry = state.Ledger.Begin(state.Sequence);
        PositionBooks.BeginChange(ref state.Positions[source], instrument);
        state.Ledger.MoveShares(ref entry, PostingKind.Delivery, ref state.Positions[source], -command.Quantity);
        state.Ledger.Touch(source);
        ref var position = ref state.Positions[target];
        PositionBooks.BeginChange(ref position, instrument);
        state.Ledger.MoveShares(ref entry, PostingKind.Delivery, ref position, command.Quantity);
        position.State.CostBasis += cost;
        position.State.DayCashFlow -= cost;
        state.Ledger.Touch(target);
        Ledger.Close(ref entry);
        result.SubjectId = command.AccountId;
    }

    public void RenameAccount(long userId, in RenameAccount command, ref CommandResult result)
    {
        if (!state.MayUse(userId, command.AccountId)) { result.Refuse(RejectCode.AccountNotFound, CommandField.Account); return; }
        ref var account = ref state.Accounts[command.AccountId];
        account.State.Name = command.Name;
        state.Ledger.Touch(ref account);
        result.SubjectId = command.AccountId;
    }

    public void CloseAccount(long userId, in CloseAccount command, ref CommandResult result)
    {
        if (!state.MayUse(userId, command.AccountId)) { result.Refuse(RejectCode.AccountNotFound, CommandField.Account); return; }
        ref var account = ref state.Accounts[command.AccountId];
        if (account.State.IsClosed) { result.Refuse(RejectCode.AccountClosed, CommandField.Account); return; }
        if (account.State.Balance != 0 || account.State.OpenOrders != 0 || HasShares(in account)) { result.Refuse(RejectCode.AccountNotEmpty, CommandField.Account, account.State.Balance); return; }
        account.State.Marks |= AccountMarks.Closed;
        state.Ledger.Touch(ref account);
        result.SubjectId = command.AccountId;
    }

    bool HasShares(in AccountRecord account)
    {
        for (var slot = account.FirstPosition; slot >= 0; slot = state.Positions[slot].NextOfAccount)
            if (state.Positions[slot].State.Quantity != 0) return true;
        return false;
    }

    static bool IsInRange(CommandField field, long value, ref CommandResult result) => value switch
    {
        < 1 => result.Refuse(RejectCode.AmountOutOfRange, field, value, 1, 1),
        > Limits.MaxAmount => result.Refuse(RejectCode.AmountOutOfRange, field, value, Limits.MaxAmount, Limits.MaxAmount),
        _ => true,
    };

    static bool Fits(CommandField field, long value, long issued, ref CommandResult result) =>
        value <= Limits.MaxIssued - issued || result.Refuse(RejectCode.AmountOutOfRange, field, value, Limits.MaxIssued - issued, Limits.MaxIssued - issued);
}
