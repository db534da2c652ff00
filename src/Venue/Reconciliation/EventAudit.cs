using MyTradeX.Core;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// An auditor who sees events alone, keeps his own books from them, and compares them with the exchange's. SQL, market data and every push
/// door are made of events: what they are told must be what is so. His books are about as large as the exchange's.
/// </summary>
public sealed class EventAudit
{
    readonly Exchange _exchange;
    readonly Findings _findings;
    readonly Dictionary<long, AccountState> _accounts = [];
    readonly Dictionary<(long Account, int Instrument), PositionState> _positions = [];
    readonly Dictionary<(long Account, int Instrument), long> _days = [];
    readonly Dictionary<long, OrderState> _open = [];
    readonly Dictionary<int, InstrumentState> _instruments = [];
    readonly Dictionary<(int Instrument, Side Side), SortedDictionary<long, (long Quantity, int Orders)>> _books = [];
    readonly Dictionary<int, long> _bookSequences = [];
    readonly Dictionary<(long Account, int Currency, int Instrument), long> _balances = [];
    readonly Dictionary<(long Entry, int Currency, int Instrument), long> _sums = [];
    readonly Dictionary<long, long> _fills = [];
    readonly Dictionary<long, TransferState> _scheduled = [];
    readonly HashSet<(long, int)> _touched = [];
    // Unknown in a state that did not begin empty, until the first is told.
    long? _lastOrder;
    long? _lastTrade;
    long? _lastEntry;
    long? _lastTransfer;
    (long Id, long Amount) _lastTransferPosted;
    byte _nextLine;
    long _sequence;
    int _nextIndex;
    int _closing;

    /// <summary>Begins with the exchange's books as they are now.</summary>
    public EventAudit(Exchange exchange, Findings findings)
    {
        (_exchange, _findings) = (exchange, findings);
        if (exchange.Sequence == 0) _lastOrder = _lastTrade = _lastEntry = _lastTransfer = 0;
        for (var id = 1; id <= exchange.InstrumentCount; id++) TakeOver(id);
        var (positions, orders) = (new List<PositionState>(), new List<OrderState>());
        for (var id = 1L; id <= exchange.AccountCount; id++)
        {
            exchange.TryGetAccount(id, out var account);
            _accounts[id] = account;
            _balances[(id, account.CurrencyId, 0)] = account.Balance;
            positions.Clear();
            exchange.CopyPositions(id, positions);
            foreach (var position in positions)
            {
                var key = (id, position.InstrumentId);
                _positions[key] = position;
                _days[key] = _instruments[position.InstrumentId].DayEndsAt;
                _balances[(id, 0, position.InstrumentId)] = position.Quantity;
            }
            exchange.CopyOpenOrders(id, orders);
        }
        var scheduled = new List<TransferState>();
        exchange.CopyScheduledTransfers(scheduled);
        foreach (var transfer in scheduled) _scheduled[transfer.Id] = transfer;
        foreach (var order in orders)
        {
            _open[order.Id] = order;
            if (order.Filled > 0) _fills[order.Id] = order.Filled;
        }
    }

    /// <summary>Takes the events of one command into his books; before the exchange goes on to the next.</summary>
    public void Take(EventBuffer events)
    {
        _sums.Clear();
        _touched.Clear();
        _nextIndex = _closing = 0;
        _sequence = _exchange.Sequence;
        foreach (var told in events)
        {
            Take(told);
            _nextIndex++;
        }
        foreach (var ((entry, _, _), sum) in _sums) Require(sum == 0, $"ledger entry {entry}", $"sums to {sum}, not to zero");
        _findings.Counted(AuditCheck.Events, _nextIndex);
    }

    /// <summary>Compares his books with the exchange's.</summary>
    public void Compare()
    {
        for (var id = 1L; id <= _exchange.AccountCount; id++)
        {
            _exchange.TryGetAccount(id, out var account);
            Same($"account {id}", account, _accounts.GetValueOrDefault(id));
        }
        Require(_accounts.Count == _exchange.AccountCount, $"venue", $"has {_exchange.AccountCount} accounts and has told of {_accounts.Count}");
        foreach (var (key, position) in _positions)
        {
            _exchange.TryGetPosition(key.Account, key.Instrument, out var actual);
            Same($"position {key.Account}/{key.Instrument}", actual, Today(position));
        }
        foreach (var (id, order) in _open)
        {
            _exchange.TryGetOrder(id, out var actual);
            Same($"order {id}", actual, order);
        }
        Require(_open.Count == _exchange.OpenOrderCount, $"venue", $"has {_exchange.OpenOrderCount} open orders and has told of {_open.Count}");
        foreach (var (id, transfer) in _scheduled)
        {
            _exchange.TryGetScheduledTransfer(id, out var actual);
            Same($"transfer {id}", actual, transfer);
        }
        Require(_scheduled.Count == _exchange.ScheduledTransferCount, $"venue", $"has {_exchange.ScheduledTransferCount} scheduled transfers and has told of {_scheduled.Count}");
        for (var id = 1; id <= _exchange.InstrumentCount; id++) CompareInstrument(id);
        foreach (var ((account, currency, instrument), balance) in _balances)
        {
            var held = instrument != 0 ? _positions.GetValueOrDefault((account, instrument)).Quantity : _accounts.GetValueOrDefault(account).Balance;
            Require(held == balance, $"account {account}", $"has {held} of {(instrument != 0 ? "instrument" : "currency")} {currency + instrument}; its postings add up to {balance}");
        }
    }

