namespace MyTradeX.Contracts.Admin;

/// <summary>The digest of the exchange's whole state after one command: equal on every machine that has the same journal.</summary>
public sealed record StateHashDto
{
    /// <summary>The command.</summary>
    public required long Sequence { get; init; }

    /// <summary>128 bits as 32 hexadecimal digits.</summary>
    public required string StateHash { get; init; }

    /// <summary>The snapshot that it is of, or that the journal was replayed from; absent for the journal's beginning.</summary>
    public long? SnapshotSequence { get; init; }

    /// <summary>Commands replayed for it.</summary>
    public required long Replayed { get; init; }
}

/// <summary>What the books came to when they were last compared.</summary>
public enum BooksStatus
{
    /// <summary>They have not been compared since the start.</summary>
    Pending,
    /// <summary>Everything agrees.</summary>
    Sound,
    /// <summary>Something does not agree.</summary>
    Unsound,
}

/// <summary>How the comparison of exchange, journal and SQL is going.</summary>
public sealed record ReconciliationDto
{
    /// <summary>What the last run came to.</summary>
    public required BooksStatus Status { get; init; }

    /// <summary>Why runs cannot be made at the moment; absent when they can.</summary>
    public string? FailingBecause { get; init; }

    /// <summary>The last run that came to its end; absent before the first.</summary>
    public ReconciliationRunDto? Last { get; init; }
}

/// <summary>One comparison of exchange, journal and SQL.</summary>
public sealed record ReconciliationRunDto
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, in milliseconds, beside trading.</summary>
    public required long DurationMs { get; init; }

    /// <summary>The sequence that SQL had come to, as of which the books were compared.</summary>
    public required long Sequence { get; init; }

    /// <summary>Digest of the state that the journal gives at that sequence.</summary>
    public required string StateHash { get; init; }

    /// <summary>The sequence to which the exchange that trades was followed and compared; 0 when it was not.</summary>
    public required long LiveSequence { get; init; }

    /// <summary>Ledger lines seen in this round through the ledger.</summary>
    public required long LedgerLines { get; init; }

    /// <summary>Whether the round through the ledger is over; a long ledger takes several runs.</summary>
    public required bool LedgerComplete { get; init; }

    /// <summary>How many things each rule was held against.</summary>
    public required IReadOnlyDictionary<string, long> Compared { get; init; }

    /// <summary>How many things do not agree.</summary>
    public required long FindingCount { get; init; }

    /// <summary>The first of them, at most 100.</summary>
    public required IReadOnlyList<FindingDto> Findings { get; init; }
}

/// <summary>Something that does not agree.</summary>
/// <param name="Check">The rule: see docs/reconciliation.md.</param>
/// <param name="Subject">What it is about, such as <c>account 3</c>.</param>
/// <param name="Detail">Both values, in the exchange's scaled units.</param>
public sealed record FindingDto(string Check, string Subject, string Detail);
