using System.Buffers;

namespace MyTradeX.Core;

/// <summary>
/// The exchange as a pure state machine: the same commands in the same order give the same state and the same events, byte for
/// byte, on any machine. It has no clock, no randomness, no I/O and no threads; time comes in with the commands.
/// </summary>
/// <remarks>
/// Not safe for use by two threads at once. What each command does is written in docs/trading-rules.md. A broken invariant
/// throws <see cref="InvariantBrokenException"/>; the exchange must not be used after that.
/// </remarks>
public sealed class Exchange
{
    readonly ExchangeState _state = new();
    readonly Listing _listing;
    readonly Funding _funding;
    readonly Transfers _transfers;
    readonly OrderEntry _orders;
    readonly Lookahead _lookahead;

    /// <summary>An empty exchange.</summary>
    public Exchange()
    {
        _listing = new Listing(_state);
        _funding = new Funding(_state);
        _transfers = new Transfers(_state);
        _orders = new OrderEntry(_state, new OrderExecution(_state));
        _lookahead = new Lookahead(_state);
    }

    /// <summary>Commands counted so far, refused ones included.</summary>
    public long Sequence => _state.Sequence;

    /// <summary>The latest time seen, microseconds since 1970 UTC.</summary>
    public long Time => _state.Time;

    /// <summary>When the next day of any instrument ends or a scheduled transfer is due, microseconds since 1970 UTC; <see cref="long.MaxValue"/> for neither. A command is wanted then, so that DAY orders expire and transfers happen on time.</summary>
    public long NextDeadline => _state.NextDeadline;

    /// <summary>What has happened since the owner last cleared it.</summary>
    public EventBuffer Events => _state.Events;

    /// <summary>The epoch in which a server last wrote; 0 when it never has.</summary>
    public uint EpochOf(ushort producer) => _state.Producers.EpochOf(producer);

    /// <summary>
    /// Carries out one command. Its events are added to <see cref="Events"/>. A delivery of a command that was taken before, or of an
    /// outdated epoch, changes nothing and is answered with sequence 0.
    /// </summary>
    public void Apply(in Command command, out CommandResult result)
    {
        result = default;
        ref readonly var header = ref command.Header;
        if (!_state.Producers.Take(in header)) return;

        _state.Time = Math.Max(_state.Time, header.Time);
        result.Sequence = ++_state.Sequence;
        result.Time = _state.Time;
        _state.Events.BeginCommand(_state.Sequence, _state.Time);
        _state.Ledger.BeginCommand(_state.Sequence);
        if (_state.Time >= _state.NextDeadline) LetTimePass();

        if (header.RequestKey != 0 && _state.Requests.TryFind(header.UserId, header.RequestKey, _state.Time, out var earlier))
        {
            result.SubjectId = earlier.Subject;
            if (earlier.Fingerprint != FingerprintOf(in header)) result.Refuse(RejectCode.IdempotencyConflict);
            else OrderEntry.Repeat(in earlier, ref result);
            // A subject is an order only for the commands about one: the same number may be an account's or an instrument's.
            if (result.Repeated && header.Kind is CommandKind.PlaceOrder or CommandKind.AmendOrder or CommandKind.CancelOrder) TryGetOrder(earlier.Subject, out result.Order);
        }
        else
        {
            Dispatch(in command, ref result);
            if (header.RequestKey != 0 && result.IsAccepted && !result.Repeated)
                _state.Requests.Add(header.UserId, header.RequestKey, FingerprintOf(in header), result.Sequence, result.SubjectId, _state.Time);
        }
        _state.Ledger.EndCommand(_state.Time);
    }

    /// <summary>How many commands ahead <see cref="Expect"/> is best called.</summary>
    public const int ExpectAhead = 6;

    /// <summary>
    /// Tells of a command that will be applied after some others, so that what it needs can be brought near meanwhile. Whoever has many commands at
    /// hand calls it <see cref="ExpectAhead"/> commands ahead of <see cref="Apply"/>. Never needed, and changes nothing.
    /// </summary>
    public void Expect(in Command command) => _lookahead.Add(in command);

