using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>
/// A Socket.IO 5 server. One per application, from <c>AddSocketIO</c>; inject it wherever something is to be sent. The members that act on sockets act on the main namespace, <c>/</c>; others come from <see cref="Of"/>.
/// </summary>
public sealed class SocketIOServer : IDisposable
{
    readonly ConcurrentDictionary<string, SocketNamespace> _namespaces = new(StringComparer.Ordinal);

    /// <summary>A server of its own.</summary>
    /// <param name="options">Settings; read from now on, not to be changed.</param>
    /// <param name="services">Where sockets' scopes come from.</param>
    /// <param name="logger">Clients at debug level, failures of handlers as errors.</param>
    public SocketIOServer(IOptions<SocketIOOptions> options, IServiceProvider services, ILogger<SocketIOServer> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(logger);
        Options = options.Value;
        Services = services;
        Logger = logger;
        Encoder = new(BinaryJson.With(Options.JsonSerializerOptions));
        Engine = new(Options, connection => new SocketIOClient(this, connection), logger);
        Main = Of("/");
    }

    /// <summary>The connections below.</summary>
    public EngineIOServer Engine { get; }

    /// <summary>The main namespace, <c>/</c>.</summary>
    public SocketNamespace Main { get; }

    /// <summary>A namespace by name, made when it is first asked for. Clients may join only those that there are.</summary>
    /// <param name="name">With or without the slash before it.</param>
    public SocketNamespace Of(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name[0] != '/') name = "/" + name;
        if (name.Contains(',', StringComparison.Ordinal) || name.Contains('?', StringComparison.Ordinal)) throw new ArgumentException($"A namespace's name has neither comma nor question mark: '{name}'.", nameof(name));
        return _namespaces.GetOrAdd(name, static (name, server) => new(server, name), this);
    }

    /// <summary>Its namespaces.</summary>
    public IEnumerable<SocketNamespace> Namespaces => _namespaces.Select(pair => pair.Value);

    /// <inheritdoc cref="SocketNamespace.Use"/>
    public SocketNamespace Use(Func<SocketIOSocket, CancellationToken, ValueTask<ConnectRefusal?>> middleware) => Main.Use(middleware);

    /// <inheritdoc cref="SocketNamespace.OnConnection"/>
    public SocketNamespace OnConnection(Func<SocketIOSocket, CancellationToken, Task> handler) => Main.OnConnection(handler);

    /// <inheritdoc cref="SocketNamespace.Emit"/>
    public void Emit(string name, params object?[] arguments) => Main.Emit(name, arguments);

    /// <inheritdoc cref="SocketNamespace.To"/>
    public SocketBroadcast To(params string[] rooms) => Main.To(rooms);

    /// <summary>Works off one request of the endpoint.</summary>
    public Task HandleAsync(HttpContext context) => Engine.HandleAsync(context);

    /// <summary>Takes no more connections and closes those there are with <see cref="DisconnectReason.ServerShuttingDown"/>. The host calls it when the application stops.</summary>
    public void Stop() => Engine.Stop();

    /// <summary>Lets go of the timer.</summary>
    public void Dispose() => Engine.Dispose();

    internal SocketIOOptions Options { get; }

    internal IServiceProvider Services { get; }

    internal ILogger Logger { get; }

    internal PacketEncoder Encoder { get; }

    internal long NowMs => Engine.Wheel.NowMs;

    internal bool TryGet(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SocketNamespace? ns) => _namespaces.TryGetValue(name, out ns);
}
