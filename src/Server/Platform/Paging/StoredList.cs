using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>A list of what the exchange did, newest first: a page of it, numbered or by cursor, or all of it, as the request wants.</summary>
/// <param name="Path">Where it lies, for its links.</param>
/// <param name="Scope">Names the list and its filters, so that a cursor fits no other.</param>
/// <param name="Numbered">Reads a page by number and size, with the total.</param>
/// <param name="Walked">Reads a page by cursor and size.</param>
/// <param name="Show">A row as the wire shows it.</param>
internal sealed record StoredList<TRow, TKey, TEntry>(
    string Path, string Scope, Func<int, int, Task<Page<TRow>>> Numbered, Func<Cursor<TKey>?, int, Task<CursorPage<TRow, TKey>>> Walked, Func<TRow, TEntry> Show)
{
    /// <summary>The list as a table, where it can be had as one; whole, as lines are.</summary>
    public (string ContentType, Func<long?, IResult> Make)? Table { get; init; }

    /// <summary>Answers a request for it, once SQL holds everything that was answered before.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_ERROR</c> with every fault, those that the query had already included.</exception>
    public async Task<IResult> AnswerAsync(Venue.Venue venue, CursorCodec cursors, QueryReader query, HttpContext context, CancellationToken cancellation)
    {
        var form = Table is { } offered ? AcceptedForm.Of(context, LineRequest.ContentType, offered.ContentType) : AcceptedForm.Of(context, LineRequest.ContentType);
        if (form != AcceptedForm.Json)
        {
            var limit = LineRequest.LimitFrom(query, form);
            query.Faults.ThrowIfAny();
            await venue.CatchUpAsync(cancellation);
            return form == LineRequest.ContentType ? new LineStream<TRow, TKey, TEntry>(limit, Walked, Show) : Table!.Value.Make(limit);
        }

        var page = PageRequest.From(query);
        var cursor = page.OpenCursor<Cursor<TKey>>(cursors, Scope, query.Faults);
        query.Faults.ThrowIfAny();
        await venue.CatchUpAsync(cancellation);
        var (rows, pagination) = await new StoredPages<TRow, TKey>(cursors, Scope).ReadAsync(page, cursor, Numbered, Walked);
        return Api.List<TEntry>([.. rows.Select(Show)], pagination, page.Links(Path, context.Request.Query, pagination));
    }
}
