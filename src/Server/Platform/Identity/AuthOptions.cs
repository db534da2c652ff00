using System.ComponentModel.DataAnnotations;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>Section <c>Auth</c>: tokens, passwords and first users.</summary>
internal sealed class AuthOptions : IValidatableObject
{
    /// <summary>Who issues the tokens: their <c>iss</c>.</summary>
    [Required(ErrorMessage = "must not be empty")]
    public string Issuer { get; init; } = "mytradex";

    /// <summary>Whom the tokens are for: their <c>aud</c>.</summary>
    [Required(ErrorMessage = "must not be empty")]
    public string Audience { get; init; } = "mytradex-api";

    /// <summary>
    /// The secret from which every signing key is derived, at least 32 characters. Absent: made once and kept in the data folder.
    /// Several servers behind one address need the same one.
    /// </summary>
    [Secret]
    public string? SigningKey { get; init; }

    /// <summary>Life of an access token, in seconds.</summary>
    [Range(60, 86_400)]
    public int AccessTokenSeconds { get; init; } = 3_600;

    /// <summary>Life of a refresh token, in days; each use starts it anew.</summary>
    [Range(1, 365)]
    public int RefreshTokenDays { get; init; } = 30;

    /// <summary>How far apart two servers' clocks may be, in seconds, before one refuses the other's fresh token.</summary>
    [Range(0, 60)]
    public int ClockSkewSeconds { get; init; } = 5;

    /// <summary>Role of whoever registers by themselves: USER, or TRADER where everyone may trade.</summary>
    public UserRole DefaultRole { get; init; } = UserRole.User;

    /// <summary>PBKDF2 rounds for new passwords. Older hashes are renewed at their next sign-in.</summary>
    [Range(1_000, 10_000_000)]
    public int PasswordIterations { get; init; } = 210_000;

    /// <summary>Failed sign-ins in a row after which a user is locked.</summary>
    [Range(3, 100)]
    public int LockoutFailures { get; init; } = 5;

    /// <summary>Length of the lock, in seconds.</summary>
    [Range(1, 86_400)]
    public int LockoutSeconds { get; init; } = 900;

    /// <summary>Email of the first administrator, created at start-up while there is none.</summary>
    public string? AdminEmail { get; init; }

    /// <summary>Their password.</summary>
    [Secret]
    public string? AdminPassword { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SigningKey is { Length: < 32 })
            yield return new("must have at least 32 characters", [nameof(SigningKey)]);
        if (DefaultRole is not (UserRole.User or UserRole.Trader))
            yield return new("must be USER or TRADER: nobody makes themselves a moderator or administrator", [nameof(DefaultRole)]);
        if (AdminEmail is not null && AdminPassword is null)
            yield return new("must come with AdminEmail", [nameof(AdminPassword)]);
        if (AdminPassword is { Length: < 8 or > 128 })
            yield return new("must have 8 to 128 characters", [nameof(AdminPassword)]);
    }
}
