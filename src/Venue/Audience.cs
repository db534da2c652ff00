using System.Collections.Concurrent;

namespace MyTradeX.Venue;

/// <summary>The users who want to be told what happens to them; for everyone else nothing is written. Safe from any thread.</summary>
public sealed class Audience(IEnumerable<long> users)
{
    // Nobody leaves before the next start: what is written for who no longer listens is thrown away by who hands it on.
    readonly ConcurrentDictionary<long, bool> _users = new(users.Select(user => KeyValuePair.Create(user, true)));

    /// <summary>Whether there is nobody.</summary>
    public bool IsEmpty => _users.IsEmpty;

    /// <summary>From here on the user is told. What happens by a command sent after this returns is sure to be.</summary>
    public void Add(long userId) => _users[userId] = true;

    /// <summary>Whether a user is told.</summary>
    public bool Contains(long userId) => _users.ContainsKey(userId);
}
