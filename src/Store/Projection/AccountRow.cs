namespace MyTradeX.Store;

/// <summary>An account as the exchange's last event left it. The row with the larger sequence wins.</summary>
public sealed record AccountRow
{
    /// <summary>The account's number.</summary>
    public long Id { get; init; }

    /// <summary>Whose account it is.</summary>
    public long UserId { get; init; }

    /// <summary>The name its owner gave it.</summary>
    public required string Name { get; init; }

    /// <summary><c>TRADING</c>, <c>CHECKING</c> or <c>SAVINGS</c>, or a type of the house's own.</summary>
    public required string Type { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>Cash, in the currency's units.</summary>
    public long Balance { get; init; }

    /// <summary>Cash reserved for open orders, part of the balance.</summary>
    public long Held { get; init; }

    /// <summary><c>ACTIVE</c> or <c>CLOSED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>True when nobody's history hangs on the account: a demo participant's, or one of the house's own in a demo venue. What happened only among such accounts may be pruned.</summary>
    public bool Synthetic { get; init; }

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt { get; init; }

    /// <summary>Sequence of the command that last changed it.</summary>
    public long Sequence { get; init; }
}
