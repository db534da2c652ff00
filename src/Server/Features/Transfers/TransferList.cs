using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Transfers;

/// <summary>Lists a user's transfers, newest first, by filters, paged either way or whole.</summary>
internal sealed class TransferList(Venue.Venue venue, TransferService transfers, TransferHistory history, CursorCodec cursors)
{
    public async Task<IResult> ListAsync(Caller caller, QueryReader query, HttpContext context, CancellationToken cancellation)
    {
        var wanted = Read(caller, query);
        if (LineRequest.IsWanted(context))
        {
            var limit = LineRequest.LimitFrom(query);
            query.Faults.ThrowIfAny();
            await venue.CatchUpAsync(cancellation);
            return new LineStream<TransferRow, TimeKey, TransferDto>(limit, (place, size) => history.ListAsync(wanted, place, size, cancellation), row => transfers.Show(row, caller));
        }

        var page = PageRequest.From(query);
        var scope = $"transfers {wanted with { Statuses = null }} {string.Join(',', wanted.Statuses ?? [])}";
        var cursor = page.OpenCursor<Cursor<TimeKey>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();

        await venue.CatchUpAsync(cancellation);
        var (rows, pagination) = await new StoredPages<TransferRow, TimeKey>(cursors, scope).ReadAsync(
            page, cursor, (number, size) => history.ListAsync(wanted, number, size, cancellation), (place, size) => history.ListAsync(wanted, place, size, cancellation));
        return Api.List<TransferDto>([.. rows.Select(row => transfers.Show(row, caller))], pagination, page.Links("/transfers/history", context.Request.Query, pagination));
    }

    static TransferQuery Read(Caller caller, QueryReader query)
    {
        var userId = caller.UserId;
        if (query.Text("userId") is { } named)
        {
            if (!Ids.TryParse(named, "user", out userId))
                query.Faults.Add("userId", "must be a user id such as user-12");
            else
                caller.RequireActFor(userId);
        }
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        return new()
        {
            UserId = userId,
            IsSent = query.Enum<TransferDirection>("direction") is { } direction ? direction == TransferDirection.Sent : null,
            // What is due is scheduled as long as it has not happened.
            Statuses = query.Enums<TransferStatus>("status") is { } statuses ? [.. statuses.Select(status => status == TransferStatus.Pending ? TransferStatus.Scheduled : status).Distinct().Select(status => WireName.Of(status).ToUpperInvariant())] : null,
            AccountId = Number(query, "accountId", "account", "account-3"),
            SeriesId = Number(query, "seriesId", "transfer", "transfer-12"),
            From = from is { } first ? Micros.From(first) : null,
            To = to is { } end ? Micros.From(end) : null,
        };
    }

    static long? Number(QueryReader query, string name, string prefix, string example)
    {
        if (query.Text(name) is not { } text)
            return null;
        if (Ids.TryParse(text, prefix, out var number))
            return number;
        query.Faults.Add(name, $"must be an id such as {example}");
        return null;
    }
}
