using System.Text.Json;
using MyTradeX.Core;
using MyTradeX.Store;
using MyTradeX.Venue.MarketData;

namespace MyTradeX.Venue.Projection;

/// <summary>
/// Turns events into rows. Keeps what rows need and events do not repeat: symbols and codes, which accounts are simulated, and the
/// minute candle at hand of each instrument.
/// </summary>
/// <param name="audience">Who is told what happens to them; null for nobody.</param>
sealed class ProjectionMapper(Audience? audience = null)
{
    readonly Dictionary<int, string> _symbols = [];
    readonly Dictionary<int, string> _currencies = [];
    readonly HashSet<long> _synthetic = [];
    readonly Dictionary<long, long> _owners = [];
    readonly HashSet<long> _closed = [];
    readonly Dictionary<int, Candle> _candles = [];
    readonly Dictionary<long, OrderRow> _orders = [];
    readonly Dictionary<long, AccountRow> _accounts = [];
    readonly Dictionary<(long Account, int Instrument), PositionRow> _positions = [];
    readonly Dictionary<long, TransferRow> _transfers = [];
    readonly Dictionary<(int Instrument, long OpenTime), Candle> _changedCandles = [];

    /// <summary>Learns the names that a state already has.</summary>
    public void Learn(Exchange exchange)
    {
        for (var id = 1; id <= exchange.CurrencyCount; id++)
            if (exchange.TryGetCurrency(id, out var currency)) _currencies[id] = currency.Code.ToString();
        for (var id = 1; id <= exchange.InstrumentCount; id++)
            if (exchange.TryGetInstrument(id, out var instrument)) _symbols[id] = instrument.Symbol.ToString();
        for (var id = 1L; id <= exchange.AccountCount; id++)
            if (exchange.TryGetAccount(id, out var account)) Learn(in account);
    }

    /// <summary>Learns names from events whose rows are written already.</summary>
    public void Learn(EventBuffer events)
    {
        foreach (var e in events)
        {
            if (e.Kind == EventKind.CurrencyCreated) Learn(in e.As<CurrencyCreated>());
            else if (e.Kind == EventKind.InstrumentChanged) Learn(in e.As<InstrumentChanged>().Instrument);
            else if (e.Kind == EventKind.AccountChanged) Learn(in e.As<AccountChanged>().Account);
        }
    }

    /// <summary>Takes up the candle that SQL ends with.</summary>
    public void Restore(CandleRow row) => _candles[(int)row.InstrumentId] = new Candle
    {
        OpenTime = row.OpenTime,
        Open = row.Open,
        High = row.High,
        Low = row.Low,
        Close = row.Close,
        Volume = row.Volume,
        Notional = row.Notional,
        TradeCount = row.TradeCount,
    };

    /// <summary>Adds a block's rows. Of what changes many times only the last state is kept, until <see cref="Finish"/>.</summary>
    public void Map(EventBlock block, ProjectionBatch batch)
    {
        foreach (var e in block)
        {
            ref readonly var header = ref e.Header;
            switch (e.Kind)
            {
                case EventKind.OrderUpdated: Map(in header, in e.As<OrderUpdated>().Order, batch); break;
                case EventKind.TradeExecuted: Map(in header, in e.As<TradeExecuted>(), batch); break;
                case EventKind.LedgerPosted: Map(in header, in e.As<LedgerPosted>(), batch); break;
                case EventKind.AccountChanged: Map(in header, in e.As<AccountChanged>().Account, batch); break;
                case EventKind.PositionChanged: Map(in header, in e.As<PositionChanged>().Position); break;
                case EventKind.InstrumentChanged: Map(in header, in e.As<InstrumentChanged>().Instrument, batch); break;
                case EventKind.TransferChanged: Map(in header, in e.As<TransferChanged>().Transfer, batch); break;
                case EventKind.CurrencyCreated: Learn(in e.As<CurrencyCreated>()); break;
                case EventKind.LevelChanged or EventKind.KillSwitchChanged: break;
            }
        }
    }

    /// <summary>Adds the last states of whatever changed, and is ready for the next batch.</summary>
    public void Finish(ProjectionBatch batch)
    {
        batch.Orders.AddRange(_orders.Values);
        batch.Accounts.AddRange(_accounts.Values);
        batch.Positions.AddRange(_positions.Values);
        batch.Transfers.AddRange(_transfers.Values);
        foreach (var ((instrument, _), candle) in _changedCandles) batch.Candles.Add(RowOf(instrument, in candle));
        _orders.Clear();
        _accounts.Clear();
        _positions.Clear();
        _transfers.Clear();
        _changedCandles.Clear();
    }

    /// <summary>Whether history keeps an order. A simulated participant's quotes come and go all day; only what traded is history.</summary>
    public bool IsKept(in OrderState order) => order.Filled != 0 || !_synthetic.Contains(order.AccountId);

    /// <summary>Whether an account's history may be pruned: nobody's hangs on it.</summary>
    public bool IsSynthetic(long accountId) => _synthetic.Contains(accountId);

