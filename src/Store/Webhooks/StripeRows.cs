namespace MyTradeX.Store;

/// <summary>An event that Stripe has told us of. Times are microseconds since 1970-01-01 UTC.</summary>
public sealed record StripeEventRow
{
    /// <summary>Counted up by the database.</summary>
    public long Id { get; init; }

    /// <summary>Stripe's own id, such as <c>evt_1Nv…</c>.</summary>
    public string StripeId { get; init; } = "";

    /// <summary>Such as <c>payment_intent.succeeded</c>.</summary>
    public string EventType { get; init; } = "";

    /// <summary>The event as it was signed. May hold personal data: never log it.</summary>
    public string Payload { get; init; } = "";

    /// <summary>One of <see cref="StripeEventStatuses"/>.</summary>
    public string Status { get; init; } = "";

    /// <summary>What came of it, or why nothing could; null while it waits.</summary>
    public string? Outcome { get; init; }

    /// <summary>When Stripe made it.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it first came.</summary>
    public long ReceivedAt { get; init; }

    /// <summary>When it had its effect.</summary>
    public long? ProcessedAt { get; init; }
}

/// <summary>The states of an event of Stripe's, by their wire names.</summary>
public static class StripeEventStatuses
{
    /// <summary>Stored; its job has not ended.</summary>
    public const string Received = "RECEIVED";

    /// <summary>It had its effect.</summary>
    public const string Processed = "PROCESSED";

    /// <summary>It can have no effect as it stands; its job is among the dead letters and may be tried again.</summary>
    public const string Rejected = "REJECTED";
}

/// <summary>A payment that is to be, or was, credited to an account.</summary>
public sealed record StripePaymentRow
{
    /// <summary>Stripe's id of the payment, such as <c>pi_3Mt…</c>.</summary>
    public string PaymentIntentId { get; init; } = "";

    /// <summary>The account it goes to. Chosen once.</summary>
    public long AccountId { get; init; }

    /// <summary>A currency code.</summary>
    public string Currency { get; init; } = "";

    /// <summary>In the currency's units.</summary>
    public long Amount { get; init; }

    /// <summary>The request keys it was sent under, counted; 0 when it was not sent yet.</summary>
    public long Round { get; init; }

    /// <summary>The venue's sequence just before it was sent under the present key.</summary>
    public long? AskedAfterSequence { get; init; }

    /// <summary>The venue's time just before it was sent under the present key, in microseconds since 1970-01-01 UTC.</summary>
    public long? AskedAt { get; init; }

    /// <summary>Sequence of the command that credited it; null while that is not known.</summary>
    public long? Sequence { get; init; }

    /// <summary>When it was first heard of, in microseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt { get; init; }
}

/// <summary>A subscription at Stripe's, as its newest event has it.</summary>
/// <param name="SubscriptionId">Stripe's id.</param>
/// <param name="Customer">Stripe's id of the customer.</param>
/// <param name="Status">Stripe's word for it, such as <c>active</c>.</param>
/// <param name="AsOf">When Stripe made the event, in microseconds since 1970-01-01 UTC.</param>
/// <param name="StripeEventId">The event.</param>
public sealed record StripeSubscriptionRow(string SubscriptionId, string? Customer, string Status, long AsOf, string StripeEventId);

/// <summary>Which of Stripe's events to list. Null leaves a filter out.</summary>
public sealed record StripeEventQuery
{
    /// <summary>One of <see cref="StripeEventStatuses"/>.</summary>
    public string? Status { get; init; }

    /// <summary>Exact type.</summary>
    public string? EventType { get; init; }
}
