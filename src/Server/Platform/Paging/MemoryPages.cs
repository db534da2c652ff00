using MyTradeX.Contracts;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>A page of a list that is wholly in memory, in the order of a key that no two entries share.</summary>
internal static class MemoryPages
{
    /// <summary>Cuts the page that was asked for and describes where it lies.</summary>
    /// <param name="sorted">The whole list, by key.</param>
    /// <param name="keyOf">An entry's key; it goes into cursors, so it must survive JSON.</param>
    /// <param name="cursor">From <see cref="PageRequest.OpenCursor"/>.</param>
    /// <param name="seal">Makes a place into a cursor of this list.</param>
    public static (IReadOnlyList<T> Entries, Pagination Pagination) Cut<T, TKey>(
        IReadOnlyList<T> sorted, Func<T, TKey> keyOf, PageRequest page, Cursor<TKey>? cursor, Func<Cursor<TKey>, string> seal)
        where TKey : IComparable<TKey>
    {
        var from = page.Mode == PagingMode.Numbered ? (int)Math.Min((page.Page - 1L) * page.Size, sorted.Count) : 0;
        var to = Math.Min(from + page.Size, sorted.Count);
        if (cursor is { Backward: false })
        {
            from = CountBelow(sorted, keyOf, cursor.Key, orAt: true);
            to = Math.Min(from + page.Size, sorted.Count);
        }
        else if (cursor is { Backward: true })
        {
            to = CountBelow(sorted, keyOf, cursor.Key, orAt: false);
            from = Math.Max(0, to - page.Size);
        }
        var entries = new T[to - from];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = sorted[from + i];
        if (page.Mode == PagingMode.Numbered || entries.Length == 0)
            return (entries, page.Describe(sorted.Count, null, null));
        var next = to < sorted.Count ? seal(new(keyOf(entries[^1]))) : null;
        var previous = from > 0 ? seal(new(keyOf(entries[0]), Backward: true)) : null;
        return (entries, page.Describe(sorted.Count, next, previous));
    }

    static int CountBelow<T, TKey>(IReadOnlyList<T> sorted, Func<T, TKey> keyOf, TKey key, bool orAt) where TKey : IComparable<TKey>
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var order = keyOf(sorted[middle]).CompareTo(key);
            if (order < 0 || (orAt && order == 0))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
