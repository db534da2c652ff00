namespace MyTradeX.Journal;

/// <summary>The log does not hold the anchored record: it is another log, or it has lost records. The state must not be continued with it.</summary>
/// <param name="anchor">The record that was expected.</param>
/// <param name="found">What the log has in its place, as the end of a sentence.</param>
public sealed class LogDivergedException(LogAnchor anchor, string found)
    : Exception($"The log does not continue the state anchored at {anchor}: {found}. "
        + "The snapshot and the log belong to different histories, or the log has lost records; restore both from one backup.")
{
    /// <summary>The record that was expected.</summary>
    public LogAnchor Anchor { get; } = anchor;
}
