namespace MyTradeX.Journal;

/// <summary>
/// Names one record by where it is and what it says: usually the last one a snapshot contains. Reading continues after an
/// anchor only if the log still holds that very record, so a state is never continued with another log's history.
/// </summary>
/// <param name="Position">The record's position.</param>
/// <param name="Checksum">The record's checksum, which covers its payload, its position and the identity of its log.</param>
public readonly record struct LogAnchor(LogPosition Position, uint Checksum)
{
    /// <summary>Position and checksum, as in <c>1234#9ae0daaf</c>.</summary>
    public override string ToString() => $"{Position}#{Checksum:x8}";
}
