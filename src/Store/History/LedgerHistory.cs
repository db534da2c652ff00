namespace MyTradeX.Store;

/// <summary>Which of an account's ledger lines to list; null leaves a filter out.</summary>
public sealed record LedgerQuery
{
    /// <summary>Whose lines.</summary>
    public required long AccountId { get; init; }

    /// <summary>Any of these kinds; null for all.</summary>
    public IReadOnlyCollection<string>? Kinds { get; init; }

    /// <summary>A currency code or a symbol.</summary>
    public string? Asset { get; init; }

    /// <summary>Posted at or after, in microseconds since 1970-01-01 UTC.</summary>
    public long? From { get; init; }

    /// <summary>Posted before, in microseconds since 1970-01-01 UTC.</summary>
    public long? To { get; init; }

    /// <summary>Posted by this command or an earlier one: so that several reads see the same lines.</summary>
    public long? ThroughSequence { get; init; }
}

/// <summary>Place in a list of ledger lines.</summary>
/// <param name="PostedAt">Microseconds since 1970-01-01 UTC.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="Line">The line in the entry.</param>
public readonly record struct LedgerKey(long PostedAt, long EntryId, long Line);

/// <summary>What an account's lines of one kind add up to.</summary>
public sealed record LedgerSum
{
    /// <summary>For example <c>TRADE</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>How many lines.</summary>
    public long Lines { get; init; }

    /// <summary>In the asset's units.</summary>
    public long Amount { get; init; }

    /// <summary>How many zeros each line's amount ends in, 0 to 8: decimals of the asset that nobody needs to see.</summary>
    public long Zeros { get; init; }
}

/// <summary>What was posted to accounts, as far as the projection has come. Lists are newest first.</summary>
public sealed class LedgerHistory(Database database)
{
    internal static readonly Listing<LedgerLineRow, LedgerKey> Newest = new(
        "SELECT * FROM ledger_lines",
        ["posted_at", "entry_id", "line"],
        descending: true,
        line => new LedgerKey(line.PostedAt, line.EntryId, line.Line),
        key => [key.PostedAt, key.EntryId, key.Line]);

    internal static readonly Listing<LedgerLineRow, LedgerKey> Oldest = new(
        "SELECT * FROM ledger_lines",
        ["posted_at", "entry_id", "line"],
        descending: false,
        line => new LedgerKey(line.PostedAt, line.EntryId, line.Line),
        key => [key.PostedAt, key.EntryId, key.Line]);

    // Eight is more than any currency or instrument has decimals to spare.
    private const string Zeros = """
        CASE WHEN amount % 10 <> 0 THEN 0 WHEN amount % 100 <> 0 THEN 1 WHEN amount % 1000 <> 0 THEN 2 WHEN amount % 10000 <> 0 THEN 3
        WHEN amount % 100000 <> 0 THEN 4 WHEN amount % 1000000 <> 0 THEN 5 WHEN amount % 10000000 <> 0 THEN 6 WHEN amount % 100000000 <> 0 THEN 7 ELSE 8 END
        """;

    /// <summary>A page of an account's lines by cursor, oldest first; null starts at the oldest.</summary>
    /// <param name="query">Whose, and filters; the same for every page of a walk.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<LedgerLineRow, LedgerKey>> ListOldestAsync(LedgerQuery query, Cursor<LedgerKey>? cursor, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Oldest.CursorPageAsync(session, Filter(query), cursor, size), cancellation);

    /// <summary>What an account's lines add up to, by kind.</summary>
    public async Task<IReadOnlyList<LedgerSum>> SumsAsync(LedgerQuery query, CancellationToken cancellation = default) =>
        await database.ReadAsync(
            session =>
            {
                var filter = Filter(query);
                return session.ListAsync<LedgerSum>($"SELECT kind, COUNT(*) AS lines, CAST(SUM(amount) AS BIGINT) AS amount, CAST(MIN({Zeros}) AS BIGINT) AS zeros FROM ledger_lines {filter.Sql} GROUP BY kind ORDER BY kind", filter.Parameters);
            },
            cancellation);

    /// <summary>The lines of one entry, in order. An entry has few lines; at most 1,000 are given.</summary>
    public async Task<IReadOnlyList<LedgerLineRow>> GetEntryAsync(long entryId, CancellationToken cancellation = default) =>
        await database.ReadAsync(
            session => session.ListAsync<LedgerLineRow>("SELECT * FROM ledger_lines WHERE entry_id = @entryId ORDER BY line LIMIT 1000", new { entryId }),
            cancellation);

    /// <summary>A numbered page of an account's lines.</summary>
    /// <param name="query">Whose, and filters.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Page<LedgerLineRow>> ListAsync(LedgerQuery query, int page, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.PageAsync(session, Filter(query), page, size), cancellation);

    /// <summary>A page of an account's lines by cursor; null starts at the newest.</summary>
    /// <param name="query">Whose, and filters; the same for every page of a walk.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<LedgerLineRow, LedgerKey>> ListAsync(LedgerQuery query, Cursor<LedgerKey>? cursor, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.CursorPageAsync(session, Filter(query), cursor, size), cancellation);

    internal Filter Filter(LedgerQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new Filter()
            .Where("account_id = @accountId", "accountId", query.AccountId)
            .WhereGiven(database.Dialect.In("kind", "kinds"), "kinds", query.Kinds?.ToArray())
            .WhereGiven("asset = @asset", "asset", query.Asset)
            .Within("posted_at", query.From, query.To)
            .WhereGiven("sequence <= @through", "through", query.ThroughSequence);
    }
}
