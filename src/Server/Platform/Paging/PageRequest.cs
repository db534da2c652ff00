using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>How a list was asked for.</summary>
internal enum PagingMode
{
    /// <summary>Neither <c>page</c> nor <c>cursor</c>: the first page, which carries both sets of fields.</summary>
    First,
    /// <summary><c>page</c>.</summary>
    Numbered,
    /// <summary><c>cursor</c>, empty for the first page.</summary>
    Cursor,
}

/// <summary>Which page of a list, read from <c>page</c>, <c>size</c> (or <c>limit</c>) and <c>cursor</c>.</summary>
internal sealed record PageRequest(PagingMode Mode, int Page, int Size, string? Cursor)
{
    /// <summary>Entries a page unless asked otherwise.</summary>
    public const int SizeDefault = 20;

    /// <summary>Most entries a page.</summary>
    public const int SizeMax = 100;

    // Numbered paging counts its way to the page; beyond this, a cursor is the way.
    const int PageMax = 1_000_000;

    public static PageRequest From(QueryReader query)
    {
        var size = query.Number("size", 1, SizeMax) ?? query.Number("limit", 1, SizeMax) ?? SizeDefault;
        if (query.Has("page") && query.Has("cursor"))
            query.Faults.Add("cursor", "cannot go with page; use one of them");
        if (query.Has("cursor"))
            return new(PagingMode.Cursor, 1, (int)size, query.Text("cursor", 2_048));
        return new(query.Has("page") ? PagingMode.Numbered : PagingMode.First, (int)(query.Number("page", 1, PageMax) ?? 1), (int)size, null);
    }

    /// <summary>Opens the cursor, or notes that it is not one of this list's.</summary>
    /// <returns>Null for the first page.</returns>
    public T? OpenCursor<T>(CursorCodec codec, string scope, Faults faults) where T : class
    {
        if (Cursor is null)
            return null;
        if (!codec.TryOpen<T>(Cursor, scope, out var place))
            faults.Add("cursor", "is not a cursor of this list; take it from pagination.nextCursor or prevCursor, with the same filters");
        return place;
    }

    /// <summary>The answer's paging fields.</summary>
    /// <param name="total">Entries in all; needed unless paging by cursor.</param>
    /// <param name="next">Sealed cursor of the page after; needed unless paging by number.</param>
    /// <param name="previous">Sealed cursor of the page before.</param>
    public Pagination Describe(long? total, string? next, string? previous)
    {
        var pagination = new Pagination();
        if (Mode != PagingMode.Cursor && total is { } entries)
        {
            var pages = (entries + Size - 1) / Size;
            pagination = pagination with { Page = Page, Size = Size, Total = entries, TotalPages = pages, HasNext = Page < pages, HasPrevious = Page > 1 };
        }
        if (Mode != PagingMode.Numbered)
            pagination = pagination with { Size = Size, NextCursor = next, PrevCursor = previous, HasMore = next is not null };
        return pagination;
    }

    /// <summary>Addresses of this page and its neighbours, with the request's own filters kept.</summary>
    /// <param name="path">The list's address below <c>/api/v…</c>.</param>
    /// <param name="query">The request's query.</param>
    /// <param name="pagination">What <see cref="Describe"/> gave.</param>
    public Links Links(string path, IQueryCollection query, Pagination pagination)
    {
        string With(string name, string value)
        {
            var kept = query.Where(pair => pair.Key is not ("page" or "cursor" or "version"))
                .SelectMany(pair => pair.Value, (pair, text) => KeyValuePair.Create(pair.Key, text));
            return path + QueryString.Create(kept.Append(KeyValuePair.Create(name, (string?)value)));
        }

        return Mode == PagingMode.Cursor
            ? new()
            {
                ["self"] = With("cursor", Cursor ?? ""),
                ["next"] = pagination.NextCursor is { } next ? With("cursor", next) : null,
                ["prev"] = pagination.PrevCursor is { } previous ? With("cursor", previous) : null,
            }
            : new()
            {
                ["self"] = With("page", $"{Page}"),
                ["next"] = pagination.HasNext == true ? With("page", $"{Page + 1}") : null,
                ["prev"] = pagination.HasPrevious == true ? With("page", $"{Page - 1}") : null,
            };
    }
}
