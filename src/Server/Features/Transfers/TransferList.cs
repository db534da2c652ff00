using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Transfers;

/// <summary>Lists a user's transfers, newest first, by filters, paged either way or whole.</summary>
internal sealed class TransferList(Venue.Venue venue, TransferService transfers, TransferHistory history, CursorCodec cursors)
{
    public Task<IResult> ListAsync(Caller caller, string path, QueryReader query, HttpContext context, CancellationToken cancellation)
    {
        var wanted = Read(caller, query);
        return new StoredList<TransferRow, TimeKey, TransferDto>(
            path,
            $"transfers {wanted with { Statuses = null }} {string.Join(',', wanted.Statuses ?? [])}",
            (number, size) => history.ListAsync(wanted, number, size, cancellation),
            (place, size) => history.ListAsync(wanted, place, size, cancellation),
            row => transfers.Show(row, caller)).AnswerAsync(venue, cursors, query, context, cancellation);
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
