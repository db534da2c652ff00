using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>A namespace: sockets that share handlers, rooms and events, apart from those of other namespaces on the same connections. Thread-safe; handlers are best added before the first client comes.</summary>
public sealed class SocketNamespace
{
    readonly ConcurrentDictionary<string, SocketIOSocket> _sockets = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, SocketIOSocket>? _byPrivateId;
    readonly ConcurrentDictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    readonly Lock _roomsGate = new();
    readonly Room _everybody = new();
    readonly RecoveryStore? _recovery;
    // Held while an event is stored and handed out, and while a socket goes or comes back: see RecoveryStore. Unused without recovery.
    readonly Lock _recoveryGate = new();
    Func<SocketIOSocket, CancellationToken, ValueTask<ConnectRefusal?>>[] _middleware = [];
    Func<SocketIOSocket, CancellationToken, Task>[] _connection = [];
    long _ackId;

    internal SocketNamespace(SocketIOServer server, string name)
    {
        Server = server;
        Name = name;
        if (server.Options.Recovery is not { } recovery) return;
        _recovery = new(recovery);
        _byPrivateId = new(StringComparer.Ordinal);
    }

    /// <summary>Its name; begins with a slash.</summary>
    public string Name { get; }

    /// <summary>The server it belongs to.</summary>
    public SocketIOServer Server { get; }

    /// <summary>Its sockets, as a look at a moving picture.</summary>
    public IEnumerable<SocketIOSocket> Sockets => _sockets.Select(pair => pair.Value);

    /// <summary>How many sockets are connected.</summary>
    public int SocketCount => _everybody.Count;

    internal EventHandlers Handlers { get; } = new();

    internal bool KeepsSessions => _recovery is not null;

    /// <summary>
    /// Adds a step that each socket passes before it is connected, in the order added: look at <see cref="SocketIOSocket.Auth"/>, set <see cref="SocketIOSocket.User"/>, let it go on by null or refuse it.
    /// One that throws is logged and refuses with <c>Internal error</c>. The socket cannot be sent to yet.
    /// </summary>
    public SocketNamespace Use(Func<SocketIOSocket, CancellationToken, ValueTask<ConnectRefusal?>> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        _middleware = [.. _middleware, middleware];
        return this;
    }

    /// <summary>Lets only sockets join whose <see cref="SocketIOSocket.User"/> satisfies the application's authorization policy; the default policy when none is named. Others are refused with <c>Not authorized</c>. Place it after the step that sets the user.</summary>
    public SocketNamespace RequireAuthorization(string? policy = null) => Use(async (socket, _) =>
    {
        var found = policy is null
            ? await socket.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetDefaultPolicyAsync()
            : await socket.Services.GetRequiredService<IAuthorizationPolicyProvider>().GetPolicyAsync(policy) ?? throw new InvalidOperationException($"There is no authorization policy '{policy}'.");
        var result = await socket.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(socket.User, socket, found);
        return result.Succeeded ? null : new ConnectRefusal("Not authorized");
    });

    /// <summary>
    /// Adds what happens for each socket once it is connected. The socket's events wait until it has ended; start what runs for the socket's life without awaiting it, and let it end by the token, which is
    /// cancelled when the socket is disconnected.
    /// </summary>
    public SocketNamespace OnConnection(Func<SocketIOSocket, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _connection = [.. _connection, handler];
        return this;
    }

    /// <summary>Adds a handler of one event for all sockets; it costs no memory per socket. A socket's events are handled one at a time and in order, those of different sockets at the same time.</summary>
    public SocketNamespace On(string name, Func<SocketIOSocket, SocketEvent, CancellationToken, Task> handler)
    {
        Handlers.On(name, handler);
        return this;
    }

    /// <summary>Adds a handler of all events for all sockets, called before those by name.</summary>
    public SocketNamespace OnAny(Func<SocketIOSocket, SocketEvent, CancellationToken, Task> handler)
    {
        Handlers.OnAny(handler);
        return this;
    }

    /// <summary>Adds what happens when a socket is being disconnected; its rooms can still be read. The reason is one of <see cref="DisconnectReason"/>.</summary>
    public SocketNamespace OnDisconnecting(Func<SocketIOSocket, string, Task> handler)
    {
        Handlers.OnDisconnecting(handler);
        return this;
    }

