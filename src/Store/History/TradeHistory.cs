namespace MyTradeX.Store;

/// <summary>Which trades to list; null leaves a filter out.</summary>
public sealed record TradeQuery
{
    /// <summary>Trades of this instrument.</summary>
    public required long InstrumentId { get; init; }

    /// <summary>Executed at or after, in microseconds since 1970-01-01 UTC.</summary>
    public long? From { get; init; }

    /// <summary>Executed before, in microseconds since 1970-01-01 UTC.</summary>
    public long? To { get; init; }
}

/// <summary>Trades, as far as the projection has come. Lists are newest first.</summary>
public sealed class TradeHistory(Database database)
{
    internal static readonly Listing<TradeRow, TimeKey> Newest = new(
        "SELECT * FROM trades",
        ["executed_at", "id"],
        descending: true,
        trade => new TimeKey(trade.ExecutedAt, trade.Id),
        key => [key.Time, key.Id]);

    /// <summary>The trade with this id, or null.</summary>
    public Task<TradeRow?> GetAsync(long id, CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.FirstAsync<TradeRow>("SELECT * FROM trades WHERE id = @id", new { id }), cancellation);

    /// <summary>A numbered page of trades.</summary>
    /// <param name="query">Which instrument's, and times.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Page<TradeRow>> ListAsync(TradeQuery query, int page, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.PageAsync(session, Filter(query), page, size), cancellation);

    /// <summary>A page of trades by cursor; null starts at the newest.</summary>
    /// <param name="query">Which instrument's, and times; the same for every page of a walk.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<TradeRow, TimeKey>> ListAsync(TradeQuery query, Cursor<TimeKey>? cursor, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.CursorPageAsync(session, Filter(query), cursor, size), cancellation);

    internal static Filter Filter(TradeQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new Filter()
            .Where("instrument_id = @instrumentId", "instrumentId", query.InstrumentId)
            .Within("executed_at", query.From, query.To);
    }
}
