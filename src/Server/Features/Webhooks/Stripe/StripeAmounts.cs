using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Features.Webhooks.Stripe;

/// <summary>Stripe counts money in a currency's smallest unit; this makes it the venue's units.</summary>
internal static class StripeAmounts
{
    // As Stripe's API has them, which is not always what ISO 4217 says: ISK and UGX are sent with two decimals that are zero.
    static readonly HashSet<string> WithoutDecimals = ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];
    static readonly HashSet<string> WithThreeDecimals = ["BHD", "JOD", "KWD", "OMR", "TND"];

    /// <summary>The amount in the venue's units; null when the venue cannot hold it exactly.</summary>
    public static long? ToUnits(long amount, ListedCurrency currency)
    {
        var decimals = WithoutDecimals.Contains(currency.Code) ? 0 : WithThreeDecimals.Contains(currency.Code) ? 3 : 2;
        return Scaled.Read(Scaled.ToDecimal(amount, decimals), currency.Scale, out var units) == ScaleFit.Exact ? units : null;
    }
}
