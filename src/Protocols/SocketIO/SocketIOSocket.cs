using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Protocols.WebSockets;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>One client in one namespace. A client that is in several has a socket in each, over one connection. Members may be called from any thread.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The source of Disconnected has no timer and is left to the collector: handlers may hold its token for as long as they run.")]
public sealed partial class SocketIOSocket
{
    // A client behind by less than this is not held to be behind: the writer has not come round yet.
    const int VolatileBacklogBytes = 16 * 1024;

    readonly SocketIOClient _client;
    readonly Lock _gate = new();
    HashSet<string>? _rooms;
    CancellationTokenSource? _disconnected;
    IServiceScope? _scope;
    EventHandlers? _handlers;
    Dictionary<string, object?>? _items;

    internal SocketIOSocket(SocketNamespace ns, SocketIOClient client, JsonElement auth, RecoverySession? session, string? offset)
    {
        Namespace = ns;
        _client = client;
        Auth = auth;
        Id = session?.Id ?? EngineIOServer.NewId();
        User = session?.User ?? client.Connection.Handshake.User;
        IsRecovered = session is not null;
        RecoveryOffset = session is null ? null : offset;
        if (session is not null) _items = new(session.Items);
    }

    /// <summary>Its id; the client knows it as <c>socket.id</c>.</summary>
    public string Id { get; private set; }

    /// <summary>The namespace it is in.</summary>
    public SocketNamespace Namespace { get; }

    /// <summary>The connection below it, shared with the client's sockets in other namespaces.</summary>
    public EngineIOConnection Connection => _client.Connection;

    /// <summary>The request that opened the connection.</summary>
    public EngineIOHandshake Handshake => Connection.Handshake;

    /// <summary>What the client sent to be let in (<c>auth</c> in its options): a JSON object, empty when it sent nothing.</summary>
    public JsonElement Auth { get; }

    /// <summary>Who it is: first the handshake's user, then whomever a middleware sets.</summary>
    public ClaimsPrincipal User { get; set; }

    /// <summary>True when the client was cut, came back in time, and has got everything it missed.</summary>
    public bool IsRecovered { get; private set; }

    /// <summary>What ended the arguments of the last event that a recovered client had; null when it had none, or is not recovered. See <see cref="SocketIORecoveryOptions.ApplicationKeepsEvents"/>.</summary>
    public string? RecoveryOffset { get; private set; }

    /// <summary>True until it is disconnected.</summary>
    public bool IsConnected => EndReason is null;

    /// <summary>Cancelled when it is disconnected.</summary>
    public CancellationToken Disconnected
    {
        get
        {
            lock (_gate)
            {
                if (_disconnected is null)
                {
                    _disconnected = new();
                    if (EndReason is not null) _disconnected.Cancel();
                }
                return _disconnected.Token;
            }
        }
    }

    /// <summary>Services of the application, in a scope that lives as long as the socket.</summary>
    public IServiceProvider Services
    {
        get { lock (_gate) return (_scope ??= Namespace.Server.Services.CreateScope()).ServiceProvider; }
    }

    /// <summary>Whatever the application wants to remember with it. Kept with the session when the client is cut. Not thread-safe: use it from the socket's handlers.</summary>
    public IDictionary<string, object?> Items => _items ??= new(StringComparer.Ordinal);

    /// <summary>The rooms it is in, its own id not among them; while it is being disconnected, those it was in.</summary>
    public IReadOnlyCollection<string> Rooms
    {
        get { lock (_gate) return _rooms is null ? [] : [.. _rooms]; }
    }

    /// <summary>Bytes that wait for the client, of all its namespaces. Whoever sends to many looks here first, and sends a slow one only the newest once <see cref="Drained"/> is called.</summary>
    public int QueuedBytes => Connection.QueuedBytes;

    /// <summary>Called each time all that was queued has been written. Runs on the writing thread: be quick, do not throw.</summary>
    public Action<SocketIOSocket>? Drained { get; set; }

    /// <summary>All other sockets of the namespace.</summary>
    public SocketBroadcast Broadcast => Namespace.Except(Id);

    /// <summary>The other sockets in these rooms.</summary>
    public SocketBroadcast To(params string[] rooms) => Namespace.To(rooms).Except(Id);

    /// <summary>Adds a handler of one event; several are called one after the other. Events are handled one at a time and in order.</summary>
    public void On(string name, Func<SocketEvent, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Handlers.On(name, (_, e, cancellationToken) => handler(e, cancellationToken));
    }

    /// <summary>Adds a handler of one event that has one argument.</summary>
    public void On<T>(string name, Func<T?, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Handlers.On(name, (_, e, cancellationToken) => handler(e.Get<T>(0), cancellationToken));
    }

    /// <summary>Adds a handler of all events, called before those by name.</summary>
    public void OnAny(Func<SocketEvent, CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Handlers.OnAny((_, e, cancellationToken) => handler(e, cancellationToken));
    }

    /// <summary>Adds what happens when it is being disconnected; <see cref="Rooms"/> can still be read.</summary>
    public void OnDisconnecting(Func<string, Task> handler) => Handlers.OnDisconnecting((_, reason) => handler(reason));

    /// <summary>Adds what happens when it has been disconnected.</summary>
    public void OnDisconnect(Func<string, Task> handler) => Handlers.OnDisconnect((_, reason) => handler(reason));

    /// <summary>Sends an event. Never waits; when too much waits already the connection is closed as a slow reader.</summary>
    public void Emit(string name, params object?[] arguments)
    {
        if (Namespace.KeepsSessions) Namespace.Broadcast(new([Id], []), isVolatile: false, name, arguments);
        else SendEngine(Namespace.Encode(name, arguments).Engine, isVolatile: false);
    }

