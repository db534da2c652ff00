using MyTradeX.Contracts.Wire;

namespace MyTradeX.Contracts.Trading;

/// <summary>Money on its way, or sent, from one account to another.</summary>
public sealed record TransferDto
{
    /// <summary><c>transfer-123</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Where it stands.</summary>
    public required TransferStatus Status { get; init; }

    /// <summary>Above 0, in <see cref="Currency"/>.</summary>
    public required decimal Amount { get; init; }

    /// <summary>Currency code.</summary>
    public required string Currency { get; init; }

    /// <summary>The account that pays.</summary>
    public required string FromAccountId { get; init; }

    /// <summary>The account that is paid.</summary>
    public required string ToAccountId { get; init; }

    /// <summary>What the sender wrote with it.</summary>
    public string? Memo { get; init; }

    /// <summary>Why it failed: the code that sending it now would have been refused with.</summary>
    public string? FailureCode { get; init; }

    /// <summary>When it is to be carried out, UTC; absent for at once.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>When it is to happen again; the sender alone sees it.</summary>
    public RecurrenceDto? Recurrence { get; init; }

    /// <summary>The first transfer of the series that it belongs to.</summary>
    public string? SeriesId { get; init; }

    /// <summary>Its place in the series, from 1.</summary>
    public long? Occurrence { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was carried out, failed or was cancelled, UTC.</summary>
    public DateTimeOffset? CompletedAt { get; init; }
}

/// <summary>Where a transfer stands.</summary>
[LowerCaseNames]
public enum TransferStatus
{
    /// <summary>Waits for its time.</summary>
    Scheduled,
    /// <summary>Its time has come and it is about to be carried out.</summary>
    Pending,
    /// <summary>The money has moved.</summary>
    Completed,
    /// <summary>Its time came and it could not be carried out.</summary>
    Failed,
    /// <summary>Taken back before its time.</summary>
    Cancelled,
}

/// <summary>Which of one's transfers.</summary>
public enum TransferDirection
{
    /// <summary>From one's own accounts.</summary>
    Sent,
    /// <summary>To one's own accounts.</summary>
    Received,
}

/// <summary>Sends money.</summary>
/// <param name="FromAccountId">One of the caller's accounts.</param>
/// <param name="ToAccountId">Any account; or <paramref name="ToAccountNumber"/>.</param>
/// <param name="ToAccountNumber">An account's number as people tell it, spaces allowed.</param>
/// <param name="Amount">Above 0.</param>
/// <param name="Currency">The accounts' currency; taken from them unless given.</param>
/// <param name="Memo">Up to 64 bytes of UTF-8 for the receiver.</param>
public record TransferRequest(string? FromAccountId, string? ToAccountId = null, string? ToAccountNumber = null, decimal? Amount = null, string? Currency = null, string? Memo = null);

/// <summary>Sends money later.</summary>
/// <param name="FromAccountId">One of the caller's accounts.</param>
/// <param name="ToAccountId">Any account; or <paramref name="ToAccountNumber"/>.</param>
/// <param name="ToAccountNumber">An account's number as people tell it, spaces allowed.</param>
/// <param name="Amount">Above 0.</param>
/// <param name="Currency">The accounts' currency; taken from them unless given.</param>
/// <param name="Memo">Up to 64 bytes of UTF-8 for the receiver.</param>
/// <param name="RunAt">When: an instant such as <c>2024-02-01T08:00:00Z</c>, or a time of day there, <c>2024-02-01T09:00:00</c>, with <paramref name="TimeZone"/>.</param>
/// <param name="TimeZone">IANA name, such as <c>Europe/Berlin</c>; UTC unless given. A recurrence keeps the time of day there.</param>
/// <param name="Recurrence">When it is to happen again; once unless given.</param>
public sealed record ScheduleTransferRequest(
    string? FromAccountId, string? ToAccountId = null, string? ToAccountNumber = null, decimal? Amount = null, string? Currency = null, string? Memo = null,
    string? RunAt = null, string? TimeZone = null, RecurrenceRequest? Recurrence = null)
    : TransferRequest(FromAccountId, ToAccountId, ToAccountNumber, Amount, Currency, Memo);

/// <summary>When a transfer is to happen again.</summary>
/// <param name="Frequency">What is counted.</param>
/// <param name="Interval">Every so many, 1 to 99; 1 unless given.</param>
/// <param name="Until">The last day on which it may happen; without end unless given.</param>
public sealed record RecurrenceRequest(RecurrenceFrequency? Frequency, int? Interval = null, DateOnly? Until = null);

/// <summary>When a transfer happens again.</summary>
public sealed record RecurrenceDto
{
    /// <summary>What is counted.</summary>
    public required RecurrenceFrequency Frequency { get; init; }

    /// <summary>Every so many.</summary>
    public required int Interval { get; init; }

    /// <summary>IANA name of the time zone whose clock it follows.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The last day on which it may happen; absent for no end.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>What a recurrence counts.</summary>
public enum RecurrenceFrequency
{
    /// <summary>Days.</summary>
    Daily,
    /// <summary>Weeks.</summary>
    Weekly,
    /// <summary>Months; on a day that a month does not have, its last.</summary>
    Monthly,
}

/// <summary>What sending would do now.</summary>
public sealed record TransferValidationDto
{
    /// <summary>Whether it would be carried out.</summary>
    public required bool Valid { get; init; }

    /// <summary>Why it would not.</summary>
    public ApiError? Refusal { get; init; }

    /// <summary>The account that would be paid.</summary>
    public required string ToAccountId { get; init; }

    /// <summary>Currency code.</summary>
    public required string Currency { get; init; }

    /// <summary>What the paying account can spend.</summary>
    public required decimal Available { get; init; }

    /// <summary>The most that one transfer may move.</summary>
    public required decimal MaximumAmount { get; init; }

    /// <summary>What the paying account may still send today (UTC).</summary>
    public required decimal RemainingToday { get; init; }
}

/// <summary>Takes a scheduled transfer back.</summary>
/// <param name="Reason">In one's own words; up to 64 bytes of UTF-8.</param>
public sealed record CancelTransferRequest(string? Reason = null);
