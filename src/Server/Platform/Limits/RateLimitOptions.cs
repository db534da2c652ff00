using System.ComponentModel.DataAnnotations;

namespace MyTradeX.Server.Platform.Limits;

/// <summary>Section <c>RateLimits</c>: each sender's share. A sender is a signed-in user, else an address.</summary>
internal sealed class RateLimitOptions
{
    /// <summary>Off only for tests and benchmarks.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Requests a user may send in a window.</summary>
    [Range(1, 100_000_000)]
    public int UserRequests { get; init; } = 6_000;

    /// <summary>Whole lists that a user may read at a time; each is one request but reads the store for as long as it lasts.</summary>
    [Range(1, 10_000)]
    public int UserStreams { get; init; } = 4;

    /// <summary>Requests an address may send in a window without signing in.</summary>
    [Range(1, 100_000_000)]
    public int AnonymousRequests { get; init; } = 600;

    /// <summary>Attempts to sign in or register that an address may make in a window.</summary>
    [Range(1, 100_000_000)]
    public int SignInRequests { get; init; } = 20;

    /// <summary>Length of the window, in seconds. A spent share fills up evenly over it.</summary>
    [Range(1, 86_400)]
    public int WindowSeconds { get; init; } = 60;
}
