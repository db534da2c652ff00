namespace MyTradeX.Store;

/// <summary>
/// The projection's tables at one moment: rows and checkpoint belong together, whatever is written meanwhile. Rows are read in the order of their
/// key, a piece at a time, so that tables of any length take no more memory than a piece.
/// </summary>
/// <remarks>Lives as long as the read that was given it. Every method may throw <see cref="StoreUnavailableException"/>.</remarks>
public sealed class ProjectionView
{
    /// <summary>Most rows in a piece.</summary>
    public const int PieceMax = 5_000;

    /// <summary>Most keys looked up at once.</summary>
    public const int KeysMax = 500;

    private readonly Session _session;

    private ProjectionView(Session session, ProjectionCheckpoint? checkpoint)
    {
        _session = session;
        Checkpoint = checkpoint;
    }

    /// <summary>How far the tables have come; null when nothing was ever written.</summary>
    public ProjectionCheckpoint? Checkpoint { get; }

    /// <summary>Runs reads of one moment. Writers do not wait for it, but the database keeps what they replace until it ends.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot serve.</exception>
    public static Task<T> ReadAsync<T>(Database database, Func<ProjectionView, Task<T>> work, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(work);
        return database.ReadMomentAsync(
            async session => await work(new ProjectionView(session, await ProjectionWriter.LoadCheckpointAsync(session))),
            cancellation);
    }

    /// <summary>Accounts with larger ids.</summary>
    public Task<List<AccountRow>> AccountsAsync(long afterId) => AfterAsync<AccountRow>("accounts", "id", afterId);

    /// <summary>Instruments with larger ids.</summary>
    public Task<List<InstrumentRow>> InstrumentsAsync(long afterId) => AfterAsync<InstrumentRow>("instruments", "id", afterId);

    /// <summary>Positions of later accounts, or of the same account in later instruments.</summary>
    public Task<List<PositionRow>> PositionsAsync(long afterAccountId, long afterInstrumentId) =>
        AfterAsync<PositionRow>("positions", "account_id", "instrument_id", afterAccountId, afterInstrumentId);

    /// <summary>Open orders of users with larger ids, or later ones of the same user: by user, then by time, then by id.</summary>
    public Task<List<OrderRow>> OpenOrdersAsync(long afterUserId, long afterCreatedAt, long afterId) =>
        _session.ListAsync<OrderRow>(
            $"""
            SELECT * FROM orders WHERE {OrderHistory.IsOpen} AND (user_id, created_at, id) > (@afterUserId, @afterCreatedAt, @afterId)
            ORDER BY user_id, created_at, id LIMIT @max
            """,
            new { afterUserId, afterCreatedAt, afterId, max = (long)PieceMax });

    /// <summary>Trades with larger ids.</summary>
    public Task<List<TradeRow>> TradesAsync(long afterId) => AfterAsync<TradeRow>("trades", "id", afterId);

    /// <summary>Lines of later ledger entries, or later lines of the same entry.</summary>
    public Task<List<LedgerLineRow>> LedgerLinesAsync(long afterEntryId, long afterLine) =>
        AfterAsync<LedgerLineRow>("ledger_lines", "entry_id", "line", afterEntryId, afterLine);

    /// <summary>Transfers with larger ids.</summary>
    public Task<List<TransferRow>> TransfersAsync(long afterId) => AfterAsync<TransferRow>("transfers", "id", afterId);

    /// <summary>Candles of later instruments, or later ones of the same instrument.</summary>
    public Task<List<CandleRow>> CandlesAsync(long afterInstrumentId, long afterOpenTime) =>
        AfterAsync<CandleRow>("candles", "instrument_id", "open_time", afterInstrumentId, afterOpenTime);

    /// <summary>Ids of orders with larger ids, and the commands that last changed them.</summary>
    public Task<List<OrderMark>> OrderMarksAsync(long afterId) =>
        _session.ListAsync<OrderMark>("SELECT id, sequence FROM orders WHERE id > @afterId ORDER BY id LIMIT @max", new { afterId, max = (long)PieceMax });

    /// <summary>The orders with these ids, at most <see cref="KeysMax"/>, in no particular order.</summary>
    public Task<List<OrderRow>> OrdersAsync(IReadOnlyCollection<long> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ids.Count, KeysMax, nameof(ids));
        return _session.ListAsync<OrderRow>($"SELECT * FROM orders WHERE {_session.Dialect.In("id", "ids")}", new { ids = ids.ToArray() });
    }

    private Task<List<T>> AfterAsync<T>(string table, string key, long after) =>
        _session.ListAsync<T>($"SELECT * FROM {table} WHERE {key} > @after ORDER BY {key} LIMIT @max", new { after, max = (long)PieceMax });

    private Task<List<T>> AfterAsync<T>(string table, string key, string subkey, long after, long subafter) =>
        _session.ListAsync<T>(
            $"SELECT * FROM {table} WHERE ({key}, {subkey}) > (@after, @subafter) ORDER BY {key}, {subkey} LIMIT @max",
            new { after, subafter, max = (long)PieceMax });
}

/// <summary>That an order is in the table, and since when as it is.</summary>
public sealed record OrderMark
{
    /// <summary>The order's number.</summary>
    public long Id { get; init; }

    /// <summary>Sequence of the command that last changed it.</summary>
    public long Sequence { get; init; }
}
