namespace MyTradeX.Protocols.SocketIO;

/// <summary>A choice of a namespace's sockets, to send to or to act on. Each narrowing gives a new choice; none changes the one before.</summary>
public sealed class SocketBroadcast
{
    readonly SocketNamespace _namespace;
    readonly BroadcastTarget _target;
    readonly bool _isVolatile;

    internal SocketBroadcast(SocketNamespace ns, BroadcastTarget target, bool isVolatile = false)
    {
        _namespace = ns;
        _target = target;
        _isVolatile = isVolatile;
    }

    /// <summary>For events of which only the newest counts: a socket for which something waits already does not get this one.</summary>
    public SocketBroadcast Volatile => new(_namespace, _target, isVolatile: true);

    /// <summary>Sockets in these rooms too; a socket's id is a room of its own. A socket in several gets one event.</summary>
    public SocketBroadcast To(params string[] rooms) => new(_namespace, _target with { Rooms = [.. _target.Rooms, .. rooms] }, _isVolatile);

    /// <summary>Not the sockets in these rooms; a socket's id is a room of its own.</summary>
    public SocketBroadcast Except(params string[] rooms) => new(_namespace, _target with { Except = [.. _target.Except, .. rooms] }, _isVolatile);

    /// <summary>The sockets that are chosen now.</summary>
    public IReadOnlyCollection<SocketIOSocket> Sockets => _namespace.Select(_target);

    /// <summary>Sends an event, encoded once. Never waits; a socket whose queue is full is closed as a slow reader.</summary>
    public void Emit(string name, params object?[] arguments) => _namespace.Broadcast(_target, _isVolatile, name, arguments);

    /// <summary>Sends what was encoded before.</summary>
    /// <exception cref="ArgumentException">The packet is another namespace's.</exception>
    public void Send(SocketIOPacket packet)
    {
        _namespace.Require(packet);
        _namespace.Deliver(_target, packet.Engine, _isVolatile);
    }

    /// <summary>Sends an event and waits for every socket's acknowledgement.</summary>
    /// <param name="name">The event.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The answers of those that answered in time, and who did not.</returns>
    public async Task<BroadcastAnswers> EmitWithAckAsync(string name, TimeSpan timeout, CancellationToken cancellationToken, params object?[] arguments)
    {
        var sockets = Sockets;
        var id = _namespace.NextAckId();
        var packet = _namespace.Server.Encoder.Event(_namespace.Name, name, arguments, id);
        Dictionary<SocketIOSocket, Task<SocketArguments>> waiting = [];
        foreach (var socket in sockets) waiting[socket] = socket.SendForAck(packet, id, timeout, cancellationToken);
        Dictionary<string, SocketArguments> answers = [];
        List<string> missing = [];
        foreach (var (socket, answer) in waiting)
        {
            try
            {
                answers[socket.Id] = await answer;
            }
            catch (Exception failure) when (failure is TimeoutException or IOException)
            {
                // That it did not answer is part of the result.
                missing.Add(socket.Id);
            }
        }
        return new(answers, missing);
    }

    /// <summary>Puts the sockets into rooms.</summary>
    public void Join(params string[] rooms)
    {
        foreach (var socket in Sockets) socket.Join(rooms);
    }

    /// <summary>Takes the sockets out of rooms.</summary>
    public void Leave(params string[] rooms)
    {
        foreach (var socket in Sockets) socket.Leave(rooms);
    }

    /// <summary>Disconnects the sockets.</summary>
    /// <param name="close">True to close their connections too, with whatever other namespaces they are in.</param>
    public void Disconnect(bool close = false)
    {
        foreach (var socket in Sockets) socket.Disconnect(close);
    }
}

/// <summary>What came back from a broadcast that asked for acknowledgement.</summary>
/// <param name="Answers">The answers, by socket id.</param>
/// <param name="Missing">Ids of the sockets that did not answer in time or went away.</param>
public sealed record BroadcastAnswers(IReadOnlyDictionary<string, SocketArguments> Answers, IReadOnlyList<string> Missing);
