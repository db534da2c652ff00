namespace MyTradeX.Core;

/// <summary>Money from account to account, at once or later. What each command does is written in docs/trading-rules.md.</summary>
sealed class Transfers(ExchangeState state)
{
    const long MicrosecondsPerDay = 24L * 60 * 60 * 1_000_000;

    public void Transfer(long userId, in TransferCash command, ref CommandResult result)
    {
        if (!Check(userId, in command, state.Time, ref result)) return;
        var transfer = Begin(userId, in command);
        transfer.Id = ++state.LastTransferId;
        Carry(ref transfer);
        result.SubjectId = transfer.Id;
    }

    public void Schedule(long userId, in ScheduleTransfer command, ref CommandResult result)
    {
        TransferState transfer;
        if (command.Follows != 0)
        {
            if (userId != 0 || !state.ScheduledTransfers.TryFindEnded(command.Follows, out transfer)) { result.Refuse(RejectCode.TransferNotFound, CommandField.Transfer); return; }
            if (!IsLater(command.RunAt, ref result)) return;
            state.ScheduledTransfers.Forget(command.Follows);
            transfer.Occurrence++;
            transfer.Reason = RejectCode.None;
            transfer.EndedAt = 0;
            transfer.CreatedAt = state.Time;
            transfer.Id = ++state.LastTransferId;
        }
        else
        {
            if (!AreSound(userId, in command.Transfer, ref result) || !IsLater(command.RunAt, ref result)) return;
            var waiting = state.Accounts[command.Transfer.FromAccountId].ScheduledTransfers;
            if (waiting >= Limits.MaxScheduledTransfersPerAccount) { result.Refuse(RejectCode.TooManyTransfers, CommandField.Account, waiting, Limits.MaxScheduledTransfersPerAccount); return; }
            if (state.ScheduledTransfers.Count >= Limits.MaxScheduledTransfers) { result.Refuse(RejectCode.TooManyTransfers, CommandField.None, state.ScheduledTransfers.Count, Limits.MaxScheduledTransfers); return; }
            transfer = Begin(userId, in command.Transfer);
            transfer.Id = ++state.LastTransferId;
            transfer.Recurrence = command.Recurrence;
            if (!command.Recurrence.IsEmpty) (transfer.SeriesId, transfer.Occurrence) = (transfer.Id, 1);
        }
        transfer.RunAt = command.RunAt;
        transfer.Status = TransferStatus.Scheduled;
        Add(in transfer);
        Tell(in transfer);
        result.SubjectId = transfer.Id;
    }

    public void Cancel(long userId, in CancelTransfer command, ref CommandResult result)
    {
        var waits = state.ScheduledTransfers.TryFind(command.TransferId, out var transfer);
        if ((!waits && !state.ScheduledTransfers.TryFindEnded(command.TransferId, out transfer)) || !state.MayUse(userId, transfer.FromAccountId))
        {
            result.Refuse(RejectCode.TransferNotFound, CommandField.Transfer);
            return;
        }
        if (waits)
        {
            state.ScheduledTransfers.Remove(in transfer);
            state.Accounts[transfer.FromAccountId].ScheduledTransfers--;
            End(ref transfer, TransferStatus.Cancelled, RejectCode.None);
        }
        else
        {
            // It has had its time, and only those after it can still be taken back.
            state.ScheduledTransfers.Forget(transfer.Id);
            transfer.Recurrence = default;
        }
        Tell(in transfer);
        result.SubjectId = transfer.Id;
    }

    /// <summary>Carries out what is due, up to <see cref="Limits.TransfersAtOnce"/>.</summary>
    public void RunDue()
    {
        for (var i = 0; i < Limits.TransfersAtOnce && state.ScheduledTransfers.TryTakeDue(state.Time, out var transfer); i++)
        {
            state.Accounts[transfer.FromAccountId].ScheduledTransfers--;
            var outcome = default(CommandResult);
            var command = new TransferCash
            {
                FromAccountId = transfer.FromAccountId,
                ToAccountId = transfer.ToAccountId,
                Amount = transfer.Amount,
                AmountLimit = transfer.AmountLimit,
                DayLimit = transfer.DayLimit,
            };
            if (Check(transfer.UserId, in command, state.Time, ref outcome)) Carry(ref transfer);
            else
            {
                End(ref transfer, TransferStatus.Failed, outcome.Code);
                Tell(in transfer);
            }
            if (!transfer.Recurrence.IsEmpty) state.ScheduledTransfers.AwaitNext(in transfer);
        }
    }

