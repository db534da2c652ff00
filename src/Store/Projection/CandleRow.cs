namespace MyTradeX.Store;

/// <summary>The trades of an interval in one row; stored by the minute. The row written last wins.</summary>
public sealed record CandleRow
{
    /// <summary>The instrument's number.</summary>
    public long InstrumentId { get; init; }

    /// <summary>Start of the interval, in microseconds since 1970-01-01 UTC.</summary>
    public long OpenTime { get; init; }

    /// <summary>First price.</summary>
    public long Open { get; init; }

    /// <summary>Highest price.</summary>
    public long High { get; init; }

    /// <summary>Lowest price.</summary>
    public long Low { get; init; }

    /// <summary>Last price.</summary>
    public long Close { get; init; }

    /// <summary>Quantity traded.</summary>
    public long Volume { get; init; }

    /// <summary>Cash value traded.</summary>
    public long Notional { get; init; }

    /// <summary>Number of trades.</summary>
    public long TradeCount { get; init; }
}