    void Map(in EventHeader header, in OrderState order, ProjectionBatch batch)
    {
        if (!IsKept(in order)) return;
        var row = _orders[order.Id] = RowOf(in order);
        if (IsTold(order.UserId) && Announcements.TypeOf(in order) is { } type) batch.Announcements.Add(Announcements.Of(in header, order.UserId, type, row));
    }

    /// <summary>An order's row.</summary>
    public OrderRow RowOf(in OrderState order) => new()
    {
        Id = order.Id,
        AccountId = order.AccountId,
        UserId = order.UserId,
        InstrumentId = order.InstrumentId,
        Symbol = _symbols[order.InstrumentId],
        Side = EnumNames<Side>.Of(order.Side),
        OrderType = EnumNames<OrderType>.Of(order.Type),
        TimeInForce = EnumNames<TimeInForce>.Of(order.TimeInForce),
        SelfTradePrevention = EnumNames<SelfTradePrevention>.Of(order.SelfTradePrevention),
        PostOnly = (order.Instructions & ExecutionInstructions.PostOnly) != 0,
        ClientOrderId = order.ClientOrderId.IsEmpty ? null : order.ClientOrderId.ToString(),
        Price = order.Price == 0 ? null : order.Price,
        StopPrice = order.StopPrice == 0 ? null : order.StopPrice,
        Quantity = order.Quantity,
        FilledQuantity = order.Filled,
        FilledNotional = order.FilledNotional,
        Fees = order.Fees,
        Status = EnumNames<OrderStatus>.Of(order.Status),
        Reason = order.Status is OrderStatus.Cancelled or OrderStatus.Expired or OrderStatus.Rejected ? EnumNames<OrderChange>.Of(order.Change) : null,
        CreatedAt = order.CreatedAt,
        UpdatedAt = order.UpdatedAt,
        Sequence = order.Sequence,
    };

    void Map(in EventHeader header, in TradeExecuted trade, ProjectionBatch batch)
    {
        batch.Trades.Add(new TradeRow
        {
            Id = trade.TradeId,
            InstrumentId = trade.InstrumentId,
            Symbol = _symbols[trade.InstrumentId],
            Price = trade.Price,
            Quantity = trade.Quantity,
            Notional = trade.Notional,
            TakerSide = EnumNames<Side>.Of(trade.TakerSide),
            BuyOrderId = trade.BuyOrderId,
            SellOrderId = trade.SellOrderId,
            BuyAccountId = trade.BuyAccountId,
            SellAccountId = trade.SellAccountId,
            BuyFee = trade.BuyFee,
            SellFee = trade.SellFee,
            Sequence = header.Sequence,
            ExecutedAt = header.Time,
        });
        if (_candles.TryGetValue(trade.InstrumentId, out var candle) && candle.OpenTime == Candle.MinuteOf(header.Time)) candle.Add(in trade);
        else candle = Candle.From(header.Time, in trade);
        _candles[trade.InstrumentId] = candle;
        _changedCandles[(trade.InstrumentId, candle.OpenTime)] = candle;
    }

    void Map(in EventHeader header, in LedgerPosted line, ProjectionBatch batch)
    {
        var row = RowOf(in header, in line);
        batch.LedgerLines.Add(row);
        if (line.Kind == PostingKind.Deposit && IsTold(_owners[line.AccountId])) batch.Announcements.Add(Announcements.Of(in header, _owners[line.AccountId], "deposit.completed", row));
    }

    LedgerLineRow RowOf(in EventHeader header, in LedgerPosted line) => new()
    {
        EntryId = line.EntryId,
        Line = line.Line,
        AccountId = line.AccountId,
        Asset = line.InstrumentId != 0 ? _symbols[line.InstrumentId] : _currencies[line.CurrencyId],
        Amount = line.Amount,
        BalanceAfter = line.BalanceAfter,
        Kind = EnumNames<PostingKind>.Of(line.Kind),
        Reference = LedgerReference.Of(in line),
        Sequence = header.Sequence,
        PostedAt = header.Time,
    };

    void Map(in EventHeader header, in AccountState account, ProjectionBatch batch)
    {
        var type = !_owners.ContainsKey(account.Id) ? "account.opened" : account.IsClosed && !_closed.Contains(account.Id) ? "account.closed" : null;
        Learn(in account);
        var row = _accounts[account.Id] = RowOf(in account, header.Sequence);
        if (type is not null && IsTold(account.OwnerId)) batch.Announcements.Add(Announcements.Of(in header, account.OwnerId, type, row));
    }

    /// <summary>An account's row, last changed by a command.</summary>
    public AccountRow RowOf(in AccountState account, long sequence) => new()
    {
        Id = account.Id,
        UserId = account.OwnerId,
        Name = account.Name.ToString(),
        Type = EnumNames<AccountType>.Of(account.Type),
        Currency = _currencies.GetValueOrDefault(account.CurrencyId, ""),
        Balance = account.Balance,
        Held = account.Held,
        Status = account.IsClosed ? "CLOSED" : "ACTIVE",
        Synthetic = _synthetic.Contains(account.Id),
        CreatedAt = account.CreatedAt,
        Sequence = sequence,
    };