    void TakeOver(int instrumentId)
    {
        _exchange.TryGetInstrument(instrumentId, out var instrument);
        _instruments[instrumentId] = instrument;
        _bookSequences[instrumentId] = instrument.BookSequence;
        foreach (var side in (ReadOnlySpan<Side>)[Side.Buy, Side.Sell])
        {
            var levels = new BookLevel[_exchange.DepthOf(instrumentId, side)];
            _exchange.CopyDepth(instrumentId, side, levels);
            foreach (var level in levels) Levels(instrumentId, side)[level.Price] = (level.Quantity, level.OrderCount);
        }
    }

    void Take(ExchangeEvent told)
    {
        var (index, sequence, time) = (told.Header.Index, told.Header.Sequence, told.Header.Time);
        Require(sequence == _exchange.Sequence && time == _exchange.Time, $"command {_sequence}", $"an event carries sequence {sequence} and time {time}, the command {_exchange.Time}");
        Require(index == _nextIndex, $"command {_sequence}", $"event {index} comes where {_nextIndex} is due");
        // A command ends with the positions and then the accounts that it touched, each once.
        var closing = told.Kind switch { EventKind.PositionChanged => 1, EventKind.AccountChanged => 2, _ => 0 };
        Require(closing >= _closing, $"command {_sequence}", $"a {told.Kind} comes after the command's summary has begun");
        _closing = closing;
        switch (told.Kind)
        {
            case EventKind.AccountChanged:
                var account = told.As<AccountChanged>().Account;
                Require(_touched.Add((account.Id, 0)), $"command {_sequence}", $"account {account.Id} is told twice");
                _accounts[account.Id] = account;
                break;
            case EventKind.PositionChanged:
                var position = told.As<PositionChanged>().Position;
                var key = (position.AccountId, position.InstrumentId);
                Require(_touched.Add(key), $"command {_sequence}", $"position {position.AccountId}/{position.InstrumentId} is told twice");
                _positions[key] = position;
                _exchange.TryGetInstrument(position.InstrumentId, out var traded);
                _days[key] = traded.DayEndsAt;
                break;
            case EventKind.InstrumentChanged:
                var instrument = told.As<InstrumentChanged>().Instrument;
                _instruments[instrument.Id] = instrument;
                break;
            case EventKind.OrderUpdated: Take(in told.As<OrderUpdated>().Order); break;
            case EventKind.TradeExecuted: Take(in told.As<TradeExecuted>()); break;
            case EventKind.LedgerPosted: Take(in told.As<LedgerPosted>()); break;
            case EventKind.LevelChanged: Take(in told.As<LevelChanged>()); break;
            case EventKind.TransferChanged: Take(in told.As<TransferChanged>().Transfer); break;
            default: break;
        }
    }

    void Take(in OrderState order)
    {
        var (id, filled, quantity, status, remaining, traded) = (order.Id, order.Filled, order.Quantity, order.Status, order.Remaining, _fills.GetValueOrDefault(order.Id));
        if (order.Change == OrderChange.Accepted) Follows(ref _lastOrder, id, "order");
        Require(filled == traded, $"order {id}", $"says that {filled} traded, its trades {traded}");
        Require(filled >= 0 && filled <= quantity, $"order {id}", $"has traded {filled} of {quantity}");
        Require(status == OrderStatus.Filled == (remaining == 0), $"order {id}", $"is {status} with {remaining} left");
        if (order.IsOpen)
        {
            _open[id] = order;
        }
        else
        {
            _open.Remove(id);
            _fills.Remove(id);
        }
    }

    void Take(in TradeExecuted trade)
    {
        Follows(ref _lastTrade, trade.TradeId, "trade");
        // The two orders tell of their fills one after the other; the taker's total must not count a trade before it is told.
        _fills[trade.BuyOrderId] = _fills.GetValueOrDefault(trade.BuyOrderId) + trade.Quantity;
        _fills[trade.SellOrderId] = _fills.GetValueOrDefault(trade.SellOrderId) + trade.Quantity;
    }

