namespace MyTradeX.Client;

/// <summary>How a <see cref="MyTradeXClient"/> behaves. The defaults suit a program on the same network.</summary>
public sealed record MyTradeXClientOptions
{
    /// <summary>Where the server is, without <c>/api</c>.</summary>
    public Uri BaseAddress { get; init; } = new("http://localhost:3001");

    /// <summary>Where the session is kept. In memory unless set; programs that share a session share a store.</summary>
    public ISessionStore SessionStore { get; init; } = new MemorySessionStore();

    /// <summary>How long one attempt may take before it is given up.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts after the first, 0 for none.</summary>
    public int MaxRetries { get; init; } = 4;

    /// <summary>The pause before the first retry; it doubles from one to the next.</summary>
    public TimeSpan BackoffStart { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between attempts. A <c>Retry-After</c> beyond it is not waited for: the refusal is thrown, and says how long.</summary>
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock; another one in tests.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Spreads retries: gives the share of the pause to wait, 0 to 1. Random unless set.</summary>
    public Func<double> Jitter { get; init; } = Random.Shared.NextDouble;
}

/// <summary>What proves who is asking.</summary>
/// <param name="AccessToken">Sent with each request.</param>
/// <param name="RefreshToken">Opens the next session, once.</param>
/// <param name="ExpiresAt">When the access token expires, UTC.</param>
public sealed record SessionTokens(string AccessToken, string? RefreshToken, DateTimeOffset ExpiresAt);
