namespace MyTradeX.Protocols.SocketIO;

/// <summary>Sockets that get the same broadcasts. Sending goes over the members in place: it neither copies nor waits for anyone.</summary>
sealed class Room
{
    readonly Lock _gate = new();
    readonly HashSet<SocketIOSocket> _members = [];

    public int Count
    {
        get { lock (_gate) return _members.Count; }
    }

    public void Add(SocketIOSocket socket)
    {
        lock (_gate) _members.Add(socket);
    }

    /// <summary>Takes a socket out.</summary>
    /// <returns>True when nobody is left.</returns>
    public bool Remove(SocketIOSocket socket)
    {
        lock (_gate)
        {
            _members.Remove(socket);
            return _members.Count == 0;
        }
    }

    public void Send(EnginePacket packet, bool isVolatile)
    {
        lock (_gate)
        {
            foreach (var socket in _members) socket.SendEngine(packet, isVolatile);
        }
    }

    public void CopyTo(ICollection<SocketIOSocket> sockets)
    {
        lock (_gate)
        {
            foreach (var socket in _members) sockets.Add(socket);
        }
    }

    public void RemoveFrom(HashSet<SocketIOSocket> sockets)
    {
        lock (_gate) sockets.ExceptWith(_members);
    }
}
