using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Instruments;

/// <summary>Pages through the instruments in the order in which they were listed.</summary>
internal sealed class InstrumentList(InstrumentService instruments, Listings listings, CursorCodec cursors)
{
    const string Scope = "instruments";

    public ApiResult<IReadOnlyList<InstrumentDto>> List(QueryReader query, IQueryCollection raw)
    {
        var page = PageRequest.From(query);
        var cursor = page.OpenCursor<Cursor<int>>(cursors, Scope, query.Faults);
        query.Faults.ThrowIfAny();
        var (shown, pagination) = MemoryPages.Cut(listings.All(), static listing => listing.Id, page, cursor, place => cursors.Seal(place, Scope));
        return Api.List<InstrumentDto>([.. shown.Select(instruments.Show)], pagination, page.Links("/instruments", raw, pagination));
    }
}
