namespace MyTradeX.Store;

/// <summary>Which of a user's transfers to list; null leaves a filter out.</summary>
public sealed record TransferQuery
{
    /// <summary>Whose: those that one of the user's accounts sends, and those that one has received. What others only mean to send, or failed to, is theirs to know.</summary>
    public required long UserId { get; init; }

    /// <summary>True for those sent alone, false for those received alone. Between two accounts of one user it is both.</summary>
    public bool? IsSent { get; init; }

    /// <summary>Any of these statuses, of which there are four; null for all.</summary>
    public IReadOnlyCollection<string>? Statuses { get; init; }

    /// <summary>Sent or received by this account.</summary>
    public long? AccountId { get; init; }

    /// <summary>Of this series.</summary>
    public long? SeriesId { get; init; }

    /// <summary>Asked for at or after, in microseconds since 1970-01-01 UTC.</summary>
    public long? From { get; init; }

    /// <summary>Asked for before, in microseconds since 1970-01-01 UTC.</summary>
    public long? To { get; init; }
}

/// <summary>Transfers, waiting and ended, as far as the projection has come. Lists are newest first.</summary>
public sealed class TransferHistory(Database database)
{
    internal static readonly Listing<TransferRow, TimeKey> Newest = new(
        "SELECT * FROM transfers",
        ["created_at", "id"],
        descending: true,
        transfer => new TimeKey(transfer.CreatedAt, transfer.Id),
        key => [key.Time, key.Id]);

    /// <summary>The transfer with this id, or null.</summary>
    public Task<TransferRow?> GetAsync(long id, CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.FirstAsync<TransferRow>("SELECT * FROM transfers WHERE id = @id", new { id }), cancellation);

    /// <summary>A numbered page of a user's transfers.</summary>
    /// <param name="query">Whose, and filters.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Page<TransferRow>> ListAsync(TransferQuery query, int page, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.PageAsync(session, Filter(query), page, size), cancellation);

    /// <summary>A page of a user's transfers by cursor; null starts at the newest.</summary>
    /// <param name="query">Whose, and filters; the same for every page of a walk.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<TransferRow, TimeKey>> ListAsync(TransferQuery query, Cursor<TimeKey>? cursor, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.CursorPageAsync(session, Filter(query), cursor, size), cancellation);

    internal Filter Filter(TransferQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        const string sent = "from_user_id = @userId", received = "to_user_id = @userId AND (status = 'COMPLETED' OR from_user_id = @userId)";
        var filter = new Filter()
            .Set("userId", query.UserId)
            .WhereGiven(database.Dialect.In("status", "statuses"), "statuses", query.Statuses?.ToArray())
            .WhereGiven("(from_account_id = @accountId OR to_account_id = @accountId)", "accountId", query.AccountId)
            .WhereGiven("series_id = @seriesId", "seriesId", query.SeriesId)
            .Within("created_at", query.From, query.To);
        return query.IsSent switch
        {
            true => filter.Where(sent),
            false => filter.Where(received),
            null => filter.WhereAny(sent, received),
        };
    }
}
