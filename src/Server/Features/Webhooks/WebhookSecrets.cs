using System.Security.Cryptography;
using System.Text;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Features.Webhooks;

/// <summary>Secrets that sign deliveries, as Standard Webhooks has them: 24 to 64 bytes, shown as <c>whsec_</c> and base64. Stored sealed, because they must be read to sign.</summary>
internal sealed class WebhookSecrets(KeyRing keys)
{
    const string Prefix = "whsec_";
    const int SecretBytes = 32, NonceBytes = 12, TagBytes = 16;

    readonly byte[] _key = keys.Derive("webhook secrets");

    public static byte[] Create() => RandomNumberGenerator.GetBytes(SecretBytes);

    /// <summary>As its owner is shown it, once.</summary>
    public static string Show(byte[] secret) => Prefix + Convert.ToBase64String(secret);

    /// <summary>As it is stored: nonce, tag and ciphertext.</summary>
    public byte[] Seal(byte[] secret)
    {
        var all = new byte[NonceBytes + TagBytes + secret.Length];
        RandomNumberGenerator.Fill(all.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(_key, TagBytes);
        aes.Encrypt(all.AsSpan(0, NonceBytes), secret, all.AsSpan(NonceBytes + TagBytes), all.AsSpan(NonceBytes, TagBytes));
        return all;
    }

    /// <exception cref="CryptographicException">It was sealed with other keys than this server's.</exception>
    public byte[] Open(byte[] stored)
    {
        if (stored.Length <= NonceBytes + TagBytes)
            throw new CryptographicException("the stored secret is too short");
        var secret = new byte[stored.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key, TagBytes);
        aes.Decrypt(stored.AsSpan(0, NonceBytes), stored.AsSpan(NonceBytes + TagBytes), stored.AsSpan(NonceBytes, TagBytes), secret);
        return secret;
    }

    /// <summary>One signature of <c>webhook-signature</c>.</summary>
    public static string Sign(byte[] secret, string messageId, long time, string body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{messageId}.{time}.{body}"))));
}