    /// <summary>Whether a transfer would be carried out at a time. Changes nothing.</summary>
    public bool Check(long userId, in TransferCash command, long time, ref CommandResult result)
    {
        if (!AreSound(userId, in command, ref result)) return false;
        ref readonly var from = ref state.Accounts[command.FromAccountId];
        var sent = SentOnDayOf(in from, time);
        if (command.DayLimit != 0 && command.Amount > command.DayLimit - sent)
            return result.Refuse(RejectCode.DayLimitExceeded, CommandField.Amount, sent, command.DayLimit, Math.Max(0, command.DayLimit - sent));
        return command.Amount <= from.State.Available || result.Refuse(RejectCode.InsufficientFunds, CommandField.Amount, from.State.Available, command.Amount);
    }

    public static long SentOnDayOf(in AccountRecord account, long time) => account.SentOn == DayOf(time) ? account.SentThatDay : 0;

    /// <summary>Puts a waiting transfer into the tables, be it new or from a snapshot.</summary>
    public void Add(in TransferState transfer)
    {
        state.ScheduledTransfers.Add(in transfer);
        state.Accounts[transfer.FromAccountId].ScheduledTransfers++;
    }

    /// <summary>What does not depend on the money at hand.</summary>
    bool AreSound(long userId, in TransferCash command, ref CommandResult result)
    {
        if (!state.MayUse(userId, command.FromAccountId)) return result.Refuse(RejectCode.AccountNotFound, CommandField.Account);
        if (!state.MayUse(0, command.ToAccountId)) return result.Refuse(RejectCode.AccountNotFound, CommandField.ToAccount);
        if (command.FromAccountId == command.ToAccountId) return result.Refuse(RejectCode.InvalidCommand, CommandField.ToAccount);
        ref readonly var from = ref state.Accounts[command.FromAccountId].State;
        ref readonly var to = ref state.Accounts[command.ToAccountId].State;
        if (from.IsClosed) return result.Refuse(RejectCode.AccountClosed, CommandField.Account);
        if (to.IsClosed) return result.Refuse(RejectCode.AccountClosed, CommandField.ToAccount);
        if (from.CurrencyId != to.CurrencyId) return result.Refuse(RejectCode.CurrencyMismatch, CommandField.ToAccount);
        if (command.AmountLimit < 0 || command.DayLimit < 0) return result.Refuse(RejectCode.InvalidCommand, CommandField.Amount);
        var most = command.AmountLimit == 0 ? Limits.MaxAmount : Math.Min(command.AmountLimit, Limits.MaxAmount);
        if (command.Amount < 1) return result.Refuse(RejectCode.AmountOutOfRange, CommandField.Amount, command.Amount, 1, 1);
        return command.Amount <= most || result.Refuse(RejectCode.AmountOutOfRange, CommandField.Amount, command.Amount, most, most);
    }

    bool IsLater(long runAt, ref CommandResult result) => runAt > state.Time || result.Refuse(RejectCode.InvalidCommand, CommandField.RunAt, runAt, state.Time);

    TransferState Begin(long userId, in TransferCash command) => new()
    {
        UserId = userId,
        FromAccountId = command.FromAccountId,
        ToAccountId = command.ToAccountId,
        CurrencyId = state.Accounts[command.FromAccountId].State.CurrencyId,
        Amount = command.Amount,
        AmountLimit = command.AmountLimit,
        DayLimit = command.DayLimit,
        CreatedAt = state.Time,
        Memo = command.Memo,
    };

    void Carry(ref TransferState transfer)
    {
        ref var from = ref state.Accounts[transfer.FromAccountId];
        var today = DayOf(state.Time);
        if (from.SentOn != today) (from.SentOn, from.SentThatDay) = (today, 0);
        // Bounded by the money there is, which fits in 64 bits many times over in a day's going to and fro; beyond that it stays at the most.
        from.SentThatDay = long.MaxValue - from.SentThatDay < transfer.Amount ? long.MaxValue : from.SentThatDay + transfer.Amount;
        var entry = state.Ledger.Begin(transfer.Id);
        state.Ledger.MoveCash(ref entry, PostingKind.Transfer, transfer.FromAccountId, -transfer.Amount);
        state.Ledger.MoveCash(ref entry, PostingKind.Transfer, transfer.ToAccountId, transfer.Amount);
        Ledger.Close(ref entry);
        End(ref transfer, TransferStatus.Completed, RejectCode.None);
        Tell(in transfer);
    }

    void End(ref TransferState transfer, TransferStatus status, RejectCode reason) => (transfer.Status, transfer.Reason, transfer.EndedAt) = (status, reason, state.Time);

    void Tell(in TransferState transfer) => state.Events.Add<TransferChanged>().Transfer = transfer;

    static int DayOf(long time) => (int)(time / MicrosecondsPerDay);
}
