namespace MyTradeX.Core.Tests.Scenarios;

/// <summary>
/// An auditor who sees events alone, keeps his own books from them, and compares them with the core's. What he checks
/// holds whatever the trading rules are: money and shares are conserved, counters have no gaps, books are not crossed.
/// </summary>
sealed class Audit(Exchange core)
{
    readonly CoreState _state = new(core);
    readonly SortedDictionary<long, AccountState> _accounts = [];
    readonly SortedDictionary<(long, int), PositionState> _positions = [];
    readonly Dictionary<(long, int), long> _days = [];
    readonly SortedDictionary<long, OrderState> _open = [];
    readonly Dictionary<int, InstrumentState> _instruments = [];
    readonly Dictionary<(int Instrument, Side Side), SortedDictionary<long, (long Quantity, int Orders)>> _books = [];
    readonly Dictionary<int, long> _bookSequences = [];
    readonly Dictionary<(long Account, int Currency, int Instrument), long> _balances = [];
    readonly Dictionary<(long Entry, int Currency, int Instrument), long> _sums = [];
    readonly Dictionary<long, long> _fills = [];
    long _lastOrder;
    long _lastTrade;
    long _lastEntry;
    byte _nextLine;
    readonly HashSet<(long, int)> _touched = [];
    int _nextIndex;
    int _closing;

    /// <summary>Takes the events of one command into his books.</summary>
    public void Take(EventBuffer events)
    {
        _sums.Clear();
        _touched.Clear();
        _nextIndex = _closing = 0;
        foreach (var told in events) Take(told);
        foreach (var (entry, sum) in _sums) DisagreementException.Check(sum == 0, $"Ledger entry {entry} sums to {sum}, not to zero.");
    }

    /// <summary>Compares his books with the core's.</summary>
    public void CompareStates()
    {
        CompareBooks();
        DisagreementException.CompareAll(_state.Accounts(), _accounts.Values, "The accounts are not what their events say.");
        DisagreementException.CompareAll(_state.Positions(), _positions.Values.Select(Today), "The positions are not what their events say.");
        DisagreementException.CompareAll(_state.OpenOrders(), _open.Values, "The open orders are not what their events say.");
        CheckConservation();
    }

    void Take(ExchangeEvent told)
    {
        DisagreementException.Check(told.Header.Sequence == core.Sequence && told.Header.Time == core.Time, "An event carries its command's sequence and time.");
        DisagreementException.Check(told.Header.Index == _nextIndex++, "A command's events are numbered without gaps.");
        // A command ends with the positions and then the accounts that it touched, each once.
        var closing = told.Kind switch { EventKind.PositionChanged => 1, EventKind.AccountChanged => 2, _ => 0 };
        DisagreementException.Check(closing >= _closing, $"A {told.Kind} comes after the command's summary has begun.");
        _closing = closing;
        switch (told.Kind)
        {
            case EventKind.AccountChanged:
                var account = told.As<AccountChanged>().Account;
                DisagreementException.Check(_touched.Add((account.Id, 0)), $"Account {account.Id} is told twice.");
                _accounts[account.Id] = account;
                break;
            case EventKind.PositionChanged:
                var position = told.As<PositionChanged>().Position;
                DisagreementException.Check(_touched.Add((position.AccountId, position.InstrumentId)), $"{position} is told twice.");
                _positions[(position.AccountId, position.InstrumentId)] = position;
                core.TryGetInstrument(position.InstrumentId, out var traded);
                _days[(position.AccountId, position.InstrumentId)] = traded.DayEndsAt;
                break;
            case EventKind.InstrumentChanged:
                var instrument = told.As<InstrumentChanged>().Instrument;
                _instruments[instrument.Id] = instrument;
                break;
            case EventKind.OrderUpdated: Take(told.As<OrderUpdated>().Order); break;
            case EventKind.TradeExecuted: Take(told.As<TradeExecuted>()); break;
            case EventKind.LedgerPosted: Take(told.As<LedgerPosted>()); break;
            case EventKind.LevelChanged: Take(told.As<LevelChanged>()); break;
            default: break;
        }
    }

    void Take(in OrderState order)
    {
        if (order.Change == OrderChange.Accepted)
            DisagreementException.Check(order.Id == ++_lastOrder, $"Order ids have a gap before {order.Id}.");
        DisagreementException.Check(order.Filled == _fills.GetValueOrDefault(order.Id), $"Order {order.Id} says {order.Filled} traded, its trades {_fills.GetValueOrDefault(order.Id)}.");
        DisagreementException.Check(order.Filled >= 0 && order.Filled <= order.Quantity, $"Order {order.Id} has traded {order.Filled} of {order.Quantity}.");
        DisagreementException.Check(order.Status == OrderStatus.Filled == (order.Remaining == 0), $"Order {order.Id} is {order.Status} with {order.Remaining} left.");
        if (order.IsOpen) _open[order.Id] = order;
        else _open.Remove(order.Id);
    }

    void Take(in TradeExecuted trade)
    {
        DisagreementException.Check(trade.TradeId == ++_lastTrade, $"Trade ids have a gap before {trade.TradeId}.");
        // The two orders tell of their fills one after the other; the taker's total must not count a trade before it is told.
        _fills[trade.BuyOrderId] = _fills.GetValueOrDefault(trade.BuyOrderId) + trade.Quantity;
        _fills[trade.SellOrderId] = _fills.GetValueOrDefault(trade.SellOrderId) + trade.Quantity;
    }

