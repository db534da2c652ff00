namespace MyTradeX.Venue;

/// <summary>How long SQL history is kept.</summary>
public sealed record HistoryRetention
{
    /// <summary>Age at which history that concerns only simulated participants goes. Default a day.</summary>
    public TimeSpan? Synthetic { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Age at which trades go, users' fills included. Default never.</summary>
    public TimeSpan? Trades { get; init; }

    /// <summary>Age at which one-minute candles go. Default never.</summary>
    public TimeSpan? Candles { get; init; }
}
