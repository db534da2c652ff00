using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MyTradeX.Server.Features.Webhooks.Stripe;

/// <summary>Checks <c>Stripe-Signature: t=…,v1=…,v1=…</c>: HMAC-SHA256, in hex, of the time, a dot and the body's bytes as they came.</summary>
internal static class StripeSignature
{
    /// <summary>How far the time of signing may lie from now, either way: long enough for clocks and networks, too short for who has recorded a delivery.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    /// <summary>Null when the delivery is Stripe's; otherwise what is wrong with the header.</summary>
    public static string? FaultOf(string header, ReadOnlySpan<byte> body, IEnumerable<string> secrets, DateTimeOffset now)
    {
        string? time = null;
        List<byte[]> signatures = [];
        foreach (var part in header.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal))
                time = part[2..];
            // Other schemes may stand beside it, such as the v0 of Stripe's test mode; they prove nothing.
            else if (part.StartsWith("v1=", StringComparison.Ordinal))
                signatures.Add(Encoding.UTF8.GetBytes(part[3..]));
        }
        if (time is null || signatures.Count == 0)
            return header.Length == 0 ? "is missing" : "must have a time (t=) and a signature (v1=)";
        if (!long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var signedAt))
            return "has a time that is not a number of seconds";
        var isGenuine = false;
        foreach (var secret in secrets)
        {
            var expected = Expected(secret, time, body);
            // All are compared, so that the time it takes tells nothing.
            foreach (var signature in signatures)
                isGenuine |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }
        if (!isGenuine)
            return "does not fit the body and the secret";
        // Only now: who cannot sign need not learn what the clock says.
        var ageSeconds = (decimal)now.ToUnixTimeSeconds() - signedAt;
        return Math.Abs(ageSeconds) <= (decimal)Tolerance.TotalSeconds ? null : $"was made more than {Tolerance.TotalSeconds:0} seconds from now";
    }

    static byte[] Expected(string secret, string time, ReadOnlySpan<byte> body)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(time + "."));
        hmac.AppendData(body);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }
}
