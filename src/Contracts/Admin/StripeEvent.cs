namespace MyTradeX.Contracts.Admin;

/// <summary>What has become of an event of Stripe's.</summary>
public enum StripeEventStatus
{
    /// <summary>Stored; the work that it causes is not done yet.</summary>
    Received,
    /// <summary>It had its effect.</summary>
    Processed,
    /// <summary>It can have no effect as it stands; its job is among the dead letters and may be tried again.</summary>
    Rejected,
}

/// <summary>An event that Stripe has told this venue of.</summary>
public sealed record StripeEventDto
{
    /// <summary>Stripe's own id, such as <c>evt_1Nv…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Such as <c>payment_intent.succeeded</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What has become of it.</summary>
    public required StripeEventStatus Status { get; init; }

    /// <summary>What came of it, or why nothing could.</summary>
    public string? Outcome { get; init; }

    /// <summary>When Stripe made it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it first came.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>When it had its effect.</summary>
    public DateTimeOffset? ProcessedAt { get; init; }
}

/// <summary>The answer to a delivery that was taken.</summary>
/// <param name="Received">True.</param>
public sealed record StripeReceipt(bool Received);
