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

/// <summary>The public tape: every trade of a symbol, newest first, without its parties; paged either way or whole.</summary>
internal sealed class Tape(Venue.Venue venue, Listings listings, TradeHistory history, CursorCodec cursors)
{
    public async Task<IResult> ListAsync(string symbol, QueryReader query, HttpContext context, CancellationToken cancellation)
    {
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        query.Faults.Require(from is null || to is null || from < to, "to", "must be after from");
        var asLines = AcceptedForm.Of(context, LineRequest.ContentType) == LineRequest.ContentType;
        var limit = asLines ? LineRequest.LimitFrom(query) : null;
        var page = asLines ? null : PageRequest.From(query);
        query.Faults.ThrowIfAny();
        var instrument = listings.Require(symbol);
        var wanted = new TradeQuery
        {
            InstrumentId = instrument.Id,
            From = from is { } first ? Micros.From(first) : null,
            To = to is { } end ? Micros.From(end) : null,
        };
        if (page is null)
        {
            await venue.CatchUpAsync(cancellation);
            return new LineStream<TradeRow, TimeKey, TradeDto>(limit, (place, size) => history.ListAsync(wanted, place, size, cancellation), row => Show(instrument, row));
        }

        var scope = $"tape {wanted}";
        var cursor = page.OpenCursor<Cursor<TimeKey>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();

        await venue.CatchUpAsync(cancellation);
        var (rows, pagination) = await new StoredPages<TradeRow, TimeKey>(cursors, scope).ReadAsync(
            page, cursor, (number, size) => history.ListAsync(wanted, number, size, cancellation), (place, size) => history.ListAsync(wanted, place, size, cancellation));
        return Api.List<TradeDto>([.. rows.Select(row => Show(instrument, row))], pagination, page.Links($"/trades/{instrument.Symbol}", context.Request.Query, pagination)).Cacheable();
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
