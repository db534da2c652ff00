namespace MyTradeX.Core;

/// <summary>
/// The only place where money and shares move. Every movement is a line of an entry, and no entry closes unless its lines sum to
/// zero, for money and for shares.
/// </summary>
sealed class Ledger(Accounts accounts, Positions positions, List<Instrument> instruments, EventBuffer events)
{
    readonly List<long> _touchedAccounts = new(64);
    readonly List<int> _touchedPositions = new(64);
    long _sequence;

    /// <summary>The number of the last entry.</summary>
    public long LastEntryId { get; set; }

    public void BeginCommand(long sequence) => _sequence = sequence;

    public LedgerEntry Begin(long reference) => new(++LastEntryId, reference);

    /// <summary>Writes a line of money; none for zero.</summary>
    public void MoveCash(ref LedgerEntry entry, PostingKind kind, long accountId, long amount)
    {
        if (amount == 0) return;
        ref var account = ref accounts[accountId];
        account.State.Balance = checked(account.State.Balance + amount);
        entry.CashSum += amount;
        Touch(ref account);
        ref var line = ref events.Add<LedgerPosted>();
        line = new LedgerPosted
        {
            EntryId = entry.Id,
            Line = entry.Lines++,
            Kind = kind,
            AccountId = accountId,
            CurrencyId = account.State.CurrencyId,
            Amount = amount,
            BalanceAfter = account.State.Balance,
            Reference = entry.Reference,
        };
    }

    /// <summary>Writes a line of shares and changes the quantity; cost and profit are the caller's.</summary>
    public void MoveShares(ref LedgerEntry entry, PostingKind kind, ref PositionRecord position, long quantity)
    {
        position.State.Quantity = checked(position.State.Quantity + quantity);
        entry.ShareSum += quantity;
        ref var line = ref events.Add<LedgerPosted>();
        line = new LedgerPosted
        {
            EntryId = entry.Id,
            Line = entry.Lines++,
            Kind = kind,
            AccountId = position.State.AccountId,
            InstrumentId = position.State.InstrumentId,
            Amount = quantity,
            BalanceAfter = position.State.Quantity,
            Reference = entry.Reference,
        };
    }

    public static void Close(ref LedgerEntry entry)
    {
        Invariant.Require(entry.CashSum == 0, "the money lines of a ledger entry sum to zero");
        Invariant.Require(entry.ShareSum == 0, "the share lines of a ledger entry sum to zero");
    }

    /// <summary>Reserves money (+) or gives it back (−).</summary>
    public void HoldCash(ref AccountRecord account, long amount)
    {
        if (amount == 0) return;
        account.State.Held += amount;
        Touch(ref account);
    }

    /// <summary>Reserves shares (+) or gives them back (−).</summary>
    public void HoldShares(int positionSlot, long quantity)
    {
        if (quantity == 0) return;
        positions[positionSlot].State.Held += quantity;
        Touch(positionSlot);
    }

    /// <summary>Notes that an account's change is to be told at the end of the command.</summary>
    public void Touch(ref AccountRecord account)
    {
        if (account.TouchedBy == _sequence) return;
        account.TouchedBy = _sequence;
        _touchedAccounts.Add(account.State.Id);
    }

    /// <summary>Notes that a position's change is to be told at the end of the command.</summary>
    public void Touch(int positionSlot)
    {
        if (positions[positionSlot].TouchedBy == _sequence) return;
        positions[positionSlot].TouchedBy = _sequence;
        _touchedPositions.Add(positionSlot);
    }

    /// <summary>Tells what changed, and makes sure that nothing is overdrawn.</summary>
    public void EndCommand(long time)
    {
        foreach (var slot in _touchedPositions)
        {
            ref var record = ref positions[slot];
            ref var position = ref record.State;
            position.UpdatedAt = time;
            Invariant.Require(position.Held >= 0, "no position holds less than nothing");
            Invariant.Require(position.Available >= 0 || accounts[position.AccountId].State.Type == AccountType.Issuance, "no position is oversold");
            // Holds alone do not begin a position's day, yet whoever is told must see the same day as whoever asks.
            PositionBooks.Today(in record, instruments[position.InstrumentId - 1], out events.Add<PositionChanged>().Position);
        }
        foreach (var id in _touchedAccounts)
        {
            ref var account = ref accounts[id].State;
            Invariant.Require(account.Held >= 0, "no account holds less than nothing");
            Invariant.Require(account.Available >= 0 || account.Type == AccountType.Issuance, "no account is overdrawn");
            events.Add<AccountChanged>().Account = account;
        }
        _touchedPositions.Clear();
        _touchedAccounts.Clear();
    }
}
