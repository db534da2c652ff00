namespace MyTradeX.Store;

/// <summary>Which of a user's orders to list; null leaves a filter out.</summary>
public sealed record OrderQuery
{
    /// <summary>Whose orders.</summary>
    public required long UserId { get; init; }

    /// <summary>Any of these statuses, of which there are six; null for all.</summary>
    public IReadOnlyCollection<string>? Statuses { get; init; }

    /// <summary>Exact symbol.</summary>
    public string? Symbol { get; init; }

    /// <summary><c>BUY</c> or <c>SELL</c>.</summary>
    public string? Side { get; init; }

    /// <summary>Created at or after, in microseconds since 1970-01-01 UTC.</summary>
    public long? From { get; init; }

    /// <summary>Created before, in microseconds since 1970-01-01 UTC.</summary>
    public long? To { get; init; }

    /// <summary>The client's own name of the order.</summary>
    public string? ClientOrderId { get; init; }

    /// <summary>One of the user's accounts.</summary>
    public long? AccountId { get; init; }
}

/// <summary>Orders, open and closed, as far as the projection has come. Lists are newest first.</summary>
public sealed class OrderHistory(Database database)
{
    /// <summary>Most fills given at once.</summary>
    public const int FillsMax = 1_000;

    /// <summary>The condition of the index of open orders.</summary>
    internal const string IsOpen = "status IN ('NEW', 'PARTIAL')";

    private const string IsEnded = "status NOT IN ('NEW', 'PARTIAL')";

    private static readonly string[] Open = ["NEW", "PARTIAL"];

    internal static readonly Listing<OrderRow, TimeKey> Newest = new(
        "SELECT * FROM orders",
        ["created_at", "id"],
        descending: true,
        order => new TimeKey(order.CreatedAt, order.Id),
        key => [key.Time, key.Id]);

    /// <summary>The order with this id, or null.</summary>
    public Task<OrderRow?> GetAsync(long id, CancellationToken cancellation = default) =>
        database.ReadAsync(session => session.FirstAsync<OrderRow>("SELECT * FROM orders WHERE id = @id", new { id }), cancellation);

    /// <summary>The account's order with the client's own name; the newest when the name was used again. Null when there is none.</summary>
    public Task<OrderRow?> FindAsync(long accountId, string clientOrderId, CancellationToken cancellation = default) =>
        database.ReadAsync(
            session => session.FirstAsync<OrderRow>(
                "SELECT * FROM orders WHERE account_id = @accountId AND client_order_id = @clientOrderId ORDER BY id DESC LIMIT 1",
                new { accountId, clientOrderId }),
            cancellation);

    /// <summary>A numbered page of a user's orders.</summary>
    /// <param name="query">Whose, and filters.</param>
    /// <param name="page">From 1.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<Page<OrderRow>> ListAsync(OrderQuery query, int page, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.PageAsync(session, Filter(query), page, size), cancellation);

    /// <summary>A page of a user's orders by cursor; null starts at the newest.</summary>
    /// <param name="query">Whose, and filters; the same for every page of a walk.</param>
    /// <param name="cursor">From the page before.</param>
    /// <param name="size">1 to 1000.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<CursorPage<OrderRow, TimeKey>> ListAsync(OrderQuery query, Cursor<TimeKey>? cursor, int size, CancellationToken cancellation = default) =>
        database.ReadAsync(session => Newest.CursorPageAsync(session, Filter(query), cursor, size), cancellation);

    /// <summary>How many of a user's orders one command cancelled.</summary>
    public Task<long> CountCancelledAsync(long userId, long sequence, CancellationToken cancellation = default) =>
        database.ReadAsync(
            session => session.FirstAsync<long>(
                "SELECT COUNT(*) FROM orders WHERE user_id = @userId AND sequence = @sequence AND status = 'CANCELLED'", new { userId, sequence }),
            cancellation);

    /// <summary>The trades of an order, oldest first.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="afterTradeId">Goes on after this trade; 0 starts at the first.</param>
    /// <param name="max">1 to <see cref="FillsMax"/>.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IReadOnlyList<TradeRow>> FillsAsync(long orderId, long afterTradeId = 0, int max = FillsMax, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(max, FillsMax);
        return await database.ReadAsync(
            session => session.ListAsync<TradeRow>(
                "SELECT * FROM trades WHERE (buy_order_id = @orderId OR sell_order_id = @orderId) AND id > @afterTradeId ORDER BY id LIMIT @max",
                new { orderId, afterTradeId, max = (long)max }),
            cancellation);
    }

    internal static Filter Filter(OrderQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var filter = new Filter()
            // A client's own name of an order is as good as unique. The plus keeps SQLite, which has no statistics here, from
            // walking through all of the user's orders instead, because those are in list order already.
            .Where(query.ClientOrderId is null ? "user_id = @userId" : "+user_id = @userId", "userId", query.UserId)
            .WhereGiven("client_order_id = @clientOrderId", "clientOrderId", query.ClientOrderId)
            .WhereGiven("symbol = @symbol", "symbol", query.Symbol)
            .WhereGiven("side = @side", "side", query.Side)
            .Within("created_at", query.From, query.To)
            .WhereGiven("account_id = @accountId", "accountId", query.AccountId);
        return query.Statuses is null ? filter : AnyStatus(filter, [.. query.Statuses.Distinct()]);
    }

    // Each condition is spelled as that of its index, or the database could not know that the index has all that is asked for.
    private static Filter AnyStatus(Filter filter, string[] statuses)
    {
        var open = statuses.Where(status => Open.Contains(status)).ToArray();
        var ways = statuses.Where(status => !Open.Contains(status)).Select((status, i) =>
        {
            filter.Set($"status{i}", status);
            return $"{IsEnded} AND status = @status{i}";
        }).ToList();
        if (open.Length == 1)
        {
            filter.Set("open", open[0]);
            ways.Add($"{IsOpen} AND status = @open");
        }
        else if (open.Length > 1)
            ways.Add(IsOpen);
        return ways.Count switch
        {
            0 => filter.Where("1 = 0"),
            1 => filter.Where(ways[0]),
            _ => filter.WhereAny(ways),
        };
    }
}
