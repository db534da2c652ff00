using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.MarketData;

/// <summary>The public tape: every trade of a symbol, newest first, without its parties.</summary>
internal sealed class Tape(Venue.Venue venue, Listings listings, TradeHistory history, CursorCodec cursors)
{
    public async Task<ApiResult<IReadOnlyList<TradeDto>>> ListAsync(string symbol, QueryReader query, IQueryCollection raw, CancellationToken cancellation)
    {
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        query.Faults.Require(from is null || to is null || from < to, "to", "must be after from");
        var page = PageRequest.From(query);
        query.Faults.ThrowIfAny();
        var instrument = listings.Require(symbol);
        var wanted = new TradeQuery
        {
            InstrumentId = instrument.Id,
            From = from is { } first ? Micros.From(first) : null,
            To = to is { } end ? Micros.From(end) : null,
        };
        var scope = $"tape {wanted}";
        var cursor = page.OpenCursor<Cursor<TimeKey>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();

        await venue.CatchUpAsync(cancellation);
        if (page.Mode == PagingMode.Numbered)
        {
            var (rows, total) = await history.ListAsync(wanted, page.Page, page.Size, cancellation);
            return Answer(rows, total, null, null);
        }
        var walked = await history.ListAsync(wanted, cursor, page.Size, cancellation);
        long? all = page.Mode == PagingMode.First ? (await history.ListAsync(wanted, 1, 1, cancellation)).Total : null;
        return Answer(walked.Items, all, Seal(walked.Next), Seal(walked.Previous));

        string? Seal(Cursor<TimeKey>? place) => place is null ? null : cursors.Seal(place, scope);

        ApiResult<IReadOnlyList<TradeDto>> Answer(IReadOnlyList<TradeRow> rows, long? total, string? next, string? previous)
        {
            var pagination = page.Describe(total, next, previous);
            return Api.List([.. rows.Select(row => Show(instrument, row))], pagination, page.Links($"/trades/{instrument.Symbol}", raw, pagination)).Cacheable();
        }
    }

    static TradeDto Show(ListedInstrument instrument, TradeRow row) => new()
    {
        Id = Ids.Trade(row.Id),
        Symbol = instrument.Symbol,
        Price = instrument.Price(row.Price),
        Quantity = instrument.Quantity(row.Quantity),
        Side = row.TakerSide == BuyName ? OrderSide.Buy : OrderSide.Sell,
        Timestamp = Micros.ToInstant(row.ExecutedAt),
    };

    static readonly string BuyName = WireName.Of(OrderSide.Buy);
}
