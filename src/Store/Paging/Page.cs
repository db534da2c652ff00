namespace MyTradeX.Store;

/// <summary>One numbered page of a list, with the size of the whole.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="Total">Rows in the whole list under the same filter, counted just after the page was read.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total);

/// <summary>
/// A place between two rows of a list. It names the row next to it by the row's own sort key, so it stays where it is
/// while rows are inserted or deleted around it.
/// </summary>
/// <param name="Key">Sort key of the row beside the place; that row itself is not part of the page.</param>
/// <param name="Backward">False for the rows after the key, true for the rows before it.</param>
public sealed record Cursor<TKey>(TKey Key, bool Backward = false);

/// <summary>One page of a list read by cursor. Items are in list order whichever way the cursor pointed.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="Next">Leads to the rows after this page; null when there are none.</param>
/// <param name="Previous">Leads to the rows before this page; null when there are none.</param>
public sealed record CursorPage<T, TKey>(IReadOnlyList<T> Items, Cursor<TKey>? Next, Cursor<TKey>? Previous)
{
    /// <summary>True when rows follow this page.</summary>
    public bool HasMore => Next is not null;
}

/// <summary>Place in a list that is ordered by time, then by id.</summary>
/// <param name="Time">Microseconds since 1970-01-01 UTC.</param>
/// <param name="Id">Tells apart the rows of one microsecond.</param>
public readonly record struct TimeKey(long Time, long Id);