    void Take(in LedgerPosted line)
    {
        if (line.Line == 0)
        {
            DisagreementException.Check(line.EntryId == ++_lastEntry, $"Ledger entries have a gap before {line.EntryId}.");
            _nextLine = 0;
        }
        DisagreementException.Check(line.EntryId == _lastEntry && line.Line == _nextLine++, $"The lines of ledger entry {line.EntryId} have a gap before {line.Line}.");
        DisagreementException.Check(line.Amount != 0 && (line.CurrencyId == 0) != (line.InstrumentId == 0), "A line moves something, and either money or shares.");
        var balance = _balances.GetValueOrDefault((line.AccountId, line.CurrencyId, line.InstrumentId)) + line.Amount;
        _balances[(line.AccountId, line.CurrencyId, line.InstrumentId)] = balance;
        DisagreementException.Check(balance == line.BalanceAfter, $"Ledger entry {line.EntryId} leaves {line.BalanceAfter} in account {line.AccountId}; its lines add up to {balance}.");
        var asset = (line.EntryId, line.CurrencyId, line.InstrumentId);
        _sums[asset] = _sums.GetValueOrDefault(asset) + line.Amount;
    }

    void Take(in LevelChanged level)
    {
        var sequence = _bookSequences.GetValueOrDefault(level.InstrumentId) + 1;
        DisagreementException.Check(level.BookSequence == sequence, $"The book of instrument {level.InstrumentId} goes from {sequence - 1} to {level.BookSequence}.");
        _bookSequences[level.InstrumentId] = sequence;
        var levels = Levels(level.InstrumentId, level.Side);
        DisagreementException.Check(level.Quantity == 0 == (level.OrderCount == 0), $"A level has {level.Quantity} in {level.OrderCount} orders.");
        DisagreementException.Check(level.Quantity != 0 || levels.ContainsKey(level.Price), $"A level at {level.Price} goes that was never there.");
        DisagreementException.Check(!levels.TryGetValue(level.Price, out var known) || known != (level.Quantity, level.OrderCount), $"The level at {level.Price} is told to change and does not.");
        if (level.Quantity == 0) levels.Remove(level.Price);
        else levels[level.Price] = (level.Quantity, level.OrderCount);
    }

    SortedDictionary<long, (long Quantity, int Orders)> Levels(int instrument, Side side) =>
        _books.TryGetValue((instrument, side), out var levels) ? levels : _books[(instrument, side)] = [];

    void CompareBooks()
    {
        foreach (var instrument in _state.Instruments())
        {
            var told = _instruments[instrument.Id];
            DisagreementException.Compare(
                (instrument.Rules, instrument.Halted, instrument.Name, instrument.Symbol), (told.Rules, told.Halted, told.Name, told.Symbol), "An instrument is not what its event says.");
            DisagreementException.Check(instrument.BookSequence == _bookSequences.GetValueOrDefault(instrument.Id), "The book's counter is that of its last event.");
            var (bids, asks) = (Levels(instrument.Id, Side.Buy), Levels(instrument.Id, Side.Sell));
            Compare(bids.Reverse(), instrument.Id, Side.Buy);
            Compare(asks, instrument.Id, Side.Sell);
            if (bids.Count > 0 && asks.Count > 0)
                DisagreementException.Check(bids.Last().Key < asks.First().Key, $"The book of {instrument.Symbol} is crossed: {bids.Last().Key} bid, {asks.First().Key} asked.");
        }
    }

    void Compare(IEnumerable<KeyValuePair<long, (long Quantity, int Orders)>> levels, int instrument, Side side) => DisagreementException.CompareAll(
        _state.Depth(instrument, side), levels.Select(level => (level.Key, level.Value.Quantity, level.Value.Orders)), $"The {side} levels are not what their events say.");

    /// <summary>A day that ends is not told position by position: its figures begin anew from what is held.</summary>
    PositionState Today(PositionState position)
    {
        core.TryGetInstrument(position.InstrumentId, out var instrument);
        return _days[(position.AccountId, position.InstrumentId)] == instrument.DayEndsAt
            ? position
            : position with { DayOpenQuantity = position.Quantity, DayCashFlow = 0 };
    }

    void CheckConservation()
    {
        foreach (var account in _accounts.Values)
        {
            DisagreementException.Check(account.Balance == _balances.GetValueOrDefault((account.Id, account.CurrencyId, 0)), $"Account {account.Id} holds {account.Balance}; its postings differ.");
            DisagreementException.Check(account.Held >= 0 && (account.Type == AccountType.Issuance || account.Available >= 0), $"Account {account.Id} has {account.Available} available.");
            DisagreementException.Check(account.OpenOrders == _open.Values.Count(order => order.AccountId == account.Id), $"Account {account.Id} counts {account.OpenOrders} open orders.");
        }
        foreach (var currency in _accounts.Values.GroupBy(account => account.CurrencyId))
            DisagreementException.Check(currency.Sum(account => account.Balance) == 0, $"The balances of currency {currency.Key} sum to {currency.Sum(account => account.Balance)}.");
        foreach (var position in _positions.Values)
        {
            DisagreementException.Check(position.Quantity == _balances.GetValueOrDefault((position.AccountId, 0, position.InstrumentId)), $"{position} is not what its postings say.");
            DisagreementException.Check(
                position.Held >= 0 && (position.Available >= 0 || _accounts[position.AccountId].Type == AccountType.Issuance), $"{position} has too little.");
        }
        foreach (var instrument in _state.Instruments())
        {
            var positions = _positions.Values.Where(position => position.InstrumentId == instrument.Id).ToList();
            DisagreementException.Check(positions.Sum(position => position.Quantity) == 0, $"The positions in {instrument.Symbol} sum to {positions.Sum(position => position.Quantity)}.");
            var held = positions.Where(position => position.Quantity > 0).Sum(position => position.Quantity);
            DisagreementException.Check(held == instrument.Issued, $"{held} shares of {instrument.Symbol} are held, {instrument.Issued} were issued.");
        }
    }
}
