namespace MyTradeX.Contracts.Identity;

/// <summary>Opens a user's own registration. Either <c>name</c> or <c>firstName</c> and <c>lastName</c>.</summary>
public sealed record RegisterRequest(string? Email, string? Password, string? Name = null, string? FirstName = null, string? LastName = null, string? Mode = null);

/// <summary>Signs in.</summary>
/// <param name="Email">In any letter case.</param>
/// <param name="Password">As it was set.</param>
/// <param name="Mode"><c>token</c> (default): tokens come in the answer's body; <c>cookie</c>: in httpOnly cookies, and unsafe methods then need the <c>X-CSRF-Token</c> header.</param>
public sealed record LoginRequest(string? Email, string? Password, string? Mode = null);

/// <summary>Trades a refresh token for a new pair. In cookie mode the body may be left out.</summary>
public sealed record RefreshRequest(string? RefreshToken = null);

/// <summary>Asks for a mail with a token to set a new password.</summary>
/// <param name="Email">In any letter case.</param>
public sealed record PasswordResetRequest(string? Email);

/// <summary>Sets a new password.</summary>
/// <param name="Token">From the mail; good once, for an hour.</param>
/// <param name="Password">The new one, 8–128 characters.</param>
public sealed record PasswordResetConfirmRequest(string? Token, string? Password);

/// <summary>Proves that an email is the user's.</summary>
/// <param name="Token">From the mail; good once, for 48 hours.</param>
public sealed record VerifyEmailRequest(string? Token);

/// <summary>A session just opened or renewed.</summary>
public sealed record Session
{
    /// <summary>The access token, a JWT; send it as <c>Authorization: Bearer …</c>. Absent in cookie mode.</summary>
    public string? Token { get; init; }

    /// <summary>The same value under the name that OAuth clients look for.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Opens the next session, once: using a spent one revokes the whole session. Absent in cookie mode.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>In cookie mode, the value for the <c>X-CSRF-Token</c> header; also in the cookie <c>mtx_csrf</c>.</summary>
    public string? CsrfToken { get; init; }

    /// <summary>Who signed in.</summary>
    public User? User { get; init; }

    /// <summary>Seconds until the access token expires.</summary>
    public int ExpiresIn { get; init; }
}

/// <summary>The caller, and what they may do.</summary>
public sealed record Me
{
    /// <summary><c>user-12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>As it was given.</summary>
    public required string Email { get; init; }

    /// <summary>Whether the user has proven, by a mailed token, that the email is theirs.</summary>
    public bool EmailVerified { get; init; }

    /// <summary>First and last name.</summary>
    public required string Name { get; init; }

    /// <summary>First name.</summary>
    public required string FirstName { get; init; }

    /// <summary>Last name; empty for people with one name.</summary>
    public required string LastName { get; init; }

    /// <summary>Address of the picture, if there is one.</summary>
    public string? Avatar { get; init; }

    /// <summary>What the user is for.</summary>
    public required UserRole Role { get; init; }

    /// <summary>Whether the user may sign in.</summary>
    public required UserStatus Status { get; init; }

    /// <summary>What the role allows.</summary>
    public required IReadOnlyList<Permission> Permissions { get; init; }

    /// <summary>When the user was created, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The last sign-in, UTC.</summary>
    public DateTimeOffset? LastLogin { get; init; }
}
