using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Features.Mail;

/// <summary>
/// The one-time tokens in mails. A token is made from a random seed and the server's own key: the seed waits in the mail's job, the hash in the
/// table of tokens, and neither is of use to anybody without the key.
/// </summary>
internal sealed class MailTokens(KeyRing keys)
{
    const int SeedBytes = 24;

    readonly byte[] _key = keys.Derive("mail token");

    public static string NewSeed() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SeedBytes));

    /// <summary>The token of a seed: 43 characters that need no escaping in an address.</summary>
    public string TokenOf(string seed) => WebEncoders.Base64UrlEncode(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(seed)));

    /// <summary>What is stored of a token.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
