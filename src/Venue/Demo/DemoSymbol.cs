namespace MyTradeX.Venue.Demo;

/// <summary>A symbol of the demo market and the numbers its price is drawn from. <c>docs/demo-market.md</c> has their source.</summary>
/// <param name="Symbol">The symbol.</param>
/// <param name="Name">Name for people.</param>
/// <param name="OpeningPrice">Price in US dollars that the walk starts at and is drawn back to.</param>
/// <param name="DailyVolatility">Standard deviation of one day's logarithmic return.</param>
public sealed record DemoSymbol(string Symbol, string Name, decimal OpeningPrice, double DailyVolatility)
{
    /// <summary>
    /// The six symbols. Opening price: the close of 10 January 2020. Volatility: the sample standard deviation of the logarithmic
    /// daily returns of the adjusted close over the 252 trading days to that date, to four decimals.
    /// </summary>
    public static IReadOnlyList<DemoSymbol> All { get; } =
    [
        new("AAPL", "Apple Inc.", 310.33m, 0.0150),
        new("MSFT", "Microsoft Corporation", 161.34m, 0.0120),
        new("GOOGL", "Alphabet Inc. Class A", 1428.96m, 0.0146),
        new("AMZN", "Amazon.com, Inc.", 1883.16m, 0.0139),
        new("NVDA", "NVIDIA Corporation", 244.32m, 0.0248),
        new("JPM", "JPMorgan Chase & Co.", 136.07m, 0.0116),
    ];
}
