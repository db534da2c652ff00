namespace MyTradeX.Journal;

/// <summary>
/// Reads a log's durable records in order, and may be left at the end to follow the writer. One reader belongs to one
/// thread; it may run beside the writer and other readers.
/// </summary>
public interface ILogReader : IDisposable
{
    /// <summary>Moves to the next durable record.</summary>
    /// <returns>False when there is none now; a later call may find one.</returns>
    /// <exception cref="JournalDamagedException">A durable record does not read back as it was written.</exception>
    /// <exception cref="LogTrimmedException">The reader was slower than the trimming of the log.</exception>
    bool MoveNext();

    /// <summary>The current record's payload, valid until the next <see cref="MoveNext"/>.</summary>
    ReadOnlySpan<byte> Payload { get; }

    /// <summary>The current record's position and checksum: what a snapshot taken after applying it is anchored to.</summary>
    LogAnchor Anchor { get; }
}
