namespace MyTradeX.Store.Tests.History;

/// <summary>A suite that writes through the projection.</summary>
public abstract class HistoryTests(Engine engine) : StoreTests(engine)
{
    private long _sequence;

    private protected ProjectionWriter Writer { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Writer = ProjectionWriter.Create(Database);
    }

    public override ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Writer?.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>Writes the rows as one batch, one sequence further.</summary>
    protected void Write(params object[] rows)
    {
        var batch = new ProjectionBatch();
        foreach (var row in rows)
        {
            switch (row)
            {
                case OrderRow order: batch.Orders.Add(order); break;
                case TradeRow trade: batch.Trades.Add(trade); break;
                case LedgerLineRow line: batch.LedgerLines.Add(line); break;
                case AccountRow account: batch.Accounts.Add(account); break;
                case PositionRow position: batch.Positions.Add(position); break;
                case InstrumentRow instrument: batch.Instruments.Add(instrument); break;
                case TransferRow transfer: batch.Transfers.Add(transfer); break;
                case CandleRow candle: batch.Candles.Add(candle); break;
                case AnnouncementRow announcement: batch.Announcements.Add(announcement); break;
                default: throw new ArgumentException(row.GetType().Name, nameof(rows));
            }
        }

        if (!Writer.Write(batch, new ProjectionCheckpoint(++_sequence, 0, 0)))
            throw new InvalidOperationException("the batch was left out");
    }

    /// <summary>Walks a list from its top to its end and back again.</summary>
    protected static async Task<(List<T> Forth, List<T> Back)> WalkAsync<T, TKey>(Func<Cursor<TKey>?, Task<CursorPage<T, TKey>>> pageAt)
    {
        var forth = new List<CursorPage<T, TKey>> { await pageAt(null) };
        while (forth[^1].Next is { } next)
            forth.Add(await pageAt(next));
        var back = new List<CursorPage<T, TKey>> { forth[^1] };
        while (back[^1].Previous is { } previous)
            back.Add(await pageAt(previous));
        back.Reverse();
        return (forth.SelectMany(page => page.Items).ToList(), back.SelectMany(page => page.Items).ToList());
    }
}
