using System.Globalization;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Features.Instruments;

/// <summary>Reads an instrument's rules from a request, noting what does not fit.</summary>
internal sealed class InstrumentRulesReader(Faults faults, int priceScale, int quantityScale)
{
    // Hundredths of a per cent, and millionths, as decimals of a per cent.
    const int BandDecimals = 2, FeeDecimals = 4;

    /// <summary>The rules given, on top of those in force.</summary>
    public InstrumentRules Read(UpdateInstrumentRequest request, InstrumentRules rules)
    {
        rules.TickSize = Units(request.TickSize, "tickSize", priceScale, 1, Core.Limits.MaxAmount) ?? rules.TickSize;
        rules.LotSize = Units(request.LotSize, "lotSize", quantityScale, 1, Core.Limits.MaxAmount) ?? rules.LotSize;
        rules.BandBps = (int?)Units(request.PriceBandPercent, "priceBandPercent", BandDecimals, 0, Core.Limits.MaxBandBps) ?? rules.BandBps;
        rules.MakerFeePpm = (int?)Units(request.MakerFeePercent, "makerFeePercent", FeeDecimals, 0, Core.Limits.MaxFeePpm) ?? rules.MakerFeePpm;
        rules.TakerFeePpm = (int?)Units(request.TakerFeePercent, "takerFeePercent", FeeDecimals, 0, Core.Limits.MaxFeePpm) ?? rules.TakerFeePpm;
        rules.SessionOpenMinute = Minute(request.SessionOpen, "sessionOpen") ?? rules.SessionOpenMinute;
        rules.SessionCloseMinute = Minute(request.SessionClose, "sessionClose") ?? rules.SessionCloseMinute;
        return rules;
    }

    /// <summary>A decimal in units, within bounds given in units; null when absent or at fault.</summary>
    public long? Units(decimal? value, string field, int scale, long min, long max)
    {
        if (value is not { } given)
            return null;
        var fit = Scaled.Read(given, scale, out var units);
        if (fit == ScaleFit.TooFine)
            faults.Add(field, $"must have at most {scale} decimals");
        else if (fit == ScaleFit.TooLarge || units < min || units > max)
            faults.Add(field, $"must be between {Scaled.Shares(Scaled.ToDecimal(min, scale))} and {Scaled.Shares(Scaled.ToDecimal(max, scale))}");
        else
            return units;
        return null;
    }

    /// <summary>A percentage of the value traded as the wire shows it.</summary>
    public static decimal FeePercent(int ppm) => Scaled.ToDecimal(ppm, FeeDecimals);

    /// <summary>A band's width as the wire shows it.</summary>
    public static decimal BandPercent(int bps) => Scaled.ToDecimal(bps, BandDecimals);

    /// <summary>A minute of the day as the wire shows it.</summary>
    public static string TimeOf(short minute) => $"{minute / 60:00}:{minute % 60:00}";

    short? Minute(string? text, string field)
    {
        if (text is null)
            return null;
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return (short)(time.Hour * 60 + time.Minute);
        faults.Add(field, "must be a time of the UTC day such as 14:30");
        return null;
    }
}
