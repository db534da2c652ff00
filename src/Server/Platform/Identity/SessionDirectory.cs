using System.Collections.Concurrent;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Wire;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>
/// Whether a token's user and session are still good, from memory. Whoever changes a user or ends a session tells it here, after the change
/// is on disk, and the next request with an old token is refused. What other servers changed is noticed within <see cref="FreshFor"/>.
/// </summary>
internal sealed class SessionDirectory(UserStore users, RefreshTokenStore sessions, TimeProvider clock)
{
    /// <summary>How long an entry is used before the database is asked again.</summary>
    public static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    // About 100 bytes an entry. Beyond this everything is forgotten and read again as needed.
    const int EntriesMax = 100_000;

    readonly ConcurrentDictionary<long, UserState> _users = [];
    readonly ConcurrentDictionary<string, SessionState> _sessions = [];

    /// <summary>The caller that good claims stand for, or null when user or session is gone, suspended or ended.</summary>
    public async ValueTask<Caller?> FindAsync(AccessClaims claims, CancellationToken cancellation)
    {
        if (!Ids.TryParse(claims.Subject, "user", out var userId))
            return null;
        var session = await SessionAsync(claims.SessionId, cancellation);
        var user = await UserAsync(userId, cancellation);
        return session && user is { IsActive: true } && user.TokenVersion == claims.TokenVersion
            ? new(userId, user.Role, claims.SessionId)
            : null;
    }

    /// <summary>Whether a caller found before still is who those claims stand for, as far as memory goes. False when the database must be asked.</summary>
    public bool IsStill(Caller caller, AccessClaims claims) =>
        KnownSession(caller.SessionId) is { IsAlive: true } && KnownUser(caller.UserId) is { IsActive: true } user
            && user.Role == caller.Role && user.TokenVersion == claims.TokenVersion;

    /// <summary>Takes note of a user just written.</summary>
    public void Changed(UserRow user) => Note(user.Id, StateOf(user));

    /// <summary>Takes note of a user just deleted.</summary>
    public void Deleted(long userId) => Note(userId, new(false, UserRole.User, -1, long.MaxValue, clock.GetTimestamp()));

    /// <summary>Takes note of a session just ended. For good: no later reading revives it.</summary>
    public void Ended(string sessionId) => _sessions[sessionId] = new(false, clock.GetTimestamp());

    async ValueTask<UserState?> UserAsync(long userId, CancellationToken cancellation)
    {
        if (KnownUser(userId) is { } known)
            return known;
        var row = await users.GetAsync(userId, cancellation);
        if (row is null)
            return null;
        return Note(userId, StateOf(row));
    }

    async ValueTask<bool> SessionAsync(string sessionId, CancellationToken cancellation)
    {
        if (KnownSession(sessionId) is { } known)
            return known.IsAlive;
        var alive = await sessions.IsFamilyAliveAsync(sessionId, cancellation);
        Trim(_sessions);
        return _sessions.AddOrUpdate(sessionId, new SessionState(alive, clock.GetTimestamp()),
            (_, other) => other.IsAlive ? new(alive, clock.GetTimestamp()) : other).IsAlive;
    }

    // A reading that started before a change must not overwrite it: the higher version stays.
    UserState Note(long userId, UserState state)
    {
        Trim(_users);
        return _users.AddOrUpdate(userId, state, (_, other) => other.Version > state.Version ? other : state);
    }

    UserState StateOf(UserRow row) => new(
        row.Status == WireName.Of(UserStatus.Active),
        WireName.TryParse<UserRole>(row.Role, out var role) ? role : UserRole.User,
        row.TokenVersion, row.Version, clock.GetTimestamp());

    UserState? KnownUser(long userId) => _users.TryGetValue(userId, out var known) && IsFresh(known.ReadAt) ? known : null;

    SessionState? KnownSession(string sessionId) => _sessions.TryGetValue(sessionId, out var known) && (!known.IsAlive || IsFresh(known.ReadAt)) ? known : null;

    bool IsFresh(long readAt) => clock.GetElapsedTime(readAt) < FreshFor;

    static void Trim<TKey, TState>(ConcurrentDictionary<TKey, TState> entries) where TKey : notnull
    {
        if (entries.Count >= EntriesMax)
            entries.Clear();
    }

    sealed record UserState(bool IsActive, UserRole Role, long TokenVersion, long Version, long ReadAt);

    sealed record SessionState(bool IsAlive, long ReadAt);
}
