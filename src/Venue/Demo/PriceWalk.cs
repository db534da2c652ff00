namespace MyTradeX.Venue.Demo;

/// <summary>
/// What a symbol is worth, as the market makers see it: a geometric random walk with the symbol's volatility that is drawn back to its
/// opening price, by a fiftieth of the distance a day, so that it stays within some ±7 % (daily volatility / √(2/50)) of it for ever.
/// </summary>
sealed class PriceWalk(double openingPrice, double dailyVolatility, SeededRandom random)
{
    const double DayUs = 24 * 60 * 60 * 1_000_000.0;
    const double ReturnPerDay = 0.02;

    /// <summary>After a pause the walk goes on as if it had been this long, without a jump.</summary>
    const long LongestStepUs = 60_000_000;

    long _at;

    /// <summary>The price, in the instrument's price units.</summary>
    public double Price { get; private set; }

    /// <summary>Goes on from a price at a time.</summary>
    public void Begin(double price, long time) => (Price, _at) = (price, time);

    /// <summary>Lets time pass.</summary>
    public void AdvanceTo(long time)
    {
        var days = Math.Clamp(time - _at, 0, LongestStepUs) / DayUs;
        _at = time;
        var drift = ReturnPerDay * (openingPrice - Price) / openingPrice * days;
        Price *= 1 + drift + dailyVolatility * Math.Sqrt(days) * random.Normal();
        Price = Math.Clamp(Price, openingPrice / 4, openingPrice * 4);
    }
}
