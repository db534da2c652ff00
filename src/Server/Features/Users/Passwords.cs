using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Features.Users;

/// <summary>Hashes passwords: PBKDF2 with HMAC-SHA512, a salt each, rounds from <see cref="AuthOptions.PasswordIterations"/>.</summary>
internal sealed class Passwords
{
    static readonly object Nobody = new();

    readonly PasswordHasher<object> _hasher;
    readonly Lazy<string> _decoy;

    public Passwords(AuthOptions options)
    {
        _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.PasswordIterations }));
        _decoy = new(() => Hash("nobody has this password"));
    }

    public string Hash(string password) => _hasher.HashPassword(Nobody, password);

    /// <summary>Whether the password fits. Without a hash (no such user) the same work is done for nothing, so that time tells nothing.</summary>
    /// <param name="needsRenewal">The hash fits but was made with fewer rounds than are asked for now.</param>
    public bool Verify(string? hash, string password, out bool needsRenewal)
    {
        var result = _hasher.VerifyHashedPassword(Nobody, hash ?? _decoy.Value, password);
        needsRenewal = hash is not null && result == PasswordVerificationResult.SuccessRehashNeeded;
        return hash is not null && result != PasswordVerificationResult.Failed;
    }
}
