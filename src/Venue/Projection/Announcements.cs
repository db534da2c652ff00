using System.Text.Json;
using MyTradeX.Core;
using MyTradeX.Store;

namespace MyTradeX.Venue.Projection;

/// <summary>Tells what an event means to the users it concerns, as far as they want to be told.</summary>
static class Announcements
{
    public static string? TypeOf(in OrderState order) => (order.Status, order.Change) switch
    {
        (OrderStatus.Cancelled, _) => "order.cancelled",
        (OrderStatus.Expired, _) => "order.expired",
        (OrderStatus.Filled, _) => "order.filled",
        (_, OrderChange.Traded) => "order.partially_filled",
        (_, OrderChange.Accepted) => "order.accepted",
        _ => null,
    };

    public static string TypeOf(in TransferState transfer) => transfer.Status switch
    {
        TransferStatus.Scheduled => "transfer.scheduled",
        TransferStatus.Completed => "transfer.completed",
        TransferStatus.Failed => "transfer.failed",
        TransferStatus.Cancelled => "transfer.cancelled",
        _ => throw new InvariantBrokenException($"a transfer's status {transfer.Status} is known"),
    };

    public static AnnouncementRow Of<TRow>(in EventHeader header, long userId, string type, TRow row) => new()
    {
        Sequence = header.Sequence, Idx = header.Index, UserId = userId, EventType = type, Payload = JsonSerializer.Serialize(row), OccurredAt = header.Time,
    };
}
