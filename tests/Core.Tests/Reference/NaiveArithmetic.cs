using System.Numerics;

namespace MyTradeX.Core.Tests.Reference;

/// <summary>The formulas of "Numbers" and of the band, in integers without bounds.</summary>
static class NaiveArithmetic
{
    public static BigInteger Notional(in InstrumentState instrument, BigInteger price, BigInteger quantity) =>
        price * quantity * instrument.NotionalMultiplier;

    public static BigInteger Fee(BigInteger notional, int ppm) => notional * ppm / 1_000_000;

    public static BigInteger DownToMultiple(BigInteger value, long step) => value / step * step;

    public static BigInteger UpToMultiple(BigInteger value, long step) => (value + step - 1) / step * step;

    /// <summary>The nearest multiple, at least one; of two equally near the lower.</summary>
    public static long NearestMultiple(long value, long step)
    {
        var below = DownToMultiple(value, step);
        var above = below + step;
        var nearest = value - below <= above - value ? below : above;
        return (long)BigInteger.Max(nearest, step);
    }

    /// <summary>The lowest price that is at most so many hundredths of a per cent below another.</summary>
    public static BigInteger Below(BigInteger price, int bps, long tick) =>
        BigInteger.Max(tick, UpToMultiple(price - price * bps / 10_000, tick));

    /// <summary>The highest price that is at most so many hundredths of a per cent above another.</summary>
    public static BigInteger Above(BigInteger price, int bps, long tick) =>
        DownToMultiple(price + price * bps / 10_000, tick);
}
