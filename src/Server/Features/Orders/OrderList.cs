using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Orders;

/// <summary>Lists a user's orders, open and ended, newest first, by filters, paged either way or whole.</summary>
internal sealed class OrderList(Venue.Venue venue, Listings listings, OrderHistory history, CursorCodec cursors)
{
    public Task<IResult> ListAsync(Caller caller, QueryReader query, HttpContext context, CancellationToken cancellation)
    {
        var wanted = Read(caller, query);
        return new StoredList<OrderRow, TimeKey, OrderDto>(
            "/orders",
            $"orders {wanted with { Statuses = null }} {string.Join(',', wanted.Statuses ?? [])}",
            (number, size) => history.ListAsync(wanted, number, size, cancellation),
            (place, size) => history.ListAsync(wanted, place, size, cancellation),
            Show).AnswerAsync(venue, cursors, query, context, cancellation);
    }

    OrderDto Show(OrderRow row) => OrderMapping.ToOrder(row, listings.Of((int)row.InstrumentId));

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
