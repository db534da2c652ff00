namespace MyTradeX.Store;

/// <summary>
/// Something that happened to a user who wants to be told: written along with the rows that show it, gone once it has been handed on. It is there exactly when
/// it happened, whatever crashes.
/// </summary>
public sealed record AnnouncementRow
{
    /// <summary>Sequence of the command that caused it.</summary>
    public long Sequence { get; init; }

    /// <summary>Place among the events of its command.</summary>
    public long Idx { get; init; }

    /// <summary>Who is to be told.</summary>
    public long UserId { get; init; }

    /// <summary>What happened, for example <c>order.filled</c>.</summary>
    public string EventType { get; init; } = "";

    /// <summary>The row of the projection that shows it, as JSON: an order, a transfer, an account or a ledger line.</summary>
    public string Payload { get; init; } = "";

    /// <summary>When it happened, in microseconds since 1970-01-01 UTC.</summary>
    public long OccurredAt { get; init; }
}
