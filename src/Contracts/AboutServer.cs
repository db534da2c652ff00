using MyTradeX.Contracts.Identity;

namespace MyTradeX.Contracts;

/// <summary>What a server says of itself before anyone has signed in.</summary>
public sealed record AboutServer
{
    /// <summary>The product's name.</summary>
    public required string Name { get; init; }

    /// <summary>The server's release.</summary>
    public required string Version { get; init; }

    /// <summary>Whether simulated participants trade here.</summary>
    public bool DemoMarket { get; init; }

    /// <summary>Logins that everyone knows; in Development only.</summary>
    public IReadOnlyList<KnownLogin>? Logins { get; init; }
}

/// <summary>A login that everyone knows.</summary>
/// <param name="Email">As sign-in takes it.</param>
/// <param name="Password">As it was first set.</param>
/// <param name="Role">What the user is for.</param>
public sealed record KnownLogin(string Email, string Password, UserRole Role);
