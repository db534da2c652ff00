namespace MyTradeX.Journal;

/// <summary>
/// A durable, totally ordered log of opaque records. What a record means is the caller's affair.
/// <para>
/// Threading: <see cref="Append"/>, <see cref="Commit"/>, <see cref="LastAnchor"/> and <see cref="IDisposable.Dispose"/> belong to one
/// writer thread. <see cref="Read"/>, <see cref="TrimBefore"/> and <see cref="End"/> may be called from any thread at any time.
/// </para>
/// <para>
/// Durability: a record is in the log once the <see cref="Commit"/> after its <see cref="Append"/> has returned. When the process or the
/// machine dies before that, the log holds afterwards some first part of the staged records, possibly none, never one without those before it.
/// </para>
/// </summary>
public interface ICommandLog : IDisposable
{
    /// <summary>The position after the last durable record: what the next staged batch will start at.</summary>
    LogPosition End { get; }

    /// <summary>The last durable record, or null while the log has none.</summary>
    LogAnchor? LastAnchor { get; }

    /// <summary>Stages one record for the next <see cref="Commit"/>. Touches no disk.</summary>
    /// <param name="payload">At least one byte; copied.</param>
    /// <returns>The position that the record will have, if the batch is committed.</returns>
    /// <exception cref="ArgumentException">The payload is empty or longer than the log allows.</exception>
    /// <exception cref="InvalidOperationException">The batch has reached the log's limit, or an earlier commit ended with
    /// <see cref="LogWriteOutcome.Unknown"/> and the log must be reopened.</exception>
    LogPosition Append(ReadOnlySpan<byte> payload);

    /// <summary>Makes every staged record durable, as one batch. Does nothing when nothing is staged.</summary>
    /// <exception cref="LogWriteException">The batch was not made durable; its outcome says what became of it. Either way
    /// nothing is staged any more, and the positions that <see cref="Append"/> gave for the batch are void.</exception>
    void Commit();

    /// <summary>Opens a reader of durable records that begins after the anchor, or with the first record of the log's life when there is none.</summary>
    /// <exception cref="LogTrimmedException">The record to begin with has been trimmed: a newer snapshot is needed.</exception>
    /// <exception cref="LogDivergedException">The log holds another record, or none, at the anchor.</exception>
    ILogReader Read(LogAnchor? after);

    /// <summary>
    /// Gives up records before a position, as far as the log can do so cheaply; records from the position on always stay.
    /// Pass the position of the oldest anchor still needed, and that anchor stays readable.
    /// </summary>
    void TrimBefore(LogPosition position);
}