    /// <summary>Adds what happens when a socket has been disconnected, after its last event's handler. The reason is one of <see cref="DisconnectReason"/>.</summary>
    public SocketNamespace OnDisconnect(Func<SocketIOSocket, string, Task> handler)
    {
        Handlers.OnDisconnect(handler);
        return this;
    }

    /// <summary>All sockets, to narrow or to act on.</summary>
    public SocketBroadcast All => new(this, BroadcastTarget.Everybody);

    /// <summary>The sockets in these rooms; a socket's id is a room of its own.</summary>
    public SocketBroadcast To(params string[] rooms) => All.To(rooms);

    /// <summary>All sockets but those in these rooms.</summary>
    public SocketBroadcast Except(params string[] rooms) => All.Except(rooms);

    /// <summary>Sends an event to every socket, encoded once.</summary>
    public void Emit(string name, params object?[] arguments) => Broadcast(BroadcastTarget.Everybody, isVolatile: false, name, arguments);

    /// <summary>Encodes an event for as many sockets and as many times as you like. Not kept for clients that are away: for those use <see cref="Emit"/>.</summary>
    public SocketIOPacket Encode(string name, params object?[] arguments)
    {
        RequireName(name);
        return new(Name, Server.Encoder.Event(Name, name, arguments));
    }

    /// <summary>Encodes an event whose argument is JSON already – or several, separated by commas; it is not checked.</summary>
    public SocketIOPacket Encode(string name, ReadOnlySpan<byte> utf8Json)
    {
        RequireName(name);
        return new(Name, Server.Encoder.Event(Name, name, utf8Json));
    }

    /// <summary>Finds a connected socket by its id.</summary>
    public bool TryGetSocket(string id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SocketIOSocket? socket) => _sockets.TryGetValue(id, out socket);

    /// <summary>How many sockets are in a room.</summary>
    public int CountIn(string room) => _rooms.TryGetValue(room, out var found) ? found.Count : 0;

    internal long NextAckId() => Interlocked.Increment(ref _ackId);

    internal void Require(SocketIOPacket packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (packet.Namespace != Name) throw new ArgumentException($"The packet is encoded for namespace {packet.Namespace}, not {Name}.", nameof(packet));
    }

    internal void Broadcast(BroadcastTarget target, bool isVolatile, string name, object?[] arguments)
    {
        RequireName(name);
        if (_recovery is null || isVolatile || Server.Options.Recovery!.ApplicationKeepsEvents)
        {
            Deliver(target, Server.Encoder.Event(Name, name, arguments), isVolatile);
            return;
        }
        lock (_recoveryGate)
        {
            var packet = Server.Encoder.Event(Name, name, arguments, offset: _recovery.NextOffset());
            _recovery.Store(packet, target, Server.NowMs);
            Deliver(target, packet, isVolatile: false);
        }
    }

    internal void Deliver(BroadcastTarget target, EnginePacket packet, bool isVolatile)
    {
        if (target.Except.Length == 0 && target.Rooms.Length < 2)
        {
            if (target.Rooms.Length == 0) _everybody.Send(packet, isVolatile);
            else if (_sockets.TryGetValue(target.Rooms[0], out var one)) one.SendEngine(packet, isVolatile);
            else if (_rooms.TryGetValue(target.Rooms[0], out var room)) room.Send(packet, isVolatile);
            return;
        }
        foreach (var socket in Select(target)) socket.SendEngine(packet, isVolatile);
    }

    internal HashSet<SocketIOSocket> Select(BroadcastTarget target)
    {
        HashSet<SocketIOSocket> chosen = [];
        if (target.Rooms.Length == 0) _everybody.CopyTo(chosen);
        foreach (var name in target.Rooms)
        {
            if (_sockets.TryGetValue(name, out var one)) chosen.Add(one);
            if (_rooms.TryGetValue(name, out var room)) room.CopyTo(chosen);
        }
        foreach (var name in target.Except)
        {
            if (_sockets.TryGetValue(name, out var one)) chosen.Remove(one);
            if (_rooms.TryGetValue(name, out var room)) room.RemoveFrom(chosen);
        }
        return chosen;
    }

    internal async ValueTask<ConnectRefusal?> AdmitAsync(SocketIOSocket socket)
    {
        foreach (var step in _middleware)
        {
            if (await step(socket, socket.Disconnected) is { } refusal) return refusal;
        }
        return null;
    }

