namespace MyTradeX.Store;

/// <summary>What a list of users may be sorted by. Equal values are told apart by id. Text sorts without regard to the case of A–Z.</summary>
public enum UserSort
{
    /// <summary>Time of creation.</summary>
    CreatedAt,

    /// <summary>Email.</summary>
    Email,

    /// <summary>Given name.</summary>
    FirstName,

    /// <summary>Family name.</summary>
    LastName,

    /// <summary>Shown name.</summary>
    Name,

    /// <summary>Last sign-in; users who never signed in count as the earliest.</summary>
    LastLogin,

    /// <summary>Role, by its wire name.</summary>
    Role,

    /// <summary>Status, by its wire name.</summary>
    Status,
}

/// <summary>Which users to list and in which order. Null leaves a filter out.</summary>
public sealed record UserQuery
{
    /// <summary>Part of the email, name, first or last name, in any case; every character means itself.</summary>
    public string? Search { get; init; }

    /// <summary>Exact role.</summary>
    public string? Role { get; init; }

    /// <summary>Exact status.</summary>
    public string? Status { get; init; }

    /// <summary>The order's field.</summary>
    public UserSort Sort { get; init; } = UserSort.CreatedAt;

    /// <summary>True to list the largest value first.</summary>
    public bool Descending { get; init; }
}

/// <summary>Place in a list of users. Only meaningful with the same <see cref="UserQuery"/>.</summary>
/// <param name="Value">The sort field's value, numbers in decimal.</param>
/// <param name="Id">Tells equal values apart.</param>
public sealed record UserKey(string Value, long Id);
