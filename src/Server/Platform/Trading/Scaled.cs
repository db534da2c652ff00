using System.Globalization;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>How a decimal fits a scale.</summary>
internal enum ScaleFit
{
    /// <summary>Exactly.</summary>
    Exact,
    /// <summary>It has more decimals than the scale.</summary>
    TooFine,
    /// <summary>It is too large for any amount.</summary>
    TooLarge,
}

/// <summary>Between the doors' decimals and the exchange's whole numbers. Exact both ways; what does not fit is told, never rounded.</summary>
internal static class Scaled
{
    /// <summary>Units as a decimal with that many decimals.</summary>
    public static decimal ToDecimal(long units, int scale)
    {
        var size = (ulong)Math.Abs(units);
        return new decimal((int)size, (int)(size >> 32), 0, units < 0, (byte)scale);
    }

    /// <summary>A decimal in units.</summary>
    public static ScaleFit Read(decimal value, int scale, out long units)
    {
        units = 0;
        var power = PowerOfTen(scale);
        if (Math.Abs(value) > (decimal)long.MaxValue / power)
            return ScaleFit.TooLarge;
        var scaled = value * power;
        var whole = decimal.Truncate(scaled);
        units = (long)whole;
        return whole == scaled ? ScaleFit.Exact : ScaleFit.TooFine;
    }

    /// <summary>A price or an amount of money in words: at least two decimals.</summary>
    public static string Money(decimal value) => value.ToString("0.00##########################", CultureInfo.InvariantCulture);

    /// <summary>A quantity in words: no needless decimals.</summary>
    public static string Shares(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (var i = 0; i < exponent; i++)
            power *= 10;
        return power;
    }
}
