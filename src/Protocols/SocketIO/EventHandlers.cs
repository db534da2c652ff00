using System.Collections.Concurrent;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>Handlers of a namespace or of one socket. Reading takes no lock; adding is rare.</summary>
sealed class EventHandlers
{
    readonly ConcurrentDictionary<string, Func<SocketIOSocket, SocketEvent, CancellationToken, Task>[]> _byName = new(concurrencyLevel: 1, capacity: 1, StringComparer.Ordinal);
    Func<SocketIOSocket, SocketEvent, CancellationToken, Task>[] _any = [];
    Func<SocketIOSocket, string, Task>[] _disconnecting = [];
    Func<SocketIOSocket, string, Task>[] _disconnect = [];

    public void On(string name, Func<SocketIOSocket, SocketEvent, CancellationToken, Task> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(handler);
        _byName.AddOrUpdate(name, _ => [handler], (_, before) => [.. before, handler]);
    }

    public void OnAny(Func<SocketIOSocket, SocketEvent, CancellationToken, Task> handler) => Add(ref _any, handler);

    public void OnDisconnecting(Func<SocketIOSocket, string, Task> handler) => Add(ref _disconnecting, handler);

    public void OnDisconnect(Func<SocketIOSocket, string, Task> handler) => Add(ref _disconnect, handler);

    public async Task RunAsync(SocketIOSocket socket, SocketEvent e, CancellationToken cancellationToken)
    {
        foreach (var handler in _any) await handler(socket, e, cancellationToken);
        if (!_byName.TryGetValue(e.Name, out var handlers)) return;
        foreach (var handler in handlers) await handler(socket, e, cancellationToken);
    }

    public async Task RunDisconnectingAsync(SocketIOSocket socket, string reason)
    {
        foreach (var handler in _disconnecting) await handler(socket, reason);
    }

    public async Task RunDisconnectAsync(SocketIOSocket socket, string reason)
    {
        foreach (var handler in _disconnect) await handler(socket, reason);
    }

    static void Add<T>(ref T[] handlers, T handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        T[] before;
        do before = handlers;
        while (Interlocked.CompareExchange(ref handlers, [.. before, handler], before) != before);
    }
}
