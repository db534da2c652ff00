using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>
/// A connection's offer to the requests on it: one that becomes a WebSocket may leave the transport to this and end. The HTTP layer then ends too and its objects, some ten kilobytes, are collected; the
/// WebSocket is served by the connection itself. Without it they would live as long as the WebSocket does.
/// </summary>
sealed class WebSocketHandover : IConnectionHeartbeatFeature
{
    // Kestrel counts a connection as upgraded until its HTTP layer ends, which is now at once; so those handed over are counted here, per server, against the same limit.
    static readonly ConditionalWeakTable<KestrelServerOptions, StrongBox<int>> Counts = [];

    readonly ConnectionContext _connection;
    readonly IDuplexPipe _transport;
    readonly KestrelServerOptions _kestrel;
    readonly IConnectionHeartbeatFeature? _heart;
    Pulse[] _pulses = [];
    bool _isReserved;
    AcceptedWebSocket? _taken;

    WebSocketHandover(ConnectionContext connection, KestrelServerOptions kestrel) =>
        (_connection, _transport, _kestrel, _heart) = (connection, connection.Transport, kestrel, connection.Features.Get<IConnectionHeartbeatFeature>());

    /// <summary>The offer that a request finds, if it can be taken. It stands in for the connection's heartbeat, which it is asked for anyway, since one more feature would double the list that the connection keeps of them.</summary>
    public static WebSocketHandover? Of(HttpContext context) => context.Features.Get<IConnectionHeartbeatFeature>() is WebSocketHandover { IsPossible: true } handover ? handover : null;

    /// <summary>True while the HTTP layer speaks to the very transport that would be handed over: TLS, and whatever else a listener has put between, is not left out.</summary>
    bool IsPossible => ReferenceEquals(_connection.Transport, _transport);

    /// <summary>Connection middleware: HTTP first, then the WebSocket it may have become.</summary>
    public static async Task RunAsync(ConnectionContext connection, ConnectionDelegate http, KestrelServerOptions kestrel)
    {
        if (await UntilHandedOverAsync(connection, http, kestrel) is not { } accepted) return;
        try
        {
            await using var webSocket = accepted.Open(new TransportStream(connection));
            await accepted.Serve(webSocket);
        }
        finally
        {
            Interlocked.Decrement(ref CountOf(kestrel));
        }
    }

    /// <summary>Takes a place among the server's upgraded connections, which is given back when the connection ends.</summary>
    /// <returns>False when there is none left.</returns>
    public bool TryReserve()
    {
        if (_isReserved) return true;
        if (Interlocked.Increment(ref CountOf(_kestrel)) > (_kestrel.Limits.MaxConcurrentUpgradedConnections ?? long.MaxValue))
        {
            Interlocked.Decrement(ref CountOf(_kestrel));
            return false;
        }
        return _isReserved = true;
    }

    /// <summary>Takes the WebSocket, which is served once the request has ended.</summary>
    public void Take(AcceptedWebSocket webSocket) => _taken = webSocket;

    /// <summary>The HTTP layer wants to be called every second. It is, until it ends; the connection itself would go on for as long as it lives, and hold all of it in memory.</summary>
    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state)
    {
        Pulse pulse = new(action, state);
        _pulses = [.. _pulses, pulse];
        _heart?.OnHeartbeat(static pulse => ((Pulse)pulse).Beat(), pulse);
    }

    static ref int CountOf(KestrelServerOptions kestrel) => ref Counts.GetValue(kestrel, static _ => new()).Value;

    /// <summary>In a method of its own, so that nothing of the HTTP layer is in the state of the one that goes on.</summary>
    static async Task<AcceptedWebSocket?> UntilHandedOverAsync(ConnectionContext connection, ConnectionDelegate http, KestrelServerOptions kestrel)
    {
        WebSocketHandover handover = new(connection, kestrel);
        connection.Features.Set<IConnectionHeartbeatFeature>(handover);
        try
        {
            await http(connection);
            return handover._taken;
        }
        finally
        {
            connection.Features.Set(handover._heart);
            handover.Stop();
        }
    }

    void Stop()
    {
        if (_isReserved && _taken is null) Interlocked.Decrement(ref CountOf(_kestrel));
        foreach (var pulse in _pulses) pulse.Stop();
    }

    /// <summary>All of the HTTP layer that the connection holds on to.</summary>
    sealed class Pulse(Action<object> action, object state)
    {
        volatile object? _state = state;

        public void Beat()
        {
            if (_state is { } state) action(state);
        }

        public void Stop() => _state = null;
    }
}
