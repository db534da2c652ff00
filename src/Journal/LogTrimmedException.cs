namespace MyTradeX.Journal;

/// <summary>The record to read from is no longer in the log; start from a newer snapshot.</summary>
/// <param name="wanted">The position that was asked for.</param>
/// <param name="oldest">The oldest position the log still holds.</param>
public sealed class LogTrimmedException(LogPosition wanted, LogPosition oldest)
    : Exception($"The log no longer holds position {wanted}; its oldest is {oldest}. Start from a snapshot anchored at {oldest} or later.")
{
    /// <summary>The position that was asked for.</summary>
    public LogPosition Wanted { get; } = wanted;

    /// <summary>The oldest position the log still holds.</summary>
    public LogPosition Oldest { get; } = oldest;
}