    void Map(in EventHeader header, in PositionState position) => _positions[(position.AccountId, position.InstrumentId)] = RowOf(in position, header.Sequence);

    /// <summary>A position's row, last changed by a command.</summary>
    public PositionRow RowOf(in PositionState position, long sequence) => new()
    {
        AccountId = position.AccountId,
        InstrumentId = position.InstrumentId,
        Symbol = _symbols[position.InstrumentId],
        Quantity = position.Quantity,
        Held = position.Held,
        CostBasis = position.CostBasis,
        RealizedPnl = position.RealizedPnl,
        Sequence = sequence,
        UpdatedAt = position.UpdatedAt,
    };

    void Map(in EventHeader header, in InstrumentState instrument, ProjectionBatch batch)
    {
        Learn(in instrument);
        batch.Instruments.Add(RowOf(in instrument, header.Sequence));
    }

    void Map(in EventHeader header, in TransferState transfer, ProjectionBatch batch)
    {
        var row = _transfers[transfer.Id] = RowOf(in transfer, header.Sequence);
        if (IsTold(row.FromUserId)) batch.Announcements.Add(Announcements.Of(in header, row.FromUserId, Announcements.TypeOf(in transfer), row));
        // Who is paid hears of it when the money is there.
        if (transfer.Status == TransferStatus.Completed && row.ToUserId != row.FromUserId && IsTold(row.ToUserId))
            batch.Announcements.Add(Announcements.Of(in header, row.ToUserId, Announcements.TypeOf(in transfer), row));
    }

    bool IsTold(long userId) => audience is not null && audience.Contains(userId);

    /// <summary>A transfer's row, last changed by a command.</summary>
    public TransferRow RowOf(in TransferState transfer, long sequence) => new()
    {
        Id = transfer.Id,
        SeriesId = transfer.SeriesId == 0 ? null : transfer.SeriesId,
        Occurrence = transfer.Occurrence,
        UserId = transfer.UserId,
        FromAccountId = transfer.FromAccountId,
        ToAccountId = transfer.ToAccountId,
        FromUserId = _owners[transfer.FromAccountId],
        ToUserId = _owners[transfer.ToAccountId],
        Currency = _currencies[transfer.CurrencyId],
        Amount = transfer.Amount,
        Status = EnumNames<TransferStatus>.Of(transfer.Status),
        Reason = transfer.Reason == RejectCode.None ? null : EnumNames<RejectCode>.Of(transfer.Reason),
        Memo = transfer.Memo.IsEmpty ? null : transfer.Memo.ToString(),
        Recurrence = transfer.Recurrence.IsEmpty ? null : transfer.Recurrence.ToString(),
        CreatedAt = transfer.CreatedAt,
        RunAt = transfer.RunAt == 0 ? null : transfer.RunAt,
        EndedAt = transfer.EndedAt == 0 ? null : transfer.EndedAt,
        Sequence = sequence,
    };

    /// <summary>An instrument's row, last changed by a command.</summary>
    public InstrumentRow RowOf(in InstrumentState instrument, long sequence) => new()
    {
        Id = instrument.Id,
        Symbol = instrument.Symbol.ToString(),
        Json = JsonSerializer.Serialize(new
        {
            name = instrument.Name.ToString(),
            currency = _currencies[instrument.CurrencyId],
            priceScale = instrument.PriceScale,
            quantityScale = instrument.QuantityScale,
            tickSize = instrument.Rules.TickSize,
            lotSize = instrument.Rules.LotSize,
            bandBps = instrument.Rules.BandBps,
            makerFeePpm = instrument.Rules.MakerFeePpm,
            takerFeePpm = instrument.Rules.TakerFeePpm,
            sessionOpenMinute = instrument.Rules.SessionOpenMinute,
            sessionCloseMinute = instrument.Rules.SessionCloseMinute,
            halted = instrument.Halted,
            previousClose = instrument.PreviousClose,
        }),
        Sequence = sequence,
    };

    void Learn(in CurrencyCreated currency) => _currencies[currency.Id] = currency.Code.ToString();

    void Learn(in InstrumentState instrument) => _symbols[instrument.Id] = instrument.Symbol.ToString();

    // The venue's own accounts count as simulated for pruning: what concerns a user as well is kept for the user's sake.
    void Learn(in AccountState account)
    {
        _owners[account.Id] = account.OwnerId;
        if (account.IsClosed) _closed.Add(account.Id);
        if (account.OwnerId == 0 || (account.Marks & AccountMarks.Synthetic) != 0) _synthetic.Add(account.Id);
    }

    static CandleRow RowOf(int instrumentId, in Candle candle) => new()
    {
        InstrumentId = instrumentId,
        OpenTime = candle.OpenTime,
        Open = candle.Open,
        High = candle.High,
        Low = candle.Low,
        Close = candle.Close,
        Volume = candle.Volume,
        Notional = candle.Notional,
        TradeCount = candle.TradeCount,
    };
}
