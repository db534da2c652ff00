namespace MyTradeX.Journal;

/// <summary>What became of a batch that could not be committed.</summary>
public enum LogWriteOutcome
{
    /// <summary>Nothing of the batch is in the log, and the log takes appends again. The disk being full ends this way.</summary>
    NotWritten,

    /// <summary>The batch, or a first part of it, may or may not be found when the log is opened again; until then it takes no appends.</summary>
    Unknown,
}

/// <summary>A batch could not be made durable.</summary>
/// <param name="outcome">What became of the batch.</param>
/// <param name="cause">The error of the disk.</param>
public sealed class LogWriteException(LogWriteOutcome outcome, Exception cause)
    : Exception(outcome == LogWriteOutcome.NotWritten
        ? $"The batch was not written and the log is unchanged: {cause.Message}"
        : $"It is unknown whether the batch is in the log, which must be opened again to find out: {cause.Message}", cause)
{
    /// <summary>What became of the batch.</summary>
    public LogWriteOutcome Outcome { get; } = outcome;
}
