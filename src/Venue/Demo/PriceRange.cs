using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>The prices an instrument takes now, on the tick and within its band.</summary>
readonly record struct PriceRange(long Low, long High)
{
    public bool Contains(long price) => price >= Low && price <= High;

    /// <summary>The band of the trading rules, check 13.</summary>
    public static PriceRange Of(in InstrumentState instrument)
    {
        var (tick, reference, band) = (instrument.Rules.TickSize, instrument.ReferencePrice, instrument.Rules.BandBps);
        var highest = Limits.MaxAmount / tick * tick;
        if (reference <= 0 || band == 0) return new(tick, highest);
        var distance = (long)((Int128)reference * band / 10_000);
        return new(Math.Max(tick, (reference - distance + tick - 1) / tick * tick), Math.Min(highest, (reference + distance) / tick * tick));
    }
}
