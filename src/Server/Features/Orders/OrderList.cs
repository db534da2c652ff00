using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Orders;

/// <summary>Lists a user's orders, open and ended, newest first, by filters, paged either way.</summary>
internal sealed class OrderList(Venue.Venue venue, Listings listings, OrderHistory history, CursorCodec cursors)
{
    public async Task<ApiResult<IReadOnlyList<OrderDto>>> ListAsync(Caller caller, QueryReader query, IQueryCollection raw, CancellationToken cancellation)
    {
        var wanted = Read(caller, query);
        var page = PageRequest.From(query);
        var scope = $"orders {wanted with { Statuses = null }} {string.Join(',', wanted.Statuses ?? [])}";
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

        ApiResult<IReadOnlyList<OrderDto>> Answer(IReadOnlyList<OrderRow> rows, long? total, string? next, string? previous)
        {
            var pagination = page.Describe(total, next, previous);
            return Api.List([.. rows.Select(row => OrderMapping.ToOrder(row, listings.Of((int)row.InstrumentId)))], pagination, page.Links("/orders", raw, pagination));
        }
    }

    static OrderQuery Read(Caller caller, QueryReader query)
    {
        var userId = caller.UserId;
        if (query.Text("userId") is { } named)
        {
            if (!Ids.TryParse(named, "user", out userId))
                query.Faults.Add("userId", "must be a user id such as user-12");
            else
                caller.RequireActFor(userId);
        }
        long? accountId = null;
        if (query.Text("accountId") is { } account)
        {
            if (Ids.TryParse(account, "account", out var number))
                accountId = number;
            else
                query.Faults.Add("accountId", "must be an account id such as account-3");
        }
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        return new()
        {
            UserId = userId,
            Statuses = query.Enums<OrderStatus>("status") is { } statuses ? [.. statuses.Select(WireName.Of)] : null,
            Symbol = query.Text("symbol")?.ToUpperInvariant(),
            Side = query.Enum<OrderSide>("side") is { } side ? WireName.Of(side) : null,
            From = from is { } first ? Micros.From(first) : null,
            To = to is { } end ? Micros.From(end) : null,
            ClientOrderId = query.Text("clientOrderId"),
            AccountId = accountId,
        };
    }
}
