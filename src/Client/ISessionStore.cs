namespace MyTradeX.Client;

/// <summary>
/// Where a client keeps its session. A refresh token works once, so programs that share a session share a store, and renew it one at a time:
/// who gets the lock looks first whether another has renewed it meanwhile.
/// </summary>
public interface ISessionStore
{
    /// <summary>The session, or null.</summary>
    SessionTokens? Load();

    /// <summary>Keeps a session, or forgets it (null).</summary>
    void Save(SessionTokens? session);

    /// <summary>Waits until nobody else renews the session; disposing lets the next one in.</summary>
    Task<IDisposable> LockAsync();
}

/// <summary>Keeps a session in memory, for one client.</summary>
/// <param name="session">A session to begin with, or null.</param>
public sealed class MemorySessionStore(SessionTokens? session = null) : ISessionStore
{
    // One client renews one at a time by itself.
    static readonly IDisposable _unlocked = new MemoryStream();

    SessionTokens? _session = session;

    /// <inheritdoc/>
    public SessionTokens? Load() => Volatile.Read(ref _session);

    /// <inheritdoc/>
    public void Save(SessionTokens? session) => Volatile.Write(ref _session, session);

    /// <inheritdoc/>
    public Task<IDisposable> LockAsync() => Task.FromResult(_unlocked);
}