    /// <summary>Sends an event unless more waits for the client than it will have in a moment: for events of which only the newest counts.</summary>
    /// <returns>False when it was dropped.</returns>
    public bool EmitVolatile(string name, params object?[] arguments) => SendEngine(Namespace.Encode(name, arguments).Engine, isVolatile: true) == SendResult.Queued;

    /// <summary>Sends what was encoded before; allocates nothing.</summary>
    /// <param name="packet">A packet of the socket's namespace.</param>
    /// <param name="flush">False to leave the writing to a <see cref="Flush"/> that follows at once, so that several packets leave together.</param>
    /// <exception cref="ArgumentException">The packet is another namespace's.</exception>
    public SendResult Send(SocketIOPacket packet, bool flush = true)
    {
        Namespace.Require(packet);
        return SendEngine(packet.Engine, isVolatile: false, flush);
    }

    /// <summary>Has everything queued written, as far as possible on this very thread; never waits. <see cref="Drained"/> may be called within.</summary>
    public void Flush() => Connection.Flush();

    /// <summary>Puts it into rooms. Nothing happens once it is disconnected.</summary>
    public void Join(params string[] rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        lock (_gate)
        {
            if (EndReason is not null) return;
            foreach (var room in rooms)
            {
                if ((_rooms ??= new(StringComparer.Ordinal)).Add(room)) Namespace.AddTo(room, this);
            }
        }
    }

    /// <summary>Takes it out of rooms.</summary>
    public void Leave(params string[] rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        lock (_gate)
        {
            if (EndReason is not null) return;
            foreach (var room in rooms)
            {
                if (_rooms?.Remove(room) is true) Namespace.RemoveFrom(room, this);
            }
        }
    }

    /// <summary>Takes it out of its namespace.</summary>
    /// <param name="close">True to close the connection too, with the client's sockets in other namespaces.</param>
    public void Disconnect(bool close = false)
    {
        if (close) _client.DisconnectAll();
        else _client.Disconnect(this);
    }

    /// <summary>True once it has passed the middlewares and belongs to its namespace. Read and set under its client's lock.</summary>
    internal bool IsAdmitted { get; set; }

    internal string? PrivateId { get; private set; }

    /// <summary>Sequence of the first event that it could get: where a client that has got none yet begins.</summary>
    internal long FirstSequence { get; private set; }

    internal string? EndReason { get; private set; }

    EventHandlers Handlers
    {
        get
        {
            var handlers = _handlers;
            if (handlers is not null) return handlers;
            Interlocked.CompareExchange(ref _handlers, new(), null);
            return _handlers;
        }
    }

    /// <summary>The last word on whether the session is still there, under the namespace's recovery gate.</summary>
    internal void BecomeKnown(RecoverySession? session, long nextSequence)
    {
        if (session is null && IsRecovered)
        {
            // It went away between the question and now: a new socket with a new id.
            Id = EngineIOServer.NewId();
            IsRecovered = false;
            RecoveryOffset = null;
            _items = null;
        }
        PrivateId = session?.PrivateId ?? EngineIOServer.NewId();
        FirstSequence = session?.FirstSequence ?? nextSequence;
    }

    internal SendResult SendEngine(EnginePacket packet, bool isVolatile, bool flush = true)
    {
        if (EndReason is not null) return SendResult.Closed;
        if (isVolatile && (Connection.Transport == EngineIOTransport.Polling ? !Connection.IsWritable : Connection.QueuedBytes > VolatileBacklogBytes)) return SendResult.Full;
        return Connection.Send(packet, flush);
    }

    internal void OnDrained() => Drained?.Invoke(this);

    /// <summary>Out of the rooms' lists; its own list stays for those who look while it is being disconnected.</summary>
    internal string[] LeaveAll()
    {
        string[] rooms;
        lock (_gate) rooms = _rooms is null ? [] : [.. _rooms];
        foreach (var room in rooms) Namespace.RemoveFrom(room, this);
        return rooms;
    }

    /// <summary>Ends it, once; the client has been told or is gone.</summary>
    internal void End(string reason)
    {
        CancellationTokenSource? disconnected;
        lock (_gate)
        {
            if (EndReason is not null) return;
            EndReason = reason;
            disconnected = _disconnected;
        }
        Namespace.Detach(this, reason);
        FailAcks(reason);
        if (disconnected is not null) _ = disconnected.CancelAsync();
        DispatchEnd();
    }

    /// <summary>Ends a socket that was never connected; no handler hears of it, a middleware under way by its token.</summary>
    internal void Discard(string reason)
    {
        CancellationTokenSource? disconnected;
        lock (_gate)
        {
            EndReason ??= reason;
            disconnected = _disconnected;
        }
        if (disconnected is not null) _ = disconnected.CancelAsync();
    }

    /// <summary>Lets go of its services.</summary>
    internal async ValueTask ReleaseAsync()
    {
        IServiceScope? scope;
        lock (_gate) (scope, _scope) = (_scope, null);
        if (scope is IAsyncDisposable asynchronous) await asynchronous.DisposeAsync();
        else scope?.Dispose();
    }

    async Task RunEndAsync()
    {
        var reason = EndReason!;
        await GuardAsync("disconnecting", async () =>
        {
            if (_handlers is not null) await _handlers.RunDisconnectingAsync(this, reason);
            await Namespace.Handlers.RunDisconnectingAsync(this, reason);
        });
        lock (_gate) _rooms = null;
        await GuardAsync("disconnect", async () =>
        {
            if (_handlers is not null) await _handlers.RunDisconnectAsync(this, reason);
            await Namespace.Handlers.RunDisconnectAsync(this, reason);
        });
        await ReleaseAsync();
    }
}