    void Take(in LedgerPosted line)
    {
        var (entry, number, amount, after, account) = (line.EntryId, line.Line, line.Amount, line.BalanceAfter, line.AccountId);
        if (number == 0)
        {
            Follows(ref _lastEntry, entry, "ledger entry");
            _nextLine = 0;
        }
        Require(entry == _lastEntry && number == _nextLine, $"ledger entry {entry}", $"line {number} comes where {_nextLine} of entry {_lastEntry} is due");
        _nextLine = (byte)(number + 1);
        Require(amount != 0 && (line.CurrencyId == 0) != (line.InstrumentId == 0), $"ledger entry {entry}", $"line {number} moves {amount}: nothing, or both money and shares");
        var asset = (account, line.CurrencyId, line.InstrumentId);
        var balance = _balances.GetValueOrDefault(asset) + amount;
        _balances[asset] = balance;
        Require(balance == after, $"ledger entry {entry}", $"leaves {after} in account {account}; its lines add up to {balance}");
        if (line.Kind == PostingKind.Transfer) _lastTransferPosted = (line.Reference, Math.Abs(amount));
        var sum = (entry, line.CurrencyId, line.InstrumentId);
        _sums[sum] = _sums.GetValueOrDefault(sum) + amount;
    }

    void Take(in TransferState transfer)
    {
        var (id, status, wasScheduled) = (transfer.Id, transfer.Status, _scheduled.Remove(transfer.Id));
        if (status == TransferStatus.Scheduled || transfer.RunAt == 0) Follows(ref _lastTransfer, id, "transfer");
        // A series that is ended between two of its transfers is told by the one before, without its recurrence.
        else Require(wasScheduled || (transfer.SeriesId != 0 && transfer.Recurrence.IsEmpty), $"transfer {id}", $"becomes {status} and was not scheduled");
        if (status == TransferStatus.Scheduled) _scheduled[id] = transfer;
        if (status == TransferStatus.Completed && (transfer.SeriesId == 0 || !transfer.Recurrence.IsEmpty)) Require(_lastTransferPosted == (id, transfer.Amount), $"transfer {id}", $"is completed, and the postings before it are of transfer {_lastTransferPosted.Id}");
    }

    void Take(in LevelChanged level)
    {
        var (book, price, quantity, orders, sequence) = (level.InstrumentId, level.Price, level.Quantity, level.OrderCount, level.BookSequence);
        var due = _bookSequences.GetValueOrDefault(book) + 1;
        Require(sequence == due, $"book {book}", $"goes from {due - 1} to {sequence}");
        _bookSequences[book] = sequence;
        var levels = Levels(book, level.Side);
        Require(quantity == 0 == (orders == 0), $"book {book}", $"a level has {quantity} in {orders} orders");
        var isKnown = levels.TryGetValue(price, out var known);
        Require(quantity != 0 || isKnown, $"book {book}", $"a level at {price} goes that was never there");
        Require(!isKnown || known != (quantity, orders), $"book {book}", $"the level at {price} is told to change and does not");
        if (quantity == 0) levels.Remove(price);
        else levels[price] = (quantity, orders);
    }

    void CompareInstrument(int id)
    {
        _exchange.TryGetInstrument(id, out var instrument);
        var told = _instruments.GetValueOrDefault(id);
        Same(
            $"instrument {id}", (instrument.Rules, instrument.Halted, instrument.Name, instrument.Symbol, instrument.PreviousClose),
            (told.Rules, told.Halted, told.Name, told.Symbol, told.PreviousClose));
        Same($"book {id}", instrument.BookSequence, _bookSequences.GetValueOrDefault(id));
        foreach (var side in (ReadOnlySpan<Side>)[Side.Buy, Side.Sell])
        {
            var levels = new BookLevel[_exchange.DepthOf(id, side)];
            var count = _exchange.CopyDepth(id, side, levels);
            var toldLevels = Levels(id, side);
            Require(count == levels.Length && count == toldLevels.Count, $"book {id}", $"has {levels.Length} {side} levels, gives {count} and has told of {toldLevels.Count}");
            foreach (var level in levels)
                Same($"book {id}", level, new BookLevel(level.Price, toldLevels.GetValueOrDefault(level.Price).Quantity, toldLevels.GetValueOrDefault(level.Price).Orders));
        }
    }

    SortedDictionary<long, (long Quantity, int Orders)> Levels(int instrument, Side side) =>
        _books.TryGetValue((instrument, side), out var levels) ? levels : _books[(instrument, side)] = [];

    /// <summary>A day that ends is not told position by position: its figures begin anew from what is held.</summary>
    PositionState Today(PositionState position)
    {
        _exchange.TryGetInstrument(position.InstrumentId, out var instrument);
        return _days[(position.AccountId, position.InstrumentId)] == instrument.DayEndsAt
            ? position
            : position with { DayOpenQuantity = position.Quantity, DayCashFlow = 0 };
    }

    void Follows(ref long? last, long id, string what)
    {
        var due = last is { } known ? known + 1 : id;
        Require(id == due, $"{what} {id}", $"comes where {due} is due");
        last = id;
    }

    void Same<T>(string subject, T actual, T told) where T : notnull
    {
        if (!actual.Equals(told)) _findings.Add(AuditCheck.Events, subject, $"is {actual}; its events say {told}");
    }

    void Require(
        bool holds,
        [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(holds))] FindingText subject,
        [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(holds))] FindingText detail) =>
        _findings.Require(holds, AuditCheck.Events, subject, detail);
}