    /// <summary>The request's fingerprint with its kind, so that the same key for another kind of command is a conflict whatever the door has digested.</summary>
    static ulong FingerprintOf(in CommandHeader header) => Mixing.Fold(Mixing.Fold(0, (long)header.Kind), (long)header.RequestFingerprint);

    void Dispatch(in Command command, ref CommandResult result)
    {
        ref readonly var header = ref command.Header;
        switch (header.Kind)
        {
            case CommandKind.StartEpoch or CommandKind.AdvanceTime: break;
            case CommandKind.PlaceOrder: _orders.Place(in header, in command.PlaceOrder, ref result); break;
            case CommandKind.AmendOrder: _orders.Amend(in header, in command.AmendOrder, ref result); break;
            case CommandKind.CancelOrder: _orders.Cancel(in header, in command.CancelOrder, ref result); break;
            case CommandKind.CancelAllOrders: _orders.CancelAll(in header, in command.CancelAllOrders, ref result); break;
            case CommandKind.SetKillSwitch: _orders.SetKillSwitch(in header, in command.SetKillSwitch, ref result); break;
            case CommandKind.OpenAccount: _funding.OpenAccount(header.UserId, in command.OpenAccount, ref result); break;
            case CommandKind.Deposit: _funding.Deposit(header.UserId, in command.Deposit, ref result); break;
            case CommandKind.DeliverPosition: _funding.DeliverPosition(header.UserId, in command.DeliverPosition, ref result); break;
            case CommandKind.TransferCash: _transfers.Transfer(header.UserId, in command.TransferCash, ref result); break;
            case CommandKind.ScheduleTransfer: _transfers.Schedule(header.UserId, in command.ScheduleTransfer, ref result); break;
            case CommandKind.CancelTransfer: _transfers.Cancel(header.UserId, in command.CancelTransfer, ref result); break;
            case CommandKind.CloseAccount: _funding.CloseAccount(header.UserId, in command.CloseAccount, ref result); break;
            case CommandKind.RenameAccount: _funding.RenameAccount(header.UserId, in command.RenameAccount, ref result); break;
            case CommandKind.CreateCurrency: _listing.CreateCurrency(header.UserId, in command.CreateCurrency, ref result); break;
            case CommandKind.CreateInstrument: _listing.CreateInstrument(header.UserId, in command.CreateInstrument, ref result); break;
            case CommandKind.UpdateInstrument: _listing.UpdateInstrument(header.UserId, in command.UpdateInstrument, ref result); break;
            case CommandKind.SetHalt: _listing.SetHalt(header.UserId, in command.SetHalt, ref result); break;
            default: throw new InvariantBrokenException($"command kind {(byte)header.Kind} is known");
        }
    }

    /// <summary>Ends the days that are over, then carries out the transfers that are due.</summary>
    void LetTimePass()
    {
        if (_state.Time >= _state.NextDayEnd) EndDays();
        _transfers.RunDue();
    }

    /// <summary>Ends the day of every instrument whose day is over.</summary>
    void EndDays()
    {
        var next = long.MaxValue;
        foreach (var instrument in _state.Instruments)
        {
            if (instrument.State.DayEndsAt <= _state.Time)
            {
                _orders.ExpireDay(instrument);
                _listing.BeginDay(instrument);
            }
            next = Math.Min(next, instrument.State.DayEndsAt);
        }
        _state.NextDayEnd = next;
    }

    /// <summary>What placing an order would do at a time, by whom it may concern. Changes nothing.</summary>
    public void Preview(long userId, in PlaceOrder order, long time, out OrderPreview preview) =>
        _orders.Preview(userId, in order, Math.Max(time, _state.Time), out preview);

    /// <summary>Whether a transfer would be carried out at a time: <see cref="CommandResult.Code"/> and what goes with it, as the command would be answered. Changes nothing.</summary>
    public void Preview(long userId, in TransferCash transfer, long time, out CommandResult result)
    {
        result = default;
        _transfers.Check(userId, in transfer, Math.Max(time, _state.Time), ref result);
    }

    /// <summary>Scheduled transfers that wait for their time.</summary>
    public int ScheduledTransferCount => _state.ScheduledTransfers.Count;

