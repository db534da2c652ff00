namespace MyTradeX.Core.Tests.Reference;

/// <summary>Money from account to account, and how accounts end.</summary>
sealed partial class NaiveExchange
{
    const int MaxScheduledTransfersPerAccount = 1_000;

    const int TransfersAtOnce = 100;

    readonly List<TransferState> _waiting = [];
    readonly List<TransferState> _unfollowed = [];
    readonly Dictionary<(long Account, long Day), long> _sent = [];
    long _lastTransferId;

    /// <summary>Scheduled transfers, earliest first.</summary>
    public IEnumerable<TransferState> ScheduledTransfers => _waiting.OrderBy(transfer => transfer.RunAt).ThenBy(transfer => transfer.Id);

    /// <summary>Those of series that have had their time and that none follows.</summary>
    public IEnumerable<TransferState> UnfollowedTransfers => _unfollowed.OrderBy(transfer => transfer.Id);

    public long SentOnDayOf(long account, long time) => _sent.GetValueOrDefault((account, DayOf(time)));

    /// <summary>"What is due is carried out in the order of its time, then of its number, at most a hundred at each command."</summary>
    void RunDue()
    {
        foreach (var due in ScheduledTransfers.Where(transfer => transfer.RunAt <= Time).Take(TransfersAtOnce).ToList())
        {
            _waiting.Remove(due);
            var ended = due;
            if (FaultOf(due.UserId, due) is { } fault) ended = End(due, TransferStatus.Failed, fault.Code);
            else ended = Move(due);
            if (!due.Recurrence.IsEmpty) _unfollowed.Add(ended);
        }
    }

    CommandResult Carry(long user, TransferCash command)
    {
        var transfer = StateOf(user, command);
        if (FaultOf(user, transfer) is { } fault) return fault;
        transfer.Id = ++_lastTransferId;
        return Accept(Move(transfer).Id);
    }

    CommandResult Carry(long user, ScheduleTransfer command)
    {
        if (command.Follows != 0) return Follow(user, command);
        var transfer = StateOf(user, command.Transfer);
        if (UnsoundnessOf(user, transfer) is { } fault) return fault;
        if (command.RunAt <= Time) return Invalid(CommandField.RunAt);
        var count = _waiting.Count(other => other.FromAccountId == transfer.FromAccountId);
        if (count >= MaxScheduledTransfersPerAccount) return Refuse(RejectCode.TooManyTransfers, CommandField.Account, count, MaxScheduledTransfersPerAccount);
        transfer.Id = ++_lastTransferId;
        transfer.Recurrence = command.Recurrence;
        transfer.SeriesId = command.Recurrence.IsEmpty ? 0 : transfer.Id;
        transfer.Occurrence = command.Recurrence.IsEmpty ? 0 : 1;
        return Wait(transfer, command.RunAt);
    }

    CommandResult Follow(long user, ScheduleTransfer command)
    {
        var before = _unfollowed.FirstOrDefault(transfer => transfer.Id == command.Follows);
        if (user != 0 || before.Id == 0) return Refuse(RejectCode.TransferNotFound, CommandField.Transfer);
        if (command.RunAt <= Time) return Invalid(CommandField.RunAt);
        _unfollowed.Remove(before);
        return Wait(before with { Id = ++_lastTransferId, Occurrence = before.Occurrence + 1, CreatedAt = Time, EndedAt = 0, Reason = RejectCode.None }, command.RunAt);
    }

    CommandResult Wait(TransferState transfer, long runAt)
    {
        transfer.RunAt = runAt;
        transfer.Status = TransferStatus.Scheduled;
        _waiting.Add(transfer);
        _events.Add(new TransferChanged { Transfer = transfer });
        return Accept(transfer.Id);
    }

    CommandResult Carry(long user, CancelTransfer command)
    {
        var waiting = _waiting.FirstOrDefault(transfer => transfer.Id == command.TransferId);
        var unfollowed = _unfollowed.FirstOrDefault(transfer => transfer.Id == command.TransferId);
        var found = waiting.Id != 0 ? waiting : unfollowed;
        if (found.Id == 0 || UserAccount(found.FromAccountId) is not { } account || !MayActFor(user, account.OwnerId)) return Refuse(RejectCode.TransferNotFound, CommandField.Transfer);
        if (waiting.Id != 0)
        {
            _waiting.Remove(waiting);
            End(waiting, TransferStatus.Cancelled, RejectCode.None);
        }
        else
        {
            _unfollowed.Remove(unfollowed);
            _events.Add(new TransferChanged { Transfer = unfollowed with { Recurrence = default } });
        }
        return Accept(found.Id);
    }

