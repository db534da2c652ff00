using System.Security.Claims;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>What is kept of a socket whose client was cut.</summary>
sealed record RecoverySession(string PrivateId, string Id, string[] Rooms, ClaimsPrincipal User, IDictionary<string, object?> Items, long FirstSequence, long LostAtMs);

/// <summary>
/// A namespace's memory for clients that come back: sessions of those that are away, and the events of the last while, each with a sequence that goes out with it as its last argument. Not thread-safe: the
/// namespace's recovery gate is held around every call, so that an event is either in the log before a socket returns or reaches it live, never both and never neither.
/// </summary>
sealed class RecoveryStore(SocketIORecoveryOptions options)
{
    // Marks this process's offsets: another one's, from before a restart, must not be taken for ours.
    readonly string _epoch = EngineIOServer.NewId()[..8];
    readonly Queue<StoredEvent> _events = new();
    readonly LinkedList<RecoverySession> _sessionsByAge = new();
    readonly Dictionary<string, LinkedListNode<RecoverySession>> _sessions = new(StringComparer.Ordinal);
    long _storedBytes;

    readonly record struct StoredEvent(EnginePacket Packet, BroadcastTarget Target, long AtMs);

    /// <summary>The sequence that the next event will get.</summary>
    public long NextSequence { get; private set; } = 1;

    public int SessionCount => _sessions.Count;

    public int EventCount => _events.Count;

    /// <summary>The offset that goes out with the next event.</summary>
    public string NextOffset() => $"{NextSequence:x}.{_epoch}";

    /// <summary>Keeps the event that was given <see cref="NextOffset"/>.</summary>
    public void Store(EnginePacket packet, BroadcastTarget target, long nowMs)
    {
        _events.Enqueue(new(packet, target, nowMs));
        _storedBytes += packet.Length;
        NextSequence++;
        Expire(nowMs);
    }

    public void Save(RecoverySession session)
    {
        Remove(session.PrivateId);
        _sessions[session.PrivateId] = _sessionsByAge.AddLast(session);
        Expire(session.LostAtMs);
    }

    /// <summary>The session of a client that comes back, if it and all that the client missed are still there.</summary>
    /// <param name="privateId">The secret that the client was given.</param>
    /// <param name="offset">The offset of the last event it got; null when it got none.</param>
    /// <param name="nowMs">The time.</param>
    /// <param name="missed">What it missed, in order.</param>
    public RecoverySession? Find(string privateId, string? offset, long nowMs, List<EnginePacket>? missed)
    {
        Expire(nowMs);
        if (!_sessions.TryGetValue(privateId, out var node)) return null;
        var session = node.Value;
        if (options.ApplicationKeepsEvents) return session;
        var oldest = NextSequence - _events.Count;
        var from = session.FirstSequence;
        if (offset is not null)
        {
            if (!TryParse(offset, out var last) || last >= NextSequence) return null;
            from = last + 1;
        }
        if (from < oldest) return null;
        if (missed is null) return session;
        var sequence = oldest;
        foreach (var stored in _events)
        {
            if (sequence++ >= from && stored.Target.Includes(session.Id, session.Rooms)) missed.Add(stored.Packet);
        }
        return session;
    }

    public void Remove(string privateId)
    {
        if (_sessions.Remove(privateId, out var node)) _sessionsByAge.Remove(node);
    }

    void Expire(long nowMs)
    {
        var before = nowMs - (long)options.MaxDisconnection.TotalMilliseconds;
        while (_sessionsByAge.First is { } oldest && (oldest.Value.LostAtMs < before || _sessions.Count > options.MaxSessions)) Remove(oldest.Value.PrivateId);
        while (_events.TryPeek(out var first) && (first.AtMs < before || _storedBytes > options.MaxStoredBytes))
        {
            _events.Dequeue();
            _storedBytes -= first.Packet.Length;
        }
    }

    bool TryParse(string offset, out long sequence)
    {
        sequence = 0;
        var dot = offset.IndexOf('.');
        return dot > 0 && offset.AsSpan(dot + 1).SequenceEqual(_epoch) && long.TryParse(offset.AsSpan(0, dot), System.Globalization.NumberStyles.AllowHexSpecifier, null, out sequence) && sequence > 0;
    }
}
