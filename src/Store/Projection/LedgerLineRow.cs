namespace MyTradeX.Store;

/// <summary>One side of a ledger entry: the lines of an entry sum to zero for each asset. Written once.</summary>
public sealed record LedgerLineRow
{
    /// <summary>The entry's number, rising with time.</summary>
    public long EntryId { get; init; }

    /// <summary>The line's place in its entry, from 0.</summary>
    public long Line { get; init; }

    /// <summary>The account it changes.</summary>
    public long AccountId { get; init; }

    /// <summary>A currency code, or an instrument's symbol.</summary>
    public required string Asset { get; init; }

    /// <summary>In the asset's units; positive adds to the account.</summary>
    public long Amount { get; init; }

    /// <summary>The account's holding of the asset after the line.</summary>
    public long BalanceAfter { get; init; }

    /// <summary>Why, for example <c>TRADE</c>, <c>FEE</c>, <c>DEPOSIT</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it came from, for example <c>trade-9</c>; may be empty.</summary>
    public required string Reference { get; init; }

    /// <summary>Sequence of the command that posted it.</summary>
    public long Sequence { get; init; }

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long PostedAt { get; init; }
}
