using MyTradeX.Contracts;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>A page of a list that lies in the store, read the way it was asked for.</summary>
/// <param name="cursors">Makes places into cursors.</param>
/// <param name="scope">Names the list and its filters, so that a cursor fits no other.</param>
internal readonly struct StoredPages<TRow, TKey>(CursorCodec cursors, string scope)
{
    /// <summary>Reads the page and describes where it lies.</summary>
    /// <param name="page">What was asked for.</param>
    /// <param name="cursor">From <see cref="PageRequest.OpenCursor"/>.</param>
    /// <param name="numbered">Reads a page by number and size, with the total.</param>
    /// <param name="walked">Reads a page by cursor and size.</param>
    public async Task<(IReadOnlyList<TRow> Rows, Pagination Pagination)> ReadAsync(
        PageRequest page, Cursor<TKey>? cursor, Func<int, int, Task<Page<TRow>>> numbered, Func<Cursor<TKey>?, int, Task<CursorPage<TRow, TKey>>> walked)
    {
        if (page.Mode == PagingMode.Numbered)
        {
            var (rows, total) = await numbered(page.Page, page.Size);
            return (rows, page.Describe(total, null, null));
        }
        var (items, next, previous) = await walked(cursor, page.Size);
        // Only the first page, asked for neither way, tells how many there are and how to walk on.
        long? all = page.Mode == PagingMode.First ? (await numbered(1, 1)).Total : null;
        return (items, page.Describe(all, Seal(next), Seal(previous)));
    }

    string? Seal(Cursor<TKey>? place) => place is null ? null : cursors.Seal(place, scope);
}
