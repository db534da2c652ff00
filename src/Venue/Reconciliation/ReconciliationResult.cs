namespace MyTradeX.Venue.Reconciliation;

/// <summary>What one reconciliation has compared and found.</summary>
public sealed record ReconciliationResult
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took, beside trading.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The sequence that SQL had come to: the books were compared as of this command.</summary>
    public required long Sequence { get; init; }

    /// <summary>Digest of the state that the journal gives at <see cref="Sequence"/>.</summary>
    public required UInt128 StateHash { get; init; }

    /// <summary>The sequence to which the exchange that trades was followed and compared; 0 when it was not.</summary>
    public required long LiveSequence { get; init; }

    /// <summary>Ledger lines seen in this round through the ledger.</summary>
    public required long LedgerLines { get; init; }

    /// <summary>Whether the round through the ledger is over; a long ledger takes several runs.</summary>
    public required bool LedgerComplete { get; init; }

    /// <summary>How many things each rule was held against.</summary>
    public required IReadOnlyDictionary<AuditCheck, long> Compared { get; init; }

    /// <summary>How many things do not agree.</summary>
    public required long FindingCount { get; init; }

    /// <summary>The first of them, at most <see cref="Findings.KeptMax"/>.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Whether everything agrees.</summary>
    public bool IsSound => FindingCount == 0;

    /// <summary>Whether the exchange itself is in doubt, not SQL alone, which can be had again from the journal.</summary>
    public required bool IsExchangeInDoubt { get; init; }
}

/// <summary>How reconciliation is going.</summary>
/// <param name="Last">The last run that came to its end; null before the first.</param>
/// <param name="FailingBecause">Why runs cannot be made at the moment; null when they can.</param>
public sealed record ReconciliationStatus(ReconciliationResult? Last, string? FailingBecause);
