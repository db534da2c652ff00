namespace MyTradeX.Contracts.Webhooks;

/// <summary>Where its owner is told what happens, by signed POSTs.</summary>
public sealed record WebhookDto
{
    /// <summary><c>webhook-12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where deliveries go.</summary>
    public required string Url { get; init; }

    /// <summary>The types of event it is for.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    /// <summary>The owner's words for it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether anything is delivered.</summary>
    public required bool Active { get; init; }

    /// <summary>Why the server has switched it off; absent when it did not.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>The secret that signs, <c>whsec_…</c>: shown when it is made, and never again.</summary>
    public string? Secret { get; init; }

    /// <summary>Until when deliveries are signed with the secret before it as well.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its owner or the server last changed it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Asks for a webhook, or for changes to one: what is left out stays as it is.</summary>
/// <param name="Url">An absolute address, https outside Development, at most 2,000 characters.</param>
/// <param name="Events">At least one type of event.</param>
/// <param name="Description">At most 200 characters.</param>
/// <param name="Active">Whether anything is delivered; true unless given.</param>
public sealed record WebhookRequest(string? Url = null, IReadOnlyList<string>? Events = null, string? Description = null, bool? Active = null);

/// <summary>What has become of a delivery.</summary>
public enum WebhookDeliveryStatus
{
    /// <summary>Not delivered yet; there will be a try.</summary>
    Pending,
    /// <summary>Answered with a 2xx.</summary>
    Delivered,
    /// <summary>Given up; it can be asked for again.</summary>
    Failed,
}

/// <summary>A message to a webhook.</summary>
public sealed record WebhookDeliveryDto
{
    /// <summary><c>delivery-12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The webhook it goes to.</summary>
    public required string WebhookId { get; init; }

    /// <summary>The header <c>webhook-id</c>: the same at every try.</summary>
    public required string MessageId { get; init; }

    /// <summary>What it tells of.</summary>
    public required string Event { get; init; }

    /// <summary>What has become of it.</summary>
    public required WebhookDeliveryStatus Status { get; init; }

    /// <summary>Tries that ended.</summary>
    public required long Attempts { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last try began.</summary>
    public DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>How long the last try took, in milliseconds.</summary>
    public decimal? DurationMs { get; init; }

    /// <summary>The status that the last try was answered with; absent when there was no answer.</summary>
    public long? ResponseStatus { get; init; }

    /// <summary>Why the last try failed.</summary>
    public string? Error { get; init; }

    /// <summary>What was sent; for one delivery alone.</summary>
    public WebhookMessageDto? Request { get; init; }

    /// <summary>What was answered; for one delivery alone.</summary>
    public WebhookMessageDto? Response { get; init; }
}

/// <summary>One side of a try.</summary>
public sealed record WebhookMessageDto
{
    /// <summary>One a line; absent before the first try.</summary>
    public string? Headers { get; init; }

    /// <summary>Of an answer the first 4 kB.</summary>
    public string? Body { get; init; }
}
