using MyTradeX.Core;
using MyTradeX.Store;
using MyTradeX.Venue.Projection;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// Holds SQL row by row against what a replay gives, up to the sequence that SQL has come to: the same mapping that writes history says what each
/// row should be. Trades, ledger lines and ended orders are compared as they come, candles when all are known, everything else as it stands at the end.
/// </summary>
/// <remarks>
/// Keeps in memory: a piece of history, a bit an order, and the candles and transfers of the replay. Reaches as far back as the replay does; the first candle
/// of each instrument after a snapshot is left out when it may have begun before it.
/// </remarks>
sealed class HistoryComparison
{
    /// <summary>Events gathered before their rows are compared.</summary>
    const int PieceBytes = 4 << 20;

    // The shortest times that can be set: see the server's Venue:Retention.
    const long SyntheticKeptUs = 60L * 60 * 1_000_000;
    const long TradesKeptUs = 24L * 60 * 60 * 1_000_000;

    readonly ProjectionView _view;
    readonly Findings _findings;
    readonly Exchange _exchange;
    readonly EventAudit _events;
    readonly ProjectionMapper _mapper = new();
    readonly ProjectionBatch _batch = new();
    readonly EventBuffer _gathered = new(PieceBytes + (1 << 16));
    readonly LastChanges _changes = new();
    readonly IdSet _orderIds = new();
    readonly SortedDictionary<(long Instrument, long OpenTime), CandleRow> _candles = [];
    readonly SortedDictionary<long, TransferRow> _transfers = [];
    readonly long _startSequence;
    readonly long _startMinute;
    readonly RetainedHistory _syntheticTrades;
    readonly RetainedHistory _trades;
    readonly RetainedHistory _syntheticEntries;
    readonly RetainedHistory _syntheticOrders;
    readonly RetainedHistory _keptCandles;
    TableComparison<TradeRow, long>? _tradeTable;
    TableComparison<LedgerLineRow, (long, long)>? _lineTable;
    long _first;

    /// <param name="exchange">The exchange that replays, as it is before its first command.</param>
    /// <param name="view">The tables.</param>
    /// <param name="now">The time, microseconds since 1970 UTC: for how old history must be to have been let go.</param>
    /// <param name="findings">Where differences go.</param>
    public HistoryComparison(Exchange exchange, ProjectionView view, long now, Findings findings)
    {
        (_exchange, _view, _findings) = (exchange, view, findings);
        _startSequence = exchange.Sequence;
        _startMinute = exchange.Sequence == 0 ? long.MinValue : MarketData.Candle.MinuteOf(exchange.Time);
        _events = new EventAudit(exchange, findings);
        _mapper.Learn(exchange);
        _syntheticTrades = new RetainedHistory(now - SyntheticKeptUs);
        _syntheticEntries = new RetainedHistory(now - SyntheticKeptUs);
        _syntheticOrders = new RetainedHistory(now - SyntheticKeptUs);
        _trades = new RetainedHistory(now - TradesKeptUs);
        _keptCandles = new RetainedHistory(now - TradesKeptUs);
        if (_startSequence != 0) return;
        _tradeTable = Trades(0);
        _lineTable = Lines((0, -1));
    }

    /// <summary>Rows that retention has let go.</summary>
    public long LetGo => _trades.LetGo + _syntheticTrades.LetGo + _syntheticEntries.LetGo + _syntheticOrders.LetGo + _keptCandles.LetGo;

    /// <summary>Whether it is time to compare what was gathered.</summary>
    public bool IsFull => _gathered.Bytes.Length >= PieceBytes;

    /// <summary>Takes in the events of the command that the exchange has just applied.</summary>
    public void Take()
    {
        _events.Take(_exchange.Events);
        if (_first == 0) _first = _exchange.Sequence;
        _gathered.Append(_exchange.Events.Bytes);
    }

