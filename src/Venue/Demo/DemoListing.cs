using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>A demo symbol as this venue lists it.</summary>
/// <param name="Symbol">Symbol and numbers.</param>
/// <param name="InstrumentId">The instrument.</param>
/// <param name="OpeningPrice">Opening price in the instrument's price units.</param>
/// <param name="TypicalQuantity">Quantity of a typical order in the instrument's quantity units: about 20,000 dollars' worth.</param>
sealed record DemoListing(DemoSymbol Symbol, int InstrumentId, double OpeningPrice, double TypicalQuantity)
{
    const decimal TypicalValue = 20_000m;

    /// <summary>
    /// Shares a participant has to begin with: a thousand typical orders. Quotes hold about fifteen at a time, and the
    /// takers' leaning (see <see cref="TakerFlow"/>) keeps what one side has more than the other within some fifty.
    /// </summary>
    public long Shares => Math.Min((long)(TypicalQuantity * 1_000), Limits.MaxAmount);

    /// <summary>The symbol's numbers in an instrument's units.</summary>
    public static DemoListing Of(DemoSymbol symbol, in InstrumentState instrument) => new(
        symbol,
        instrument.Id,
        (double)(symbol.OpeningPrice * Power(instrument.PriceScale)),
        (double)(decimal.Round(TypicalValue / symbol.OpeningPrice) * Power(instrument.QuantityScale)));

    internal static long Power(int exponent)
    {
        var power = 1L;
        while (exponent-- > 0) power *= 10;
        return power;
    }
}