    /// <summary>A scheduled transfer that waits for its time. Those that ended have left the core's memory.</summary>
    public bool TryGetScheduledTransfer(long transferId, out TransferState transfer) => _state.ScheduledTransfers.TryFind(transferId, out transfer);

    /// <summary>Adds the scheduled transfers that wait for their time to a list, earliest first.</summary>
    public void CopyScheduledTransfers(List<TransferState> target) => target.AddRange(_state.ScheduledTransfers.Waiting);

    /// <summary>Transfers of series that have had their time and that none follows yet.</summary>
    public int UnfollowedTransferCount => _state.ScheduledTransfers.Ended.Count;

    /// <summary>Adds to a list the transfers of series that have had their time and that none follows yet, by number.</summary>
    public void CopyUnfollowedTransfers(List<TransferState> target) => target.AddRange(_state.ScheduledTransfers.Ended);

    /// <summary>Money that an account has sent by transfers on the day (UTC) of a time, in its currency's units.</summary>
    public long SentOnDayOf(long accountId, long time) => _state.Accounts.Exists(accountId) ? Transfers.SentOnDayOf(in _state.Accounts[accountId], time) : 0;

    /// <summary>An open order. Ended orders have left the core's memory.</summary>
    public bool TryGetOrder(long orderId, out OrderState order)
    {
        var found = _state.Orders.TryFind(orderId, out var slot);
        order = found ? _state.Orders[slot].State : default;
        return found;
    }

    /// <summary>The money that an open order reserves, in its currency's units; 0 for a sell, which reserves its remaining shares.</summary>
    public bool TryGetHeldCash(long orderId, out long held)
    {
        var found = _state.Orders.TryFind(orderId, out var slot);
        held = found ? _state.Orders[slot].HeldCash : 0;
        return found;
    }

    /// <summary>Accounts there are; their ids are 1 to this.</summary>
    public long AccountCount => _state.Accounts.Count;

    /// <summary>Open orders there are.</summary>
    public int OpenOrderCount => _state.Orders.Count;

    /// <summary>An account.</summary>
    public bool TryGetAccount(long accountId, out AccountState account)
    {
        var found = _state.Accounts.Exists(accountId);
        account = found ? _state.Accounts[accountId].State : default;
        return found;
    }

    /// <summary>An account's position in an instrument, its day figures brought up to the instrument's current day.</summary>
    public bool TryGetPosition(long accountId, int instrumentId, out PositionState position)
    {
        var found = _state.Positions.TryFind(accountId, instrumentId, out var slot);
        if (found) PositionBooks.Today(in _state.Positions[slot], _state.InstrumentOf(instrumentId)!, out position);
        else position = default;
        return found;
    }

    /// <summary>Adds a user's accounts to a list, oldest first. The venue's own are named by their currency.</summary>
    public void CopyAccounts(long userId, List<AccountState> target)
    {
        var from = target.Count;
        if (_state.Accounts.TryFindOwner(userId, out var owner))
            for (var id = _state.Accounts.Owner(owner).FirstAccount; id != 0; id = _state.Accounts[id].NextOfOwner)
                target.Add(_state.Accounts[id].State);
        target.Reverse(from, target.Count - from);
    }

    /// <summary>Adds an account's positions to a list, oldest first, closed ones (quantity 0) included.</summary>
    public void CopyPositions(long accountId, List<PositionState> target)
    {
        if (!_state.Accounts.Exists(accountId)) return;
        var from = target.Count;
        for (var slot = _state.Accounts[accountId].FirstPosition; slot >= 0; slot = _state.Positions[slot].NextOfAccount)
        {
            PositionBooks.Today(in _state.Positions[slot], _state.InstrumentOf(_state.Positions[slot].State.InstrumentId)!, out var position);
            target.Add(position);
        }
        target.Reverse(from, target.Count - from);
    }

    /// <summary>Adds an account's open orders to a list, in no particular order.</summary>
    public void CopyOpenOrders(long accountId, List<OrderState> target)
    {
        if (!_state.Accounts.Exists(accountId)) return;
        for (var slot = _state.Accounts[accountId].FirstOrder; slot >= 0; slot = _state.Orders.NextOfAccount(slot))
            target.Add(_state.Orders[slot].State);
    }

