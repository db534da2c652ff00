namespace MyTradeX.Store;

/// <summary>A holding of shares as the exchange's last event left it. The row with the larger sequence wins.</summary>
public sealed record PositionRow
{
    /// <summary>The account that holds.</summary>
    public long AccountId { get; init; }

    /// <summary>The instrument's number.</summary>
    public long InstrumentId { get; init; }

    /// <summary>The instrument's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>In the instrument's quantity units.</summary>
    public long Quantity { get; init; }

    /// <summary>Reserved for open sell orders, part of the quantity.</summary>
    public long Held { get; init; }

    /// <summary>What the present quantity cost, in the currency's units.</summary>
    public long CostBasis { get; init; }

    /// <summary>Profit of what was sold, in the currency's units.</summary>
    public long RealizedPnl { get; init; }

    /// <summary>Sequence of the command that last changed it.</summary>
    public long Sequence { get; init; }

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long UpdatedAt { get; init; }
}
