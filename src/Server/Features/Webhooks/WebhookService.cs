using System.Net;
using System.Text.Json;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Webhooks;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Webhooks;

/// <summary>Keeps users' webhooks and shows what was delivered to them. To anyone but its owner a webhook does not exist.</summary>
internal sealed class WebhookService(
    WebhookStore store, WebhookSecrets secrets, WebhookOptions options, IHostEnvironment environment, Venue.Venue venue, CursorCodec cursors, TimeProvider clock)
{
    const int PerUserMax = 20, UrlMax = 2_000, DescriptionMax = 200;

    /// <summary>How long deliveries are signed with both secrets after a rotation.</summary>
    static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    readonly bool _allowsPrivate = options.AllowsPrivateIn(environment);

    /// <summary>Makes a webhook. The answer alone shows its secret.</summary>
    /// <exception cref="ApiException"><c>VALIDATION_ERROR</c>, <c>LIMIT_EXCEEDED</c></exception>
    public async Task<WebhookDto> CreateAsync(Caller caller, WebhookRequest request, Faults faults, CancellationToken cancellation)
    {
        var url = faults.Text(request.Url, "url", UrlMax);
        var wanted = Checked(new() { UserId = caller.UserId, Active = request.Active ?? true, AfterSequence = venue.Sequence, CreatedAt = Micros.Now(clock) }, request with { Url = url, Events = request.Events ?? [] }, faults);
        var secret = WebhookSecrets.Create();
        var (hasOwner, added) = await store.AddAsync(wanted with { Secret = secrets.Seal(secret) }, PerUserMax, cancellation);
        if (!hasOwner)
            throw new ApiException(ErrorCode.UserNotFound, "There is no such user any more.");
        var made = added
            ?? throw new ApiException(ErrorCode.LimitExceeded, $"You have {PerUserMax} webhooks already; delete one first.", new() { Limit = PerUserMax });
        // Before the answer: whatever its owner does after it is told.
        venue.Audience.Add(caller.UserId);
        return Show(made) with { Secret = WebhookSecrets.Show(secret) };
    }

    public async Task<ApiResult<IReadOnlyList<WebhookDto>>> ListAsync(Caller caller, QueryReader query, IQueryCollection raw, CancellationToken cancellation)
    {
        const string scope = "webhooks";
        var page = PageRequest.From(query);
        var cursor = page.OpenCursor<Cursor<long>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();
        var (shown, pagination) = MemoryPages.Cut(await store.ListAsync(caller.UserId, cancellation), static webhook => webhook.Id, page, cursor, place => cursors.Seal(place, scope));
        return Api.List<WebhookDto>([.. shown.Select(Show)], pagination, page.Links("/webhooks", raw, pagination));
    }

    /// <exception cref="ApiException"><c>NOT_FOUND</c></exception>
    public async Task<WebhookDto> GetAsync(Caller caller, string id, CancellationToken cancellation) => Show(await RequireAsync(caller, id, cancellation));

    /// <summary>Changes what is given; switched on again, a webhook begins afresh.</summary>
    /// <exception cref="ApiException"><c>NOT_FOUND</c>, <c>VALIDATION_ERROR</c></exception>
    public async Task<WebhookDto> UpdateAsync(Caller caller, string id, WebhookRequest request, Faults faults, CancellationToken cancellation)
    {
        var changed = Checked(await RequireAsync(caller, id, cancellation), request, faults);
        return Show(await store.UpdateAsync(changed, Micros.Now(clock), cancellation) ?? throw NotFound(id));
    }

    /// <exception cref="ApiException"><c>NOT_FOUND</c></exception>
    public async Task DeleteAsync(Caller caller, string id, CancellationToken cancellation)
    {
        if (!await store.DeleteAsync((await RequireAsync(caller, id, cancellation)).Id, cancellation))
            throw NotFound(id);
    }

    /// <summary>Gives it another secret; the one before signs along for a day. The answer alone shows the new one.</summary>
    /// <exception cref="ApiException"><c>NOT_FOUND</c></exception>
    public async Task<WebhookDto> RotateAsync(Caller caller, string id, CancellationToken cancellation)
    {
        var webhook = await RequireAsync(caller, id, cancellation);
        var (secret, now) = (WebhookSecrets.Create(), clock.GetUtcNow());
        var rotated = await store.RotateAsync(webhook.Id, secrets.Seal(secret), Micros.From(now + Overlap), Micros.From(now), cancellation) ?? throw NotFound(id);
        return Show(rotated) with { Secret = WebhookSecrets.Show(secret) };
    }

    /// <summary>Has a message of no consequence delivered.</summary>
    /// <exception cref="ApiException"><c>NOT_FOUND</c></exception>
    public async Task<WebhookDeliveryDto> TestAsync(Caller caller, string id, CancellationToken cancellation)
    {
        var webhook = await RequireAsync(caller, id, cancellation);
        var now = clock.GetUtcNow();
        var body = WebhookMessages.BodyOf(WebhookEvents.Test, now, new { webhookId = Ids.Webhook(webhook.Id), message = "Deliveries to this address work." });
        var message = new WebhookDeliveryRow { WebhookId = webhook.Id, MessageId = $"msg_{Guid.NewGuid():N}", EventType = WebhookEvents.Test, Body = body, CreatedAt = Micros.From(now) };
        return Show(await store.SendAsync(message, WebhookMessages.JobOf, cancellation) ?? throw NotFound(id));
    }

    public async Task<ApiResult<IReadOnlyList<WebhookDeliveryDto>>> ListDeliveriesAsync(Caller caller, string id, QueryReader query, IQueryCollection raw, CancellationToken cancellation)
    {
        var status = query.Enum<WebhookDeliveryStatus>("status") is { } wanted ? WireName.Of(wanted) : null;
        var page = PageRequest.From(query);
        var scope = $"deliveries {id} {status}";
        var cursor = page.OpenCursor<Cursor<TimeKey>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();
        var webhook = await RequireAsync(caller, id, cancellation);
        var (rows, pagination) = await new StoredPages<WebhookDeliveryRow, TimeKey>(cursors, scope).ReadAsync(
            page,
            cursor,
            (number, size) => store.ListDeliveriesAsync(webhook.Id, status, number, size, cancellation),
            (place, size) => store.ListDeliveriesAsync(webhook.Id, status, place, size, cancellation));
        return Api.List<WebhookDeliveryDto>([.. rows.Select(Show)], pagination, page.Links($"/webhooks/{id}/deliveries", raw, pagination));
    }

    /// <summary>One delivery, with what was sent and what was answered.</summary>
    /// <exception cref="ApiException"><c>NOT_FOUND</c></exception>
    public async Task<WebhookDeliveryDto> GetDeliveryAsync(Caller caller, string id, string deliveryId, CancellationToken cancellation)
    {
        var row = await RequireDeliveryAsync(caller, id, deliveryId, cancellation);
        return Show(row) with
        {
            Request = new() { Headers = row.RequestHeaders, Body = row.Body },
            Response = row.ResponseStatus is null ? null : new() { Headers = row.ResponseHeaders, Body = row.ResponseBody },
        };
    }

    /// <summary>Has a delivery made again, under the same id. One that still waits is left to its turn.</summary>
    /// <exception cref="ApiException"><c>NOT_FOUND</c></exception>
    public async Task<WebhookDeliveryDto> RedeliverAsync(Caller caller, string id, string deliveryId, CancellationToken cancellation)
    {
        var row = await RequireDeliveryAsync(caller, id, deliveryId, cancellation);
        return Show(await store.RedeliverAsync(row.Id, WebhookMessages.JobOf(row.Id), Micros.Now(clock), cancellation) ?? row);
    }

    WebhookRow Checked(WebhookRow webhook, WebhookRequest request, Faults faults)
    {
        if (request.Url is { } url && !faults.Has("url"))
            CheckUrl(url, faults);
        if (request.Events is { } events)
        {
            var unknown = events.FirstOrDefault(name => !WebhookEvents.All.Contains(name));
            if (events.Count == 0)
                faults.Add("events", "must name at least one type of event");
            else if (unknown is not null || events.Contains(null!))
                faults.Add("events", "must be among " + string.Join(", ", WebhookEvents.All));
        }
        var description = request.Description is null ? webhook.Description : faults.OptionalText(request.Description, "description", DescriptionMax, lengthMin: 0);
        faults.ThrowIfAny();
        return webhook with
        {
            Url = request.Url is null ? webhook.Url : new Uri(request.Url.Trim()).AbsoluteUri,
            Events = request.Events is null ? webhook.Events : string.Join(' ', request.Events.Distinct().Order(StringComparer.Ordinal)),
            Description = string.IsNullOrEmpty(description) ? null : description,
            Active = request.Active ?? webhook.Active,
        };
    }

    // What the name leads to is looked at when it is used; what it cannot be anyhow is told at once.
    void CheckUrl(string text, Faults faults)
    {
        if (text.Length > UrlMax || !Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
            faults.Add("url", $"must be an address such as https://example.com/hooks, of at most {UrlMax} characters");
        else if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            faults.Add("url", "must have neither a user nor a fragment");
        else if (!_allowsPrivate && url.Scheme != "https")
            faults.Add("url", "must begin with https://");
        else if (!_allowsPrivate && (url.IsLoopback || (IPAddress.TryParse(url.DnsSafeHost, out var address) && !PublicAddresses.IsPublic(address))))
            faults.Add("url", "must lead to a public address");
    }

    async Task<WebhookRow> RequireAsync(Caller caller, string id, CancellationToken cancellation) =>
        Ids.TryParse(id, "webhook", out var number) && await store.GetAsync(number, cancellation) is { } webhook && webhook.UserId == caller.UserId ? webhook : throw NotFound(id);

    async Task<WebhookDeliveryRow> RequireDeliveryAsync(Caller caller, string id, string deliveryId, CancellationToken cancellation)
    {
        var webhook = await RequireAsync(caller, id, cancellation);
        return Ids.TryParse(deliveryId, "delivery", out var number) && await store.GetDeliveryAsync(number, cancellation) is { } delivery && delivery.WebhookId == webhook.Id ? delivery : throw NotFound(deliveryId);
    }

    WebhookDto Show(WebhookRow row) => new()
    {
        Id = Ids.Webhook(row.Id),
        Url = row.Url,
        Events = row.Events.Split(' '),
        Description = row.Description,
        Active = row.Active,
        DisabledReason = row.DisabledReason,
        PreviousSecretUntil = row.PreviousUntil is { } until && until > Micros.Now(clock) ? Micros.ToInstant(until) : null,
        CreatedAt = Micros.ToInstant(row.CreatedAt),
        UpdatedAt = Micros.ToInstant(row.UpdatedAt),
    };

    static WebhookDeliveryDto Show(WebhookDeliveryRow row) => new()
    {
        Id = Ids.Delivery(row.Id),
        WebhookId = Ids.Webhook(row.WebhookId),
        MessageId = row.MessageId,
        Event = row.EventType,
        Status = WireName.TryParse<WebhookDeliveryStatus>(row.Status, out var status) ? status : throw new InvalidDataException($"the store holds '{row.Status}' as a delivery's status"),
        Attempts = row.Attempts,
        CreatedAt = Micros.ToInstant(row.CreatedAt),
        AttemptedAt = Micros.ToInstant(row.AttemptedAt),
        DurationMs = row.DurationUs / 1_000m,
        ResponseStatus = row.ResponseStatus,
        Error = row.Error,
    };

    static ApiException NotFound(string id) => new(ErrorCode.NotFound, $"There is no {(id.Length <= 32 ? id : id[..32] + "…")} among yours.");
}

/// <summary>What is sent to webhooks.</summary>
internal static class WebhookMessages
{
    /// <summary>The body of a message, as Standard Webhooks proposes it.</summary>
    public static string BodyOf<T>(string type, DateTimeOffset timestamp, T data) => JsonSerializer.Serialize(new { type, timestamp, data }, WireJson.Options);

    /// <summary>The job that makes a delivery.</summary>
    public static NewJob JobOf(long deliveryId) => WebhookJob.Kind.Job(new(deliveryId));
}
