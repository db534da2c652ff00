namespace MyTradeX.Venue;

/// <summary>Where a venue keeps its journal, and the bounds it works within.</summary>
public sealed record VenueOptions
{
    /// <summary>Folder of the journal and its snapshots.</summary>
    public required string JournalFolder { get; init; }

    /// <summary>Commands that may wait for the sequencer; more are refused for a moment. Default 16,384: about 40 ms of work and 6 MB.</summary>
    public int QueueCapacity { get; init; } = 16_384;

    /// <summary>Most commands made durable by one disk sync. Default 4,096: under a megabyte, a millisecond or two of disk.</summary>
    public int BatchMax { get; init; } = 4_096;

    /// <summary>Bytes of events that may wait for the SQL projection; beyond that commands are refused for a moment. Default 256 MiB.</summary>
    public long ProjectionBacklogBytes { get; init; } = 256L << 20;

    /// <summary>Commands after which a snapshot is taken. Default 500,000: a second or two of replay.</summary>
    public long SnapshotEvery { get; init; } = 500_000;

    /// <summary>Snapshots kept, at least 2. The journal is kept from the oldest of them on.</summary>
    public int SnapshotsKept { get; init; } = 2;

    /// <summary>
    /// Time from the end of one comparison of the books with SQL and journal to the next. Default five minutes: a comparison costs a second or
    /// two of one processor at low priority, and the memory of a second state while it lasts.
    /// </summary>
    public TimeSpan ReconcileEvery { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>What SQL history may be forgotten, by age; null keeps for ever. Looked at once an hour.</summary>
    public HistoryRetention Retention { get; init; } = new();
}
