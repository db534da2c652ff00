using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Platform.Paging;

/// <summary>
/// Makes places in lists into opaque text and back. A cursor is signed, and bound to the list and filters it came from:
/// one that was changed, or is used elsewhere, does not open.
/// </summary>
internal sealed class CursorCodec(KeyRing keys)
{
    const int SignatureBytes = 16;
    const int TextMax = 2_048;

    readonly byte[] _key = keys.Derive("cursor");

    /// <param name="place">Anything JSON can hold: a sort key and a direction.</param>
    /// <param name="scope">The list's name with everything that shapes it: owner, filters, sort.</param>
    public string Seal<T>(T place, string scope)
    {
        var payload = JsonSerializer.SerializeToUtf8Bytes(place);
        return WebEncoders.Base64UrlEncode([.. Sign(payload, scope), .. payload]);
    }

    /// <summary>The place, or false when the cursor is not one we made for this list.</summary>
    public bool TryOpen<T>(string cursor, string scope, out T? place)
    {
        place = default;
        if (cursor.Length is 0 or > TextMax || !TryDecode(cursor, out var bytes) || bytes.Length <= SignatureBytes)
            return false;
        var payload = bytes.AsSpan(SignatureBytes);
        if (!CryptographicOperations.FixedTimeEquals(Sign(payload, scope), bytes.AsSpan(0, SignatureBytes)))
            return false;
        // Signed by us, so it parses.
        place = JsonSerializer.Deserialize<T>(payload);
        return place is not null;
    }

    ReadOnlySpan<byte> Sign(ReadOnlySpan<byte> payload, string scope)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(JsonSerializer.SerializeToUtf8Bytes(scope));
        hmac.AppendData(payload);
        return hmac.GetHashAndReset().AsSpan(0, SignatureBytes);
    }

    static bool TryDecode(string text, out byte[] bytes)
    {
        try
        {
            bytes = WebEncoders.Base64UrlDecode(text);
            return true;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
