namespace MyTradeX.Server.Realtime;

/// <summary>Who can be spoken to: one live connection of a user.</summary>
internal interface IRoomMember
{
    long UserId { get; }

    void Hear(RealtimeEvent e);

    /// <summary>Ends the connection, since the server is going down.</summary>
    void GoAway();
}

/// <summary>Rooms that connections join and leave, and everybody's connections for direct messages. A room is there while somebody is in it.</summary>
internal sealed class Rooms(RealtimeTopics topics)
{
    readonly Lock _gate = new();
    readonly Dictionary<string, HashSet<IRoomMember>> _rooms = new(StringComparer.Ordinal);
    readonly Dictionary<long, HashSet<IRoomMember>> _present = [];

    /// <summary>Lets a connection be spoken to.</summary>
    public void Enter(IRoomMember member) => Add(_present, member.UserId, member);

    /// <summary>All connections there are.</summary>
    public IRoomMember[] Everybody()
    {
        lock (_gate)
            return [.. _present.Values.SelectMany(members => members)];
    }

    /// <summary>Takes a connection out of everything.</summary>
    public void Exit(IRoomMember member, IEnumerable<string> rooms)
    {
        foreach (var room in rooms)
            Leave(room, member);
        Remove(_present, member.UserId, member);
    }

    /// <summary>False when it is in already.</summary>
    public bool Join(string room, IRoomMember member) => Add(_rooms, room, member);

    /// <summary>False when it was not in.</summary>
    public bool Leave(string room, IRoomMember member) => Remove(_rooms, room, member);

    /// <summary>Tells everybody in a room but one.</summary>
    public void Tell<T>(string room, IRoomMember? except, string type, T payload) => Tell(_rooms, room, except, type, payload);

    /// <summary>Tells all of a user's connections. False when there is none.</summary>
    public bool TellUser<T>(long userId, string type, T payload) => Tell(_present, userId, null, type, payload);

    bool Tell<TKey, T>(Dictionary<TKey, HashSet<IRoomMember>> places, TKey key, IRoomMember? except, string type, T payload) where TKey : notnull
    {
        IRoomMember[] members;
        lock (_gate)
            members = places.TryGetValue(key, out var found) ? [.. found] : [];
        var e = new RealtimeEvent(0, "", type, 0, 0, RealtimeEvent.ToJson(payload), topics.Now);
        foreach (var member in members)
            if (member != except)
                member.Hear(e);
        return members.Length > 0;
    }

    bool Add<TKey>(Dictionary<TKey, HashSet<IRoomMember>> places, TKey key, IRoomMember member) where TKey : notnull
    {
        lock (_gate)
        {
            if (!places.TryGetValue(key, out var members))
                places[key] = members = [];
            return members.Add(member);
        }
    }

    bool Remove<TKey>(Dictionary<TKey, HashSet<IRoomMember>> places, TKey key, IRoomMember member) where TKey : notnull
    {
        lock (_gate)
        {
            if (!places.TryGetValue(key, out var members) || !members.Remove(member))
                return false;
            if (members.Count == 0)
                places.Remove(key);
            return true;
        }
    }
}