    CommandResult Carry(long user, RenameAccount command)
    {
        if (UserAccount(command.AccountId) is not { } account || !MayActFor(user, account.OwnerId)) return Refuse(RejectCode.AccountNotFound, CommandField.Account);
        _accounts[(int)account.Id - 1] = account with { Name = command.Name };
        return Accept(account.Id);
    }

    CommandResult Carry(long user, CloseAccount command)
    {
        if (UserAccount(command.AccountId) is not { } account || !MayActFor(user, account.OwnerId)) return Refuse(RejectCode.AccountNotFound, CommandField.Account);
        if (IsClosed(account)) return Refuse(RejectCode.AccountClosed, CommandField.Account);
        var hasShares = _positions.Any(position => position.Key.AccountId == account.Id && position.Value.State.Quantity != 0);
        if (account.Balance != 0 || hasShares || _orders.Exists(order => order.State.AccountId == account.Id)) return Refuse(RejectCode.AccountNotEmpty, CommandField.Account, account.Balance);
        _accounts[(int)account.Id - 1] = account with { Marks = account.Marks | AccountMarks.Closed };
        return Accept(account.Id);
    }

    static bool IsClosed(AccountState account) => account.Marks.HasFlag(AccountMarks.Closed);

    TransferState StateOf(long user, TransferCash command) => new()
    {
        UserId = user, FromAccountId = command.FromAccountId, ToAccountId = command.ToAccountId, CurrencyId = Account(command.FromAccountId)?.CurrencyId ?? 0,
        Amount = command.Amount, AmountLimit = command.AmountLimit, DayLimit = command.DayLimit, CreatedAt = Time, Memo = command.Memo,
    };

    CommandResult? FaultOf(long user, TransferState transfer)
    {
        if (UnsoundnessOf(user, transfer) is { } fault) return fault;
        var sent = SentOnDayOf(transfer.FromAccountId, Time);
        if (transfer.DayLimit != 0 && sent + transfer.Amount > transfer.DayLimit)
            return Refuse(RejectCode.DayLimitExceeded, CommandField.Amount, sent, transfer.DayLimit, Math.Max(0, transfer.DayLimit - sent));
        var available = AvailableMoney(transfer.FromAccountId);
        return transfer.Amount > available ? Refuse(RejectCode.InsufficientFunds, CommandField.Amount, available, transfer.Amount) : null;
    }

    CommandResult? UnsoundnessOf(long user, TransferState transfer)
    {
        if (UserAccount(transfer.FromAccountId) is not { } from || !MayActFor(user, from.OwnerId)) return Refuse(RejectCode.AccountNotFound, CommandField.Account);
        if (UserAccount(transfer.ToAccountId) is not { } to) return Refuse(RejectCode.AccountNotFound, CommandField.ToAccount);
        if (from.Id == to.Id) return Invalid(CommandField.ToAccount);
        if (IsClosed(from)) return Refuse(RejectCode.AccountClosed, CommandField.Account);
        if (IsClosed(to)) return Refuse(RejectCode.AccountClosed, CommandField.ToAccount);
        if (from.CurrencyId != to.CurrencyId) return Refuse(RejectCode.CurrencyMismatch, CommandField.ToAccount);
        if (transfer.AmountLimit < 0 || transfer.DayLimit < 0) return Invalid(CommandField.Amount);
        return OutOfRange(transfer.Amount, 1, transfer.AmountLimit == 0 ? MaxAmount : Math.Min(MaxAmount, transfer.AmountLimit), CommandField.Amount);
    }

    TransferState Move(TransferState transfer)
    {
        var day = (transfer.FromAccountId, DayOf(Time));
        _sent[day] = _sent.GetValueOrDefault(day) + transfer.Amount;
        _lastEntryId++;
        byte line = 0;
        PostMoney(ref line, PostingKind.Transfer, transfer.Id, transfer.FromAccountId, -transfer.Amount);
        PostMoney(ref line, PostingKind.Transfer, transfer.Id, transfer.ToAccountId, transfer.Amount);
        return End(transfer, TransferStatus.Completed, RejectCode.None);
    }

    TransferState End(TransferState transfer, TransferStatus status, RejectCode reason)
    {
        var ended = transfer with { Status = status, Reason = reason, EndedAt = Time };
        _events.Add(new TransferChanged { Transfer = ended });
        return ended;
    }

    static long DayOf(long time) => time / 86_400_000_000;
}