    internal async Task RunConnectionAsync(SocketIOSocket socket)
    {
        foreach (var handler in _connection) await handler(socket, socket.Disconnected);
    }

    /// <summary>The session that a client asks for again, when it is still whole. A client that comes back before its old connection was found dead takes over from it.</summary>
    internal RecoverySession? FindSession(string privateId, string? offset)
    {
        if (_recovery is null) return null;
        SocketIOSocket? old;
        // Under the gate: the old socket may still be on its way in, and its client know of it already.
        lock (_recoveryGate) _byPrivateId!.TryGetValue(privateId, out old);
        if (old is not null)
        {
            old.Connection.End(DisconnectReason.TransportClose, dropQueued: true);
            // Another thread may have begun to end it and not have come this far yet.
            Detach(old, old.EndReason ?? old.Connection.CloseReason ?? DisconnectReason.TransportClose);
        }
        lock (_recoveryGate) return _recovery.Find(privateId, offset, Server.NowMs, missed: null);
    }

    /// <summary>Makes a socket one of the namespace's: tells its client so, gives it what it missed, and from then on all that is sent.</summary>
    internal void Attach(SocketIOSocket socket, string? askedPrivateId, string? offset)
    {
        if (_recovery is null)
        {
            AttachNow(socket, []);
            if (!socket.IsConnected) Detach(socket, socket.EndReason!);
            return;
        }
        lock (_recoveryGate)
        {
            List<EnginePacket> missed = [];
            var session = askedPrivateId is null ? null : _recovery.Find(askedPrivateId, offset, Server.NowMs, missed);
            if (session is not null) _recovery.Remove(session.PrivateId);
            if (askedPrivateId is not null) SocketIOMetrics.CameBack(session is not null);
            socket.BecomeKnown(session, _recovery.NextSequence);
            AttachNow(socket, missed);
            if (session is not null) socket.Join(session.Rooms);
            // It may have ended before it could be found here.
            if (!socket.IsConnected) Detach(socket, socket.EndReason!);
        }
    }

    void AttachNow(SocketIOSocket socket, List<EnginePacket> missed)
    {
        socket.Connection.Send(Server.Encoder.Connect(Name, socket.Id, socket.PrivateId));
        foreach (var packet in missed) socket.Connection.Send(packet);
        _sockets[socket.Id] = socket;
        if (socket.PrivateId is { } privateId) _byPrivateId![privateId] = socket;
        _everybody.Add(socket);
        SocketIOMetrics.SocketConnected();
    }

    /// <summary>Takes a socket out of everything, and keeps its session when its client may come back.</summary>
    internal void Detach(SocketIOSocket socket, string reason)
    {
        if (_recovery is null)
        {
            Forget(socket);
            socket.LeaveAll();
            return;
        }
        lock (_recoveryGate)
        {
            var wasKnown = Forget(socket);
            var rooms = socket.LeaveAll();
            if (wasKnown && socket.PrivateId is { } privateId && DisconnectReason.IsRecoverable(reason))
                _recovery.Save(new(privateId, socket.Id, rooms, socket.User, socket.Items, socket.FirstSequence, Server.NowMs));
        }
    }

    bool Forget(SocketIOSocket socket)
    {
        if (!_sockets.TryRemove(new(socket.Id, socket))) return false;
        if (socket.PrivateId is { } privateId) _byPrivateId!.TryRemove(new(privateId, socket));
        _everybody.Remove(socket);
        SocketIOMetrics.SocketDisconnected();
        return true;
    }

    internal void AddTo(string room, SocketIOSocket socket)
    {
        lock (_roomsGate) _rooms.GetOrAdd(room, static _ => new()).Add(socket);
    }

    internal void RemoveFrom(string room, SocketIOSocket socket)
    {
        lock (_roomsGate)
        {
            if (_rooms.TryGetValue(room, out var found) && found.Remove(socket)) _rooms.TryRemove(room, out _);
        }
    }

    internal static void RequireName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (ReservedEvents.Contain(name)) throw new ArgumentException($"'{name}' is an event that the protocol's clients raise themselves; choose another name.", nameof(name));
    }
}

/// <summary>Names that clients use for events of their own making.</summary>
static class ReservedEvents
{
    public static bool Contain(string name) => name is "connect" or "connect_error" or "disconnect" or "disconnecting" or "newListener" or "removeListener";
}
