namespace MyTradeX.Cli.DataFolders;

/// <summary>What checking a data folder found.</summary>
internal sealed record DataVerification
{
    public required string Folder { get; init; }
    public bool Sound => Faults.Count == 0 && Differences == 0;
    public required int Segments { get; init; }
    public required long Records { get; init; }
    public required int Snapshots { get; init; }
    public required long TornTailBytes { get; init; }

    /// <summary>Commands replayed through the core, from the sequence after <see cref="ReplayedFrom"/> on.</summary>
    public long Replayed { get; init; }

    /// <summary>Sequence of the state that the replay began with; 0 for the beginning of all.</summary>
    public long ReplayedFrom { get; init; }

    /// <summary>Sequence at the journal's end.</summary>
    public long Sequence { get; init; }

    /// <summary>Snapshots whose state hash the replay came to again.</summary>
    public int SnapshotsConfirmed { get; init; }

    /// <summary>Digest of the state at the journal's end.</summary>
    public string? StateHash { get; init; }

    /// <summary>Digest of the state at the sequence asked for.</summary>
    public StateHashAtSequence? HashAt { get; init; }

    /// <summary>How far SQL history has come; null without a database.</summary>
    public long? HistorySequence { get; init; }

    /// <summary>What was compared, and how much of it; null unless it was a deep one.</summary>
    public IReadOnlyDictionary<string, long>? Compared { get; init; }

    /// <summary>Rows that retention has let go; null unless it was a deep one.</summary>
    public long? LetGo { get; init; }

    /// <summary>How many things differ.</summary>
    public long Differences { get; init; }

    /// <summary>The first of them, with both values; null unless it was a deep one.</summary>
    public IReadOnlyList<string>? FirstDifferences { get; init; }

    /// <summary>Everything that is wrong.</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}

/// <summary>A state's digest.</summary>
internal sealed record StateHashAtSequence(long Sequence, string StateHash);
