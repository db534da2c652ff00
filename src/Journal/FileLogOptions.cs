namespace MyTradeX.Journal;

/// <summary>How a <see cref="FileCommandLog"/> uses its disk.</summary>
public sealed record FileLogOptions
{
    /// <summary>
    /// Bytes of a full-grown segment file. Default 64 MiB: a roll every few minutes under load, trimming in useful steps, and
    /// filled with zeros in about a tenth of a second. At least 16 KiB. A young log starts with smaller segments.
    /// </summary>
    public int SegmentBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>The longest payload, in bytes; default 1 MiB. Bounds what one record can cost a reader in memory; at most half a segment.</summary>
    public int MaxRecordBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// True (the default) fills the next segment with zeros on a thread of its own, so that no commit waits for it. False
    /// does so on the writer's thread after each roll, which makes the sequence of disk operations repeatable.
    /// </summary>
    public bool PrepareInBackground { get; init; } = true;

    /// <summary>The identity to give a new log, or null for a random one. An existing log keeps its own.</summary>
    public Guid? NewLogId { get; init; }

    internal void Validate()
    {
        if (SegmentBytes < 16 * 1024)
            throw new ArgumentException($"{nameof(SegmentBytes)} is {SegmentBytes}; it must be at least {16 * 1024}");
        if (MaxRecordBytes < 1 || MaxRecordBytes > SegmentBytes / 2)
            throw new ArgumentException($"{nameof(MaxRecordBytes)} is {MaxRecordBytes}; it must be between 1 and half of {nameof(SegmentBytes)}, {SegmentBytes / 2}");
    }
}
