using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MyTradeX.Protocols.WebSockets;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>An Engine.IO 4 server: the requests of one endpoint and the connections they belong to. Applications map it with <c>MapEngineIO</c>; Socket.IO stands on it.</summary>
public sealed class EngineIOServer : IDisposable
{
    readonly ConcurrentDictionary<string, EngineIOConnection> _connections = new(StringComparer.Ordinal);
    readonly Func<EngineIOConnection, EngineIOHandler> _accept;
    readonly WebSocketConnectionOptions _webSocketOptions;
    int _connectionCount;
    volatile bool _isStopping;

    /// <summary>A server of its own.</summary>
    /// <param name="options">Settings; read from now on, not to be changed.</param>
    /// <param name="accept">Makes the handler of each new connection. Must not throw; the connection cannot be sent to before it has returned.</param>
    /// <param name="logger">Connections at debug level, failures of handlers as errors. What clients do wrong is no error.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public EngineIOServer(EngineIOOptions options, Func<EngineIOConnection, EngineIOHandler> accept, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(accept);
        ArgumentNullException.ThrowIfNull(logger);
        if (string.Join(" ", options.Faults()) is { Length: > 0 } faults) throw new ArgumentException(faults, nameof(options));
        Options = options;
        _accept = accept;
        Logger = logger;
        Wheel = new(options.TimeProvider);
        _webSocketOptions = new()
        {
            MaxMessageBytes = options.MaxPayload,
            MaxQueuedBytes = options.MaxQueuedBytes,
            CloseTimeout = options.CloseTimeout,
            // The protocol has a heartbeat of its own.
            PingInterval = TimeSpan.Zero,
        };
    }

    /// <summary>Connections that are open.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>The connections that are open, as a look at a moving picture.</summary>
    public IEnumerable<EngineIOConnection> Connections => _connections.Select(pair => pair.Value);

    internal EngineIOOptions Options { get; }

    internal ILogger Logger { get; }

    internal DeadlineWheel Wheel { get; }

    /// <summary>Works off one request. A WebSocket's may end before its connection does.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = context.Request;
        // A page of our own names its origin, too: always for a WebSocket.
        if (request.Headers.Origin is [{ } origin] && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
        {
            if (!Options.Cors.Allows(origin))
            {
                await RefuseAsync(context, EngineIOError.Forbidden);
                return;
            }
            Options.Cors.Apply(context, origin);
        }
        if (HttpMethods.IsOptions(request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var query = request.Query;
        var transport = query["transport"].ToString() switch { "polling" => EngineIOTransport.Polling, "websocket" => EngineIOTransport.WebSocket, _ => default };
        if (transport == default || !Options.Transports.HasFlag(transport)) await RefuseAsync(context, EngineIOError.UnknownTransport);
        else if (query["EIO"] != "4") await RefuseAsync(context, EngineIOError.UnsupportedVersion);
        else if (transport == EngineIOTransport.WebSocket && !WebSocketAcceptor.IsWebSocketRequest(context)) await RefuseAsync(context, EngineIOError.BadRequest);
        else if (query.TryGetValue("sid", out var id)) await ContinueAsync(context, transport, id.ToString());
        else await OpenAsync(context, transport);
    }

    /// <summary>Takes no more connections and closes those there are.</summary>
    public void Stop()
    {
        _isStopping = true;
        foreach (var connection in Connections) connection.End(DisconnectReason.ServerShuttingDown, dropQueued: false);
    }

    /// <summary>Lets go of the timer; connections must have ended.</summary>
    public void Dispose() => Wheel.Dispose();

    internal EnginePacket OpenPacket(EngineIOConnection connection)
    {
        ArrayBufferWriter<byte> text = new(160);
        text.Write("0"u8);
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            json.WriteString("sid"u8, connection.Id);
            json.WriteStartArray("upgrades"u8);
            if (connection.Transport == EngineIOTransport.Polling && MayUpgrade) json.WriteStringValue("websocket"u8);
            json.WriteEndArray();
            json.WriteNumber("pingInterval"u8, (long)Options.PingInterval.TotalMilliseconds);
            json.WriteNumber("pingTimeout"u8, (long)Options.PingTimeout.TotalMilliseconds);
            json.WriteNumber("maxPayload"u8, Options.MaxPayload);
            json.WriteEndObject();
        }
        return EnginePacket.Raw(text.WrittenSpan);
    }

    internal void Remove(EngineIOConnection connection)
    {
        if (_connections.TryRemove(connection.Id, out _)) Interlocked.Decrement(ref _connectionCount);
    }

    internal Task RefuseAsync(HttpContext context, EngineIOError error)
    {
        SocketIOMetrics.Refused(error.Message);
        EngineIOLog.Refused(Logger, error.Message);
        return error.WriteAsync(context);
    }

    internal bool IsStopping => _isStopping;

    bool MayUpgrade => Options.AllowUpgrades && Options.Transports.HasFlag(EngineIOTransport.WebSocket);

    async Task OpenAsync(HttpContext context, EngineIOTransport transport)
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsConnect(context.Request.Method))
        {
            await RefuseAsync(context, EngineIOError.BadHandshakeMethod);
            return;
        }
        if (Options.AllowRequest is { } allow && !await allow(context))
        {
            await RefuseAsync(context, EngineIOError.Forbidden);
            return;
        }
        if (Interlocked.Increment(ref _connectionCount) > Options.MaxConnections || _isStopping)
        {
            Interlocked.Decrement(ref _connectionCount);
            await RefuseAsync(context, EngineIOError.TooManyConnections);
            return;
        }

        var id = NewId();
        if (Options.CookieName is { } cookie)
            context.Response.Cookies.Append(cookie, id, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = context.Request.IsHttps, Path = "/" });
        EngineIOHandshake handshake = new(context, Options.TimeProvider.GetUtcNow());
        if (transport == EngineIOTransport.Polling)
        {
            var connection = Add(id, transport, handshake);
            connection.SendOpenPacket();
            connection.Open();
            await connection.PollAsync(context);
            return;
        }
        var isCounted = false;
        try
        {
            isCounted = await WebSocketAcceptor.ServeAsync(context, _webSocketOptions, Wheel, webSocket =>
            {
                // From here on its end counts it out.
                isCounted = true;
                return Add(id, transport, handshake).RunAsync(webSocket);
            });
        }
        finally
        {
            if (!isCounted) Interlocked.Decrement(ref _connectionCount);
        }
    }

    EngineIOConnection Add(string id, EngineIOTransport transport, EngineIOHandshake handshake)
    {
        EngineIOConnection connection = new(this, id, handshake, _accept);
        _connections[id] = connection;
        EngineIOLog.Opened(Logger, id, transport.ToString(), handshake.RemoteAddress);
        return connection;
    }

    async Task ContinueAsync(HttpContext context, EngineIOTransport transport, string id)
    {
        if (!_connections.TryGetValue(id, out var connection))
        {
            await RefuseAsync(context, EngineIOError.UnknownSession);
        }
        else if (transport == EngineIOTransport.Polling)
        {
            if (HttpMethods.IsGet(context.Request.Method)) await connection.PollAsync(context);
            else if (HttpMethods.IsPost(context.Request.Method)) await connection.PostAsync(context);
            else await RefuseAsync(context, EngineIOError.BadRequest);
        }
        else if (!MayUpgrade)
        {
            await RefuseAsync(context, EngineIOError.BadRequest);
        }
        else
        {
            var isFirst = connection.TryBeginUpgrade();
            var isAccepted = await WebSocketAcceptor.ServeAsync(context, _webSocketOptions, Wheel, webSocket =>
            {
                if (isFirst) return connection.UpgradeAsync(webSocket);
                // A second WebSocket of a session is closed, as the protocol says, rather than refused.
                webSocket.Close(WebSocketCloseCode.PolicyViolation, EngineIOError.BadRequest.Message);
                return Task.CompletedTask;
            });
            if (isFirst && !isAccepted) connection.GiveUpUpgrade();
        }
    }

    /// <summary>120 random bits: nobody guesses a session.</summary>
    internal static string NewId()
    {
        Span<byte> random = stackalloc byte[15];
        RandomNumberGenerator.Fill(random);
        return Base64Url.EncodeToString(random);
    }
}
