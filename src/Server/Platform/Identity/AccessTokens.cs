using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>What an access token says.</summary>
internal sealed record AccessClaims
{
    /// <summary><c>user-12</c>.</summary>
    [JsonPropertyName("sub")] public string Subject { get; init; } = "";
    /// <summary>The sign-in it belongs to; ends with it.</summary>
    [JsonPropertyName("sid")] public string SessionId { get; init; } = "";
    /// <summary>For clients to read; the server asks the user's present role.</summary>
    [JsonPropertyName("role")] public string Role { get; init; } = "";
    /// <summary>The user's token version when issued; an older one is refused.</summary>
    [JsonPropertyName("ver")] public long TokenVersion { get; init; }
    [JsonPropertyName("iss")] public string Issuer { get; init; } = "";
    [JsonPropertyName("aud")] public string Audience { get; init; } = "";
    /// <summary>Seconds since 1970-01-01 UTC, as the next two.</summary>
    [JsonPropertyName("iat")] public long IssuedAt { get; init; }
    [JsonPropertyName("nbf")] public long NotBefore { get; init; }
    [JsonPropertyName("exp")] public long ExpiresAt { get; init; }

    /// <summary>Who sent the last request with the token. Whether they still may is asked again each time.</summary>
    [JsonIgnore] internal CallerPrincipal? LastCaller { get; set; }
}

/// <summary>Why a token does not open.</summary>
internal enum TokenFault { None, Malformed, BadSignature, Foreign, NotYetValid, Expired }

/// <summary>
/// Issues and opens access tokens: JWTs (RFC 7519) signed with HMAC-SHA256. The header is one fixed text, so a token cannot
/// choose its own algorithm (RFC 8725 §3.1).
/// </summary>
internal sealed class AccessTokens
{
    const int LengthMax = 4_096;

    // About 1 kB each. Beyond this all are forgotten and opened again as they come.
    const int OpenedMax = 20_000;

    static readonly string Header = WebEncoders.Base64UrlEncode("""{"alg":"HS256","typ":"JWT"}"""u8);

    readonly AuthOptions _options;
    readonly TimeProvider _clock;
    readonly byte[] _key;

    // A client sends one token thousands of times. Its signature does not change; whether its time has come is asked every time.
    readonly ConcurrentDictionary<string, AccessClaims> _opened = [];
    readonly ConcurrentDictionary<string, AccessClaims>.AlternateLookup<ReadOnlySpan<char>> _openedBySpan;

    public AccessTokens(KeyRing keys, AuthOptions options, TimeProvider clock)
    {
        (_options, _clock) = (options, clock);
        _key = keys.Derive("access token");
        _openedBySpan = _opened.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>A token for one session; claims of time, issuer and audience are filled in.</summary>
    public string Issue(string subject, string sessionId, string role, long tokenVersion)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new AccessClaims
        {
            Subject = subject,
            SessionId = sessionId,
            Role = role,
            TokenVersion = tokenVersion,
            Issuer = _options.Issuer,
            Audience = _options.Audience,
            IssuedAt = now,
            NotBefore = now,
            ExpiresAt = now + _options.AccessTokenSeconds,
        };
        var signed = $"{Header}.{WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{WebEncoders.Base64UrlEncode(Sign(signed))}";
    }

    /// <summary>Checks signature, issuer, audience and times, in that order.</summary>
    public TokenFault TryOpen(ReadOnlySpan<char> token, out AccessClaims claims)
    {
        if (!_openedBySpan.TryGetValue(token, out claims!))
        {
            var text = token.ToString();
            var fault = TryRead(text, out claims);
            if (fault != TokenFault.None)
                return fault;
            if (_opened.Count >= OpenedMax)
                _opened.Clear();
            _opened[text] = claims;
        }
        return FaultNow(claims);
    }

    /// <summary>A token that has been opened before and still is good.</summary>
    public bool TryRecall(ReadOnlySpan<char> token, [NotNullWhen(true)] out AccessClaims? claims) =>
        _openedBySpan.TryGetValue(token, out claims) && FaultNow(claims) == TokenFault.None;

    TokenFault FaultNow(AccessClaims claims)
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        return now + _options.ClockSkewSeconds < claims.NotBefore ? TokenFault.NotYetValid
            : now - _options.ClockSkewSeconds >= claims.ExpiresAt ? TokenFault.Expired
            : TokenFault.None;
    }

    TokenFault TryRead(string token, out AccessClaims claims)
    {
        claims = new();
        var signatureAt = token.LastIndexOf('.');
        if (token.Length > LengthMax || !token.StartsWith(Header + ".", StringComparison.Ordinal) || signatureAt <= Header.Length)
            return TokenFault.Malformed;
        var signed = token[..signatureAt];
        if (!TryDecode(token[(signatureAt + 1)..], out var signature) || !CryptographicOperations.FixedTimeEquals(signature, Sign(signed)))
            return TokenFault.BadSignature;
        // Signed by us, so it decodes and parses.
        claims = JsonSerializer.Deserialize<AccessClaims>(WebEncoders.Base64UrlDecode(signed[(Header.Length + 1)..]))!;
        return claims.Issuer == _options.Issuer && claims.Audience == _options.Audience ? TokenFault.None : TokenFault.Foreign;
    }

    byte[] Sign(string text) => HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(text));

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
