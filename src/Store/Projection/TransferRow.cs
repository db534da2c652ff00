namespace MyTradeX.Store;

/// <summary>A transfer of money between two accounts, as it stands.</summary>
public sealed record TransferRow
{
    /// <summary>The transfer's number.</summary>
    public long Id { get; init; }

    /// <summary>The first transfer of its series; null when it happens once.</summary>
    public long? SeriesId { get; init; }

    /// <summary>Its place in the series, from 1; 0 when it happens once.</summary>
    public long Occurrence { get; init; }

    /// <summary>Who asked for it; 0 for the venue itself.</summary>
    public long UserId { get; init; }

    /// <summary>The account that pays.</summary>
    public long FromAccountId { get; init; }

    /// <summary>The account that is paid.</summary>
    public long ToAccountId { get; init; }

    /// <summary>The user whose account pays.</summary>
    public long FromUserId { get; init; }

    /// <summary>The user whose account is paid.</summary>
    public long ToUserId { get; init; }

    /// <summary>A currency code.</summary>
    public required string Currency { get; init; }

    /// <summary>In the currency's units.</summary>
    public long Amount { get; init; }

    /// <summary><c>SCHEDULED</c>, <c>COMPLETED</c>, <c>FAILED</c> or <c>CANCELLED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed, for example <c>INSUFFICIENT_FUNDS</c>; else null.</summary>
    public string? Reason { get; init; }

    /// <summary>What the sender wrote with it; null for nothing.</summary>
    public string? Memo { get; init; }

    /// <summary>When it is to happen again; null when it does not.</summary>
    public string? Recurrence { get; init; }

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it is to be carried out, in microseconds since 1970-01-01 UTC; null for at once.</summary>
    public long? RunAt { get; init; }

    /// <summary>When it was carried out, failed or was cancelled, in microseconds since 1970-01-01 UTC; null while it waits.</summary>
    public long? EndedAt { get; init; }

    /// <summary>Sequence of the command that last changed it.</summary>
    public long Sequence { get; init; }
}