    /// <summary>Instruments there are; their ids are 1 to this.</summary>
    public int InstrumentCount => _state.Instruments.Count;

    /// <summary>An instrument.</summary>
    public bool TryGetInstrument(int instrumentId, out InstrumentState instrument)
    {
        var found = _state.InstrumentOf(instrumentId);
        instrument = found?.State ?? default;
        return found is not null;
    }

    /// <summary>The lowest and highest limit price that an instrument's band allows now; false when it has no band or nothing to measure it from.</summary>
    public bool TryGetBand(int instrumentId, out long low, out long high)
    {
        var instrument = _state.InstrumentOf(instrumentId);
        var bound = instrument is not null && instrument.State.Rules.BandBps != 0 && instrument.State.ReferencePrice != 0;
        (low, high) = bound ? instrument!.Band() : (0, 0);
        return bound;
    }

    /// <summary>Whether a time lies in an instrument's session, be it halted or not.</summary>
    public bool IsInSession(int instrumentId, long time) => _state.InstrumentOf(instrumentId)?.IsOpenAt(time) ?? false;

    /// <summary>The instrument of a symbol.</summary>
    public bool TryFindInstrument(Text16 symbol, out int instrumentId) => _listing.TryFind(symbol, out instrumentId);

    /// <summary>The number of the last ledger entry; they are counted from 1.</summary>
    public long LastLedgerEntryId => _state.Ledger.LastEntryId;

    /// <summary>Currencies there are; their ids are 1 to this.</summary>
    public int CurrencyCount => _state.Currencies.Count;

    /// <summary>A currency.</summary>
    public bool TryGetCurrency(int currencyId, out CurrencyState currency)
    {
        var found = currencyId > 0 && currencyId <= _state.Currencies.Count;
        currency = found ? _state.Currencies[currencyId - 1] : default;
        return found;
    }

    /// <summary>The currency of a code.</summary>
    public bool TryFindCurrency(Text16 code, out int currencyId) => (currencyId = _state.FindCurrency(code)) != 0;

    /// <summary>Copies one side of a book, best price first, as many levels as fit. Returns how many were copied.</summary>
    public int CopyDepth(int instrumentId, Side side, Span<BookLevel> target)
    {
        if (_state.InstrumentOf(instrumentId) is not { } instrument) return 0;
        var levels = instrument.Book.On(side);
        var count = Math.Min(target.Length, levels.Count);
        for (var rank = 0; rank < count; rank++)
        {
            ref var level = ref levels[levels.AtRank(rank)];
            target[rank] = new BookLevel(level.Price, level.Quantity, level.OrderCount);
        }
        return count;
    }

    /// <summary>Price levels on one side of a book.</summary>
    public int DepthOf(int instrumentId, Side side) => _state.InstrumentOf(instrumentId)?.Book.On(side).Count ?? 0;

    /// <summary>Whether a user's kill switch is engaged.</summary>
    public bool IsKillSwitchEngaged(long userId) =>
        _state.Accounts.TryFindOwner(userId, out var owner) && _state.Accounts.Owner(owner).KillSwitch;

    /// <summary>Writes the whole state. Equal states give equal bytes, however they came about.</summary>
    /// <returns>The same as <see cref="StateHash"/>.</returns>
    public UInt128 WriteSnapshot(IBufferWriter<byte> target) => Snapshot.Write(_state, target);

    /// <summary>An exchange in the state that a snapshot holds. Throws <see cref="InvalidDataException"/> when the bytes are no snapshot of this version.</summary>
    public static Exchange ReadSnapshot(ReadOnlySpan<byte> snapshot)
    {
        var exchange = new Exchange();
        Snapshot.Read(snapshot, exchange._state, exchange._listing, exchange._transfers);
        return exchange;
    }

    /// <summary>The 128-bit digest that ends the snapshot: equal for equal states.</summary>
    public UInt128 StateHash() => Snapshot.Write(_state, null);
}
