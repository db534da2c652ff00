namespace MyTradeX.Venue.Demo;

/// <summary>
/// Random numbers that are the same for the same seed on every machine and every version of the runtime. Only sums, products and
/// shifts, whose results are exact or fixed by IEEE 754; no logarithm or cosine, whose last bit depends on the platform.
/// </summary>
sealed class SeededRandom(ulong seed)
{
    ulong _state = seed;

    /// <summary>The next 64 bits (SplitMix64).</summary>
    public ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15UL);

    /// <summary>Evenly spread over [0, 1).</summary>
    public double Next() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>Evenly spread over [from, to).</summary>
    public double Between(double from, double to) => from + (to - from) * Next();

    /// <summary>About normally distributed with mean 0 and deviation 1: the sum of twelve even ones less six, so never beyond ±6.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var i = 0; i < 12; i++) sum += Next();
        return sum;
    }

    /// <summary>Spreads any number over all 64 bits.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
