namespace MyTradeX.Contracts.Identity;

/// <summary>A user, as others may see them who are allowed to.</summary>
public sealed record User
{
    /// <summary><c>user-12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>As it was given; unique without regard to letter case.</summary>
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

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The last sign-in, UTC.</summary>
    public DateTimeOffset? LastLogin { get; init; }
}

/// <summary>Creates a user (administrators). Either <c>name</c> or <c>firstName</c> and <c>lastName</c>; role USER unless given.</summary>
public sealed record CreateUserRequest(
    string? Email, string? Password, string? Name = null, string? FirstName = null, string? LastName = null,
    UserRole? Role = null, UserStatus? Status = null, string? Avatar = null);

/// <summary>
/// Changes a user. With PUT a name is required and an absent avatar is removed; role, status, email and password keep their value when absent,
/// since they are an administrator's or need their own proof. With PATCH whatever is absent keeps its value.
/// </summary>
public sealed record UpdateUserRequest(
    string? Name = null, string? FirstName = null, string? LastName = null, string? Email = null, string? Avatar = null,
    UserRole? Role = null, UserStatus? Status = null, string? Password = null, string? CurrentPassword = null);
