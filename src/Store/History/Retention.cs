namespace MyTradeX.Store;

/// <summary>What may be forgotten: rows older than these times, in microseconds since 1970-01-01 UTC. Null keeps for ever.</summary>
public sealed record RetentionPolicy
{
    /// <summary>Minute candles that opened before.</summary>
    public long? CandlesBefore { get; init; }

    /// <summary>Trades executed before, whoever made them: the fills of users' orders go too. Meant for venues whose archive is elsewhere.</summary>
    public long? TradesBefore { get; init; }

    /// <summary>
    /// Closed orders last changed before, trades executed before and ledger entries posted before, where every account concerned
    /// is synthetic (<see cref="AccountRow.Synthetic"/>). An entry or trade that touches one real account is kept whole.
    /// </summary>
    public long? SyntheticBefore { get; init; }

    /// <summary>Closed orders of synthetic accounts that never traded, last changed before. They are most of a demo market.</summary>
    public long? SyntheticUnfilledBefore { get; init; }
}

/// <summary>How many rows a prune deleted.</summary>
/// <param name="Orders">Orders.</param>
/// <param name="Trades">Trades.</param>
/// <param name="LedgerLines">Ledger lines.</param>
/// <param name="Candles">Minute candles.</param>
public sealed record Pruned(long Orders, long Trades, long LedgerLines, long Candles);

/// <summary>Deletes old history in small transactions, so the projector and sign-ins never wait long. Freed room in the file is used again.</summary>
public sealed class Retention(Database database)
{
    /// <summary>Rows looked at in one transaction: a few milliseconds of the writer's time.</summary>
    private const int ChunkRows = 2_000;

    private const string ClosedBefore = "updated_at < @before AND status IN ('FILLED', 'CANCELLED', 'EXPIRED', 'REJECTED')";

    private static readonly string OfSynthetic = IsSynthetic("orders.account_id");

    private static readonly string AmongSynthetic = $"{IsSynthetic("trades.buy_account_id")} AND {IsSynthetic("trades.sell_account_id")}";

    private static readonly string EntryAmongSynthetic =
        $"NOT EXISTS (SELECT 1 FROM ledger_lines other WHERE other.entry_id = ledger_lines.entry_id AND NOT {IsSynthetic("other.account_id")})";

    /// <summary>Deletes what the policy no longer keeps. May be stopped at any time; the next call goes on.</summary>
    public async Task<Pruned> PruneAsync(RetentionPolicy policy, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        long orders = 0, trades = 0, lines = 0, candles = 0;
        if (policy.SyntheticUnfilledBefore is { } unfilled)
            orders += await DeleteAsync("orders", "id", "created_at", $"{ClosedBefore} AND filled_quantity = 0 AND {OfSynthetic}", unfilled, cancellation);
        if (policy.SyntheticBefore is { } synthetic)
        {
            orders += await DeleteAsync("orders", "id", "created_at", $"{ClosedBefore} AND {OfSynthetic}", synthetic, cancellation);
            trades += await DeleteAsync("trades", "id", "executed_at", $"executed_at < @before AND {AmongSynthetic}", synthetic, cancellation);
            lines += await DeleteAsync("ledger_lines", "entry_id", "posted_at", $"posted_at < @before AND {EntryAmongSynthetic}", synthetic, cancellation);
        }

        if (policy.TradesBefore is { } old)
            trades += await DeleteAsync("trades", "id", "executed_at", "executed_at < @before", old, cancellation);
        if (policy.CandlesBefore is { } cold)
            candles = await DeleteCandlesAsync(cold, cancellation);
        return new Pruned(orders, trades, lines, candles);
    }

    // An account the tables do not know counts as real.
    private static string IsSynthetic(string column) => $"EXISTS (SELECT 1 FROM accounts WHERE accounts.id = {column} AND accounts.synthetic)";

    // Walks the table by its key, which rises with time, a window of keys per transaction, and stops at the first window
    // that ends on or after the cut-off: what is kept among the old is looked at once a call and never searched through again.
    private async Task<long> DeleteAsync(string table, string key, string time, string condition, long before, CancellationToken cancellation)
    {
        var deleted = 0L;
        var after = long.MinValue;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var window = await database.ReadAsync(
                session => session.FirstAsync<Window>(
                    $"SELECT MAX(id) AS last, MIN(time) AS oldest FROM (SELECT {key} AS id, {time} AS time FROM {table} WHERE {key} > @after ORDER BY {key} LIMIT @rows) AS rows",
                    new { after, rows = (long)ChunkRows }),
                cancellation);
            if (window is not { Last: { } last, Oldest: { } oldest } || oldest >= before)
                return deleted;
            deleted += await database.WriteAsync(
                session => session.ExecuteAsync($"DELETE FROM {table} WHERE {key} > @after AND {key} <= @last AND {condition}", new { after, last, before }),
                cancellation);
            after = last;
        }
    }

    private async Task<long> DeleteCandlesAsync(long before, CancellationToken cancellation)
    {
        var deleted = 0L;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var chunk = await database.WriteAsync(
                session => session.ExecuteAsync(
                    """
                    DELETE FROM candles WHERE (instrument_id, open_time) IN
                        (SELECT instrument_id, open_time FROM candles WHERE open_time < @before ORDER BY open_time LIMIT @rows)
                    """,
                    new { before, rows = (long)ChunkRows }),
                cancellation);
            deleted += chunk;
            if (chunk < ChunkRows)
                return deleted;
        }
    }

    private sealed record Window
    {
        public long? Last { get; init; }

        public long? Oldest { get; init; }
    }
}
