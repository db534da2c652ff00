using System.ComponentModel.DataAnnotations;
using MyTradeX.Venue;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>Section <c>Venue</c>: the bounds within which the exchange works.</summary>
internal sealed class VenueSettings
{
    /// <summary>Commands that may wait to be made durable; more are refused for a moment.</summary>
    [Range(1, 1_000_000)]
    public int QueueCapacity { get; init; } = 16_384;

    /// <summary>Most commands made durable by one disk sync.</summary>
    [Range(1, 65_536)]
    public int BatchMax { get; init; } = 4_096;

    /// <summary>Mebibytes of events that may wait for SQL history; beyond that commands are refused for a moment.</summary>
    [Range(1, 16_384)]
    public int HistoryBacklogMb { get; init; } = 256;

    /// <summary>Commands after which a snapshot is taken; what follows the last one is replayed at start.</summary>
    [Range(1_000, 1_000_000_000)]
    public long SnapshotEvery { get; init; } = 500_000;

    /// <summary>Snapshots kept; the journal reaches back to the oldest of them.</summary>
    [Range(2, 100)]
    public int SnapshotsKept { get; init; } = 2;

    /// <summary>Seconds from the end of one comparison of the books (exchange, journal and SQL) to the next; the first comes soon after the start.</summary>
    [Range(1, 86_400)]
    public int ReconcileEverySeconds { get; init; } = 300;

    /// <summary>How long SQL history is kept.</summary>
    public RetentionSettings Retention { get; init; } = new();

    /// <summary>The venue's own options, for a journal in this folder.</summary>
    public VenueOptions ToOptions(string journalFolder) => new()
    {
        JournalFolder = journalFolder,
        QueueCapacity = QueueCapacity,
        BatchMax = BatchMax,
        ProjectionBacklogBytes = (long)HistoryBacklogMb << 20,
        SnapshotEvery = SnapshotEvery,
        SnapshotsKept = SnapshotsKept,
        ReconcileEvery = TimeSpan.FromSeconds(ReconcileEverySeconds),
        Retention = new()
        {
            Synthetic = TimeSpan.FromHours(Retention.SimulatedHours),
            Trades = Retention.TradeDays is { } trades ? TimeSpan.FromDays(trades) : null,
            Candles = Retention.CandleDays is { } candles ? TimeSpan.FromDays(candles) : null,
        },
    };
}

/// <summary>Section <c>Venue:Retention</c>.</summary>
internal sealed class RetentionSettings
{
    /// <summary>Hours that history is kept which concerns only simulated participants.</summary>
    [Range(1, 87_600)]
    public int SimulatedHours { get; init; } = 24;

    /// <summary>Days that trades are kept, users' fills included; absent: for ever.</summary>
    [Range(1, 36_500)]
    public int? TradeDays { get; init; }

    /// <summary>Days that one-minute candles are kept; absent: for ever.</summary>
    [Range(1, 36_500)]
    public int? CandleDays { get; init; }
}