    /// <summary>Compares what was gathered.</summary>
    public async Task CompareGatheredAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_first == 0) return;
        _mapper.Map(new EventBlock(_gathered.Bytes.ToArray(), _first, _exchange.Sequence, default), _batch);
        _mapper.Finish(_batch);
        await CompareTradesAsync();
        await CompareLinesAsync();
        await CompareEndedOrdersAsync();
        foreach (var candle in _batch.Candles) _candles[(candle.InstrumentId, candle.OpenTime)] = candle;
        foreach (var transfer in _batch.Transfers) _transfers[transfer.Id] = transfer;
        _changes.Take(_batch);
        _batch.Clear();
        _gathered.Clear();
        _first = 0;
    }

    /// <summary>Compares the rest, and whatever stands at the end. The exchange is where SQL is.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        await CompareGatheredAsync(cancellation);
        if (_tradeTable is not null) await _tradeTable.EndAsync();
        if (_lineTable is not null) await _lineTable.EndAsync();
        await FindOrdersTooManyAsync(cancellation);
        await CompareCandlesAsync();
        await CompareTransfersAsync();
        await ExchangeInTables.CompareAsync(_exchange, _view, _findings, _changes, cancellation);
        _events.Compare();
        StateAudit.Run(_exchange, _findings);
        var ledger = new LedgerSweep();
        await ledger.AdvanceAsync(_view, _exchange, long.MaxValue, cancellation);
        ledger.Report(_findings);
    }

    TableComparison<TradeRow, long> Trades(long after) => new(AuditCheck.Trades, "trade", _view.TradesAsync, row => row.Id, after, _findings);

    TableComparison<LedgerLineRow, (long, long)> Lines((long, long) after) => new(
        AuditCheck.LedgerLines, "ledger line", key => _view.LedgerLinesAsync(key.Item1, key.Item2), row => (row.EntryId, row.Line), after, _findings);

    async Task CompareTradesAsync()
    {
        foreach (var trade in _batch.Trades)
        {
            _tradeTable ??= Trades(trade.Id - 1);
            _findings.Counted(AuditCheck.Trades);
            var isSynthetic = _mapper.IsSynthetic(trade.BuyAccountId) && _mapper.IsSynthetic(trade.SellAccountId);
            if (await _tradeTable.TakeAsync(trade.Id) is { } actual)
            {
                _trades.Kept(trade.Id);
                if (isSynthetic) _syntheticTrades.Kept(trade.Id);
                Same(AuditCheck.Trades, $"trade {trade.Id}", trade, actual);
            }
            else if (!(isSynthetic && _syntheticTrades.MayBeGone(trade.Id, trade.ExecutedAt)) && !_trades.MayBeGone(trade.Id, trade.ExecutedAt))
            {
                IsMissing(AuditCheck.Trades, $"trade {trade.Id}", trade);
            }
        }
    }

    async Task CompareLinesAsync()
    {
        var lines = _batch.LedgerLines;
        for (var from = 0; from < lines.Count;)
        {
            var to = from;
            var isSynthetic = true;
            for (; to < lines.Count && lines[to].EntryId == lines[from].EntryId; to++) isSynthetic &= _mapper.IsSynthetic(lines[to].AccountId);
            for (; from < to; from++) await CompareAsync(lines[from], isSynthetic);
        }
    }

    async Task CompareAsync(LedgerLineRow line, bool isSynthetic)
    {
        _lineTable ??= Lines((line.EntryId, line.Line - 1));
        _findings.Counted(AuditCheck.LedgerLines);
        if (await _lineTable.TakeAsync((line.EntryId, line.Line)) is { } actual)
        {
            if (isSynthetic) _syntheticEntries.Kept(line.EntryId);
            Same(AuditCheck.LedgerLines, $"ledger line {line.EntryId}/{line.Line}", line, actual);
        }
        else if (!(isSynthetic && _syntheticEntries.MayBeGone(line.EntryId, line.PostedAt)))
        {
            IsMissing(AuditCheck.LedgerLines, $"ledger line {line.EntryId}/{line.Line}", line);
        }
    }

    /// <summary>An ended order never changes again, so its row is compared now; open ones are at the end.</summary>
    async Task CompareEndedOrdersAsync()
    {
        foreach (var order in _batch.Orders) _orderIds.Add(order.Id);
        // In the order of their last change: when an order is missing, every one that ended before it has been looked for.
        var ended = _batch.Orders.Where(order => order.Status is not ("NEW" or "PARTIAL")).OrderBy(order => order.UpdatedAt).ThenBy(order => order.Sequence);
        foreach (var piece in ended.Chunk(ProjectionView.KeysMax))
        {
            var rows = (await _view.OrdersAsync([.. piece.Select(order => order.Id)])).ToDictionary(row => row.Id);
            foreach (var order in piece)
            {
                _findings.Counted(AuditCheck.OrderHistory);
                var isSynthetic = _mapper.IsSynthetic(order.AccountId);
                if (rows.TryGetValue(order.Id, out var actual))
                {
                    // Retention goes by id and lets go what ended long enough ago: a lower id that ended earlier goes first.
                    if (isSynthetic) _syntheticOrders.Kept(order.Id);
                    Same(AuditCheck.OrderHistory, $"order {order.Id}", order, actual);
                }
                else if (!(isSynthetic && _syntheticOrders.MayBeGone(order.Id, order.UpdatedAt)))
                {
                    IsMissing(AuditCheck.OrderHistory, $"order {order.Id}", order);
                }
            }
        }
    }

    async Task FindOrdersTooManyAsync(CancellationToken cancellation)
    {
        for (var marks = await _view.OrderMarksAsync(0); marks.Count > 0; marks = await _view.OrderMarksAsync(marks[^1].Id))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var mark in marks)
                if (mark.Sequence > _startSequence && !_orderIds.Contains(mark.Id))
                    _findings.Add(AuditCheck.OrderHistory, $"order {mark.Id}", $"is in SQL as of sequence {mark.Sequence} and not in the journal");
        }
    }

    async Task CompareCandlesAsync()
    {
        var missing = new List<CandleRow>();
        var table = new TableComparison<CandleRow, (long, long)>(
            AuditCheck.Candles, "candle", async key => await CandlesAfterAsync(key), row => (row.InstrumentId, row.OpenTime), (0, long.MinValue), _findings, row => row.OpenTime <= _startMinute);
        foreach (var ((instrument, openTime), candle) in _candles)
        {
            if (openTime <= _startMinute) continue;
            _findings.Counted(AuditCheck.Candles);
            if (await table.TakeAsync((instrument, openTime)) is { } actual) Same(AuditCheck.Candles, $"candle {instrument}/{openTime}", candle, actual);
            else missing.Add(candle);
        }
        await table.EndAsync();
        foreach (var candle in missing)
            if (!_keptCandles.MayBeGone(candle.OpenTime, candle.OpenTime)) IsMissing(AuditCheck.Candles, $"candle {candle.InstrumentId}/{candle.OpenTime}", candle);
    }

    async Task CompareTransfersAsync()
    {
        // What did not change in the replay is as it was before; SQL has it and the replay does not know it.
        var table = new TableComparison<TransferRow, long>(AuditCheck.Transfers, "transfer", _view.TransfersAsync, row => row.Id, 0, _findings, row => row.Sequence <= _startSequence);
        foreach (var (id, transfer) in _transfers) await table.ExpectAsync(id, _ => transfer);
        await table.EndAsync();
    }

    async Task<List<CandleRow>> CandlesAfterAsync((long Instrument, long OpenTime) key)
    {
        var rows = await _view.CandlesAsync(key.Instrument, key.OpenTime);
        foreach (var row in rows) _keptCandles.Kept(row.OpenTime);
        return rows;
    }

    void Same<TRow>(AuditCheck check, string subject, TRow expected, TRow actual) where TRow : class
    {
        if (RowDifference.Of(expected, actual) is { } difference) _findings.Add(check, subject, difference);
    }

    void IsMissing(AuditCheck check, string subject, object expected) => _findings.Add(check, subject, $"is not in SQL; the journal gives {expected}");
}
