using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Features.Instruments;

/// <summary>Pages through the instruments. They are never taken off the list, so a place in it is a number.</summary>
internal sealed class InstrumentList(InstrumentService instruments, CursorCodec cursors)
{
    const string Scope = "instruments";

    public ApiResult<IReadOnlyList<InstrumentDto>> List(QueryReader query, IQueryCollection raw)
    {
        var page = PageRequest.From(query);
        var start = page.OpenCursor<Place>(cursors, Scope, query.Faults)?.From ?? (page.Page - 1) * page.Size;
        query.Faults.ThrowIfAny();
        var all = instruments.All();
        var shown = all.Skip(start).Take(page.Size).ToArray();
        var pagination = page.Describe(all.Count,
            start + page.Size < all.Count ? cursors.Seal(new Place(start + page.Size), Scope) : null,
            start > 0 ? cursors.Seal(new Place(Math.Max(0, start - page.Size)), Scope) : null);
        return Api.List<InstrumentDto>(shown, pagination, page.Links("/instruments", raw, pagination));
    }

    sealed record Place(int From);
}
