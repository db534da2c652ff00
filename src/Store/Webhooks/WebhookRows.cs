namespace MyTradeX.Store;

/// <summary>Where a user wants to be told what happens. Times are microseconds since 1970-01-01 UTC.</summary>
public sealed record WebhookRow
{
    /// <summary>Counted up by the database, never given twice.</summary>
    public long Id { get; init; }

    /// <summary>Whose it is.</summary>
    public long UserId { get; init; }

    /// <summary>Where deliveries go.</summary>
    public string Url { get; init; } = "";

    /// <summary>The names of the event types it is for, separated by spaces.</summary>
    public string Events { get; init; } = "";

    /// <summary>The owner's words for it.</summary>
    public string? Description { get; init; }

    /// <summary>Whether anything is delivered.</summary>
    public bool Active { get; init; }

    /// <summary>The secret that signs, sealed.</summary>
    public byte[] Secret { get; init; } = [];

    /// <summary>The secret before it, sealed.</summary>
    public byte[]? PreviousSecret { get; init; }

    /// <summary>Until when the secret before it signs as well.</summary>
    public long? PreviousUntil { get; init; }

    /// <summary>Deliveries in a row that came to nothing.</summary>
    public long Failures { get; init; }

    /// <summary>Since when no try has succeeded; null when the last one did.</summary>
    public long? FailingSince { get; init; }

    /// <summary>Why the server has switched it off; null when it did not.</summary>
    public string? DisabledReason { get; init; }

    /// <summary>How far the exchange had come when it was made: what came after this sequence it is told, whatever the clock said.</summary>
    public long AfterSequence { get; init; }

    /// <summary>When it was made.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When its owner or the server last changed it.</summary>
    public long UpdatedAt { get; init; }
}

/// <summary>A message to one webhook and what has become of it. Times are microseconds since 1970-01-01 UTC.</summary>
public sealed record WebhookDeliveryRow
{
    /// <summary>Counted up by the database, never given twice.</summary>
    public long Id { get; init; }

    /// <summary>The webhook it goes to.</summary>
    public long WebhookId { get; init; }

    /// <summary>Names the message: the same at every try.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>What it tells of.</summary>
    public string EventType { get; init; } = "";

    /// <summary>What is sent: the same bytes at every try.</summary>
    public string Body { get; init; } = "";

    /// <summary>One of <see cref="DeliveryStatuses"/>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Tries that ended, in all.</summary>
    public long Attempts { get; init; }

    /// <summary>When it was asked for.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When the last try began.</summary>
    public long? AttemptedAt { get; init; }

    /// <summary>How long the last try took, in microseconds.</summary>
    public long? DurationUs { get; init; }

    /// <summary>The headers of the last try, one a line.</summary>
    public string? RequestHeaders { get; init; }

    /// <summary>The status that the last try was answered with; null when there was no answer.</summary>
    public long? ResponseStatus { get; init; }

    /// <summary>The headers of that answer, one a line, cut off where they are many.</summary>
    public string? ResponseHeaders { get; init; }

    /// <summary>The beginning of that answer's body.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>Why the last try failed.</summary>
    public string? Error { get; init; }
}

/// <summary>The states of a delivery, by their wire names.</summary>
public static class DeliveryStatuses
{
    /// <summary>Not delivered yet; there will be a try.</summary>
    public const string Pending = "PENDING";

    /// <summary>Answered with a 2xx.</summary>
    public const string Delivered = "DELIVERED";

    /// <summary>Given up; it can be asked for again.</summary>
    public const string Failed = "FAILED";
}

/// <summary>What one try of a delivery came to.</summary>
public sealed record DeliveryTry
{
    /// <summary>When it began, in microseconds since 1970-01-01 UTC.</summary>
    public required long At { get; init; }

    /// <summary>How long it took, in microseconds.</summary>
    public required long DurationUs { get; init; }

    /// <summary>What the delivery is now: one of <see cref="DeliveryStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>The headers that were sent, one a line.</summary>
    public string? RequestHeaders { get; init; }

    /// <summary>The answer's status; null when there was none.</summary>
    public long? ResponseStatus { get; init; }

    /// <summary>The answer's headers, one a line.</summary>
    public string? ResponseHeaders { get; init; }

    /// <summary>The beginning of the answer's body.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Error { get; init; }
}

/// <summary>When a webhook that fails is switched off.</summary>
/// <param name="FailuresMax">At so many deliveries in a row that came to nothing,</param>
/// <param name="FailingMaxUs">or after so long without a try that succeeded, in microseconds.</param>
public sealed record WebhookPatience(long FailuresMax, long FailingMaxUs);
