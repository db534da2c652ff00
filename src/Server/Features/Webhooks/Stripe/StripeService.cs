using System.Text;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Admin;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Webhooks.Stripe;

/// <summary>Takes what Stripe delivers and shows what came of it. The effects are a job's.</summary>
internal sealed class StripeService(StripeStore store, StripeOptions options, CursorCodec cursors, TimeProvider clock)
{
    /// <summary>Stores a genuine delivery, and the job that works on it with it. One that came before changes nothing.</summary>
    /// <exception cref="ApiException"><c>SERVICE_UNAVAILABLE</c> without a secret, <c>VALIDATION_ERROR</c> for what is forged, stale or no event.</exception>
    public async Task ReceiveAsync(StripeDelivery delivery, CancellationToken cancellation)
    {
        if (!options.Secrets().Any())
            throw new ApiException(ErrorCode.ServiceUnavailable, "This venue takes nothing from Stripe: Stripe:WebhookSecret is not set.");
        var now = clock.GetUtcNow();
        if (StripeSignature.FaultOf(delivery.Signature, delivery.Body, options.Secrets(), now) is { } fault)
            throw new ApiException(Refusal.Field("Stripe-Signature", fault));
        if (StripeEvent.Read(delivery.Body) is not { } told)
            throw new ApiException(Refusal.Field("body", "must be an event with id, type, created and data.object"));
        var row = new StripeEventRow
        {
            StripeId = told.Id, EventType = told.Type, Payload = Encoding.UTF8.GetString(delivery.Body), CreatedAt = told.CreatedAt, ReceivedAt = Micros.From(now),
        };
        await store.ReceiveAsync(row, StripeJob.Kind.Job(new(told.Id)), cancellation);
    }

    public async Task<ApiResult<IReadOnlyList<StripeEventDto>>> ListAsync(QueryReader query, IQueryCollection raw, CancellationToken cancellation)
    {
        var wanted = new StripeEventQuery { EventType = query.Text("type"), Status = query.Enum<StripeEventStatus>("status") is { } status ? WireName.Of(status) : null };
        var page = PageRequest.From(query);
        var scope = $"stripe-events {wanted}";
        var cursor = page.OpenCursor<Cursor<TimeKey>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();
        var (rows, pagination) = await new StoredPages<StripeEventRow, TimeKey>(cursors, scope).ReadAsync(
            page, cursor, (number, size) => store.ListAsync(wanted, number, size, cancellation), (place, size) => store.ListAsync(wanted, place, size, cancellation));
        return Api.List<StripeEventDto>([.. rows.Select(Show)], pagination, page.Links("/admin/stripe-events", raw, pagination));
    }

    static StripeEventDto Show(StripeEventRow row) => new()
    {
        Id = row.StripeId,
        Type = row.EventType,
        Status = WireName.TryParse<StripeEventStatus>(row.Status, out var status) ? status : throw new InvalidDataException($"the store holds '{row.Status}' as an event's status"),
        Outcome = row.Outcome,
        CreatedAt = Micros.ToInstant(row.CreatedAt),
        ReceivedAt = Micros.ToInstant(row.ReceivedAt),
        ProcessedAt = Micros.ToInstant(row.ProcessedAt),
    };
}
