namespace MyTradeX.Store;

/// <summary>
/// A list with a total order, read by page number or by cursor. The order's columns end in one that is unique, so no row
/// can be skipped or repeated when a page ends among equals.
/// </summary>
/// <param name="select">The query up to its WHERE, for example <c>SELECT * FROM orders</c>.</param>
/// <param name="columns">The columns of the order, most significant first.</param>
/// <param name="descending">True to list the largest first.</param>
/// <param name="keyOf">The sort key of a row.</param>
/// <param name="valuesOf">The key's values, one a column.</param>
internal sealed class Listing<T, TKey>(string select, string[] columns, bool descending, Func<T, TKey> keyOf, Func<TKey, object[]> valuesOf)
{
    /// <summary>Most rows in one page: ten times what the API gives, for exports that page through a whole list.</summary>
    public const int SizeMax = 1_000;

    private readonly string _forward = Order(columns, descending);
    private readonly string _backward = Order(columns, !descending);

    public async Task<Page<T>> PageAsync(Session session, Filter filter, int page, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(page, 1);
        CheckSize(size);
        var rows = filter.Copy().Set("pageSize", (long)size).Set("pageOffset", (page - 1L) * size).Set("pageReach", (long)page * size);
        var items = await session.ListAsync<T>($"{Select(rows, _forward, "@pageReach")} LIMIT @pageSize OFFSET @pageOffset", rows.Parameters);
        var from = select[select.IndexOf("FROM", StringComparison.Ordinal)..];
        var total = await session.FirstAsync<long>($"SELECT COUNT(*) {from} {filter.Sql}", filter.Parameters);
        return new Page<T>(items, total);
    }

    public async Task<CursorPage<T, TKey>> CursorPageAsync(Session session, Filter filter, Cursor<TKey>? cursor, int size)
    {
        CheckSize(size);
        var backward = cursor is { Backward: true };
        var (sql, rows) = CursorQuery(filter, cursor, size);
        var items = await session.ListAsync<T>(sql, rows.Parameters);
        var goesOn = items.Count > size;
        if (goesOn)
            items.RemoveAt(size);
        if (backward)
            items.Reverse();
        if (items.Count == 0)
            return new CursorPage<T, TKey>(items, null, null);
        // The row that the cursor named lies on the side we came from, so that side has a page.
        var next = backward || goesOn ? new Cursor<TKey>(keyOf(items[^1])) : null;
        var previous = backward ? goesOn : cursor is not null;
        return new CursorPage<T, TKey>(items, next, previous ? new Cursor<TKey>(keyOf(items[0]), Backward: true) : null);
    }

    /// <summary>The query behind <see cref="CursorPageAsync"/>; on its own so that a test can ask the database how it would run it.</summary>
    public (string Sql, Filter Rows) CursorQuery(Filter filter, Cursor<TKey>? cursor, int size)
    {
        // One row more than asked tells whether the list goes on in this direction.
        var rows = filter.Copy().Set("pageSize", size + 1L);
        if (cursor is not null)
            Place(rows, cursor);
        return ($"{Select(rows, cursor is { Backward: true } ? _backward : _forward, "@pageSize")} LIMIT @pageSize", rows);
    }

    // Each alternative needs no more rows than the page reaches into the list; UNION drops a row that meets two of them.
    private string Select(Filter rows, string order, string reach) => rows.Alternatives.Count == 0
        ? $"{select} {rows.Sql} ORDER BY {order}"
        : string.Join(" UNION ", rows.Alternatives.Select(alternative => $"SELECT * FROM ({select} {rows.SqlFor(alternative)} ORDER BY {order} LIMIT {reach}) AS part"))
            + $" ORDER BY {order}";

    private void Place(Filter rows, Cursor<TKey> cursor)
    {
        var values = valuesOf(cursor.Key);
        for (var i = 0; i < values.Length; i++)
            rows.Set($"key{i}", values[i]);
        var below = descending ^ cursor.Backward;
        var sign = below ? "<" : ">";
        rows.BegunAtCursor(below).Where($"({string.Join(", ", columns)}) {sign} ({string.Join(", ", columns.Select((_, i) => $"@key{i}"))})");
    }

    private static void CheckSize(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, SizeMax);
    }

    private static string Order(string[] columns, bool descending) =>
        string.Join(", ", columns.Select(column => column + (descending ? " DESC" : " ASC")));
}
