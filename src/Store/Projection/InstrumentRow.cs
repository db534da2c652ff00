namespace MyTradeX.Store;

/// <summary>An instrument's rules as the exchange's last event left them. The row with the larger sequence wins.</summary>
public sealed record InstrumentRow
{
    /// <summary>The instrument's number.</summary>
    public long Id { get; init; }

    /// <summary>Its symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Its rules as a JSON document, for whoever reads the database without the program.</summary>
    public required string Json { get; init; }

    /// <summary>Sequence of the command that last changed it.</summary>
    public long Sequence { get; init; }
}
