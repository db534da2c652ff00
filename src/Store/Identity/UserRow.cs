namespace MyTradeX.Store;

/// <summary>A user as stored. Times are microseconds since 1970-01-01 UTC.</summary>
public sealed record UserRow
{
    /// <summary>Counted up by the database, never given twice.</summary>
    public long Id { get; init; }

    /// <summary>As the user wrote it; unique without regard to case.</summary>
    public string Email { get; init; } = "";

    /// <summary>When the user proved that the email is theirs; null when they have not, or it changed since.</summary>
    public long? EmailVerifiedAt { get; init; }

    /// <summary>The hasher's encoded text; null for a user who signs in elsewhere only.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The name shown to others.</summary>
    public string Name { get; init; } = "";

    /// <summary>Given name, may be empty.</summary>
    public string FirstName { get; init; } = "";

    /// <summary>Family name, may be empty.</summary>
    public string LastName { get; init; } = "";

    /// <summary>Address of a picture.</summary>
    public string? Avatar { get; init; }

    /// <summary>The role's wire name, for example <c>TRADER</c>.</summary>
    public string Role { get; init; } = "";

    /// <summary>The status's wire name, for example <c>ACTIVE</c> or <c>SUSPENDED</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>Carried by access tokens; raising it ends every token issued before.</summary>
    public long TokenVersion { get; init; }

    /// <summary>Raised by every change of the profile; lets a writer notice that another was faster.</summary>
    public long Version { get; init; }

    /// <summary>Failed sign-ins since the last good one.</summary>
    public long FailedLogins { get; init; }

    /// <summary>Sign-in is refused until then; null when it never was.</summary>
    public long? LockedUntil { get; init; }

    /// <summary>When the user was created.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When the profile last changed. Signing in does not change it.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>The last good sign-in; null when there was none.</summary>
    public long? LastLogin { get; init; }
}

/// <summary>What a new user starts with.</summary>
public sealed record NewUser
{
    /// <inheritdoc cref="UserRow.Email"/>
    public required string Email { get; init; }

    /// <inheritdoc cref="UserRow.PasswordHash"/>
    public string? PasswordHash { get; init; }

    /// <inheritdoc cref="UserRow.Name"/>
    public required string Name { get; init; }

    /// <inheritdoc cref="UserRow.FirstName"/>
    public string FirstName { get; init; } = "";

    /// <inheritdoc cref="UserRow.LastName"/>
    public string LastName { get; init; } = "";

    /// <inheritdoc cref="UserRow.Avatar"/>
    public string? Avatar { get; init; }

    /// <inheritdoc cref="UserRow.Role"/>
    public required string Role { get; init; }

    /// <inheritdoc cref="UserRow.Status"/>
    public required string Status { get; init; }

    /// <summary>Work that the new user gives, enqueued in the same transaction.</summary>
    public IReadOnlyList<NewJob> Jobs { get; init; } = [];

    /// <summary>What is sent to the user's address so that they prove it, in the same transaction.</summary>
    public EmailProof? ProofOfEmail { get; init; }
}

/// <summary>What to change of a user; null leaves a field as it is.</summary>
public sealed record UserChange
{
    /// <inheritdoc cref="UserRow.Email"/>
    public string? Email { get; init; }

    /// <inheritdoc cref="UserRow.PasswordHash"/>
    public string? PasswordHash { get; init; }

    /// <inheritdoc cref="UserRow.Name"/>
    public string? Name { get; init; }

    /// <inheritdoc cref="UserRow.FirstName"/>
    public string? FirstName { get; init; }

    /// <inheritdoc cref="UserRow.LastName"/>
    public string? LastName { get; init; }

    /// <summary>Address of a picture; empty takes the picture away.</summary>
    public string? Avatar { get; init; }

    /// <inheritdoc cref="UserRow.Role"/>
    public string? Role { get; init; }

    /// <inheritdoc cref="UserRow.Status"/>
    public string? Status { get; init; }

    /// <summary>What is sent to the new address, should the change give the user another one. Without it that address stays unproven.</summary>
    public EmailProof? ProofOfEmail { get; init; }

    /// <summary>True to end every access token issued so far.</summary>
    public bool EndTokens { get; init; }
}

/// <summary>How a write of a user ended.</summary>
public enum UserWriteStatus
{
    /// <summary>Written; the row is the new one.</summary>
    Done,

    /// <summary>There is no such user.</summary>
    NotFound,

    /// <summary>Someone changed the user since the version the caller saw; the row is the present one.</summary>
    VersionConflict,

    /// <summary>Another user has this email.</summary>
    EmailTaken,
}

/// <summary>The outcome of a write of a user.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="User">The row after the write, or the row that stood in the way; null when there is none to show.</param>
public sealed record UserOutcome(UserWriteStatus Status, UserRow? User);
