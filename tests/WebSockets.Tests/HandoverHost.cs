using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using MyTradeX.Protocols.WebSockets;
using MyTradeX.WebSockets.Tests.Transport;
using Xunit;

namespace MyTradeX.WebSockets.Tests;

/// <summary>A server that sends back what it gets, and hands WebSockets over: plain, TLS and HTTP/2, in this order. It notes when requests end and how connections do.</summary>
sealed class HandoverHost : IAsyncDisposable
{
    public const string Handshake = "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

    readonly WebApplication _app;
    readonly bool _saysGoodbye;

    HandoverHost(WebSocketConnectionOptions options, Action<KestrelServerLimits>? limits, bool saysGoodbye)
    {
        _saysGoodbye = saysGoodbye;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseDirectSockets();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            limits?.Invoke(kestrel.Limits);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(TestCertificate.Value));
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.Use(async (context, next) =>
        {
            await next(context);
            EndedRequests.Enqueue(new(context));
            EndedRequests.Enqueue(new(context.Features.Get<IConnectionItemsFeature>()));
            RequestEnded.Release();
        });
        _app.Map("/", async (HttpContext context) => await WebSocketAcceptor.ServeAsync(context, options, Wheel, ServeAsync));
        _app.Map("/plain", () => "plain");
    }

    public DeadlineWheel Wheel { get; } = new(TimeProvider.System);

    /// <summary>Contexts of the requests that have ended, and the host's connection of each, if they are still there.</summary>
    public ConcurrentQueue<WeakReference> EndedRequests { get; } = new();

    /// <summary>Released once for each request that has ended.</summary>
    public SemaphoreSlim RequestEnded { get; } = new(0);

    public ConcurrentQueue<WebSocketClosure> Closures { get; } = new();

    /// <summary>Released once for each connection that has ended.</summary>
    public SemaphoreSlim ConnectionEnded { get; } = new(0);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<HandoverHost> StartAsync(WebSocketConnectionOptions? options = null, Action<KestrelServerLimits>? limits = null, bool saysGoodbye = true)
    {
        HandoverHost host = new(options ?? new(), limits, saysGoodbye);
        await host._app.StartAsync(Stop);
        return host;
    }

    public Uri Address(int listener = 0) => new(_app.Urls.ElementAt(listener).Replace("http", "ws", StringComparison.Ordinal));

    public Task StopAsync(CancellationToken? cancellationToken = null) => _app.StopAsync(cancellationToken ?? Stop);

    /// <summary>A client that has sent its request, and what more is given, in one packet.</summary>
    public async Task<Socket> SendAsync(string request, params byte[] more)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, Address().Port, Stop);
        await socket.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(request), .. more], Stop);
        return socket;
    }

    /// <summary>Reads the answer's head.</summary>
    public static async Task<string> ReadHeadAsync(Socket socket)
    {
        List<byte> read = [];
        var one = new byte[1];
        while (!read.TakeLast(4).SequenceEqual("\r\n\r\n"u8.ToArray()) && await socket.ReceiveAsync(one, Stop) > 0) read.Add(one[0]);
        return Encoding.ASCII.GetString([.. read]);
    }

    /// <summary>Reads so many bytes, or as many as come.</summary>
    public static async Task<byte[]> ReadAsync(Socket socket, int length)
    {
        var read = new byte[length];
        var count = 0;
        for (int part; count < length && (part = await socket.ReceiveAsync(read.AsMemory(count), Stop)) > 0; count += part)
        {
        }
        return read[..count];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Wheel.Dispose();
        RequestEnded.Dispose();
        ConnectionEnded.Dispose();
    }

    async Task ServeAsync(WebSocketConnection connection)
    {
        await using var leaving = !_saysGoodbye ? default : _app.Lifetime.ApplicationStopping.UnsafeRegister(static connection => ((WebSocketConnection)connection!).Close(WebSocketCloseCode.GoingAway, "stopping"), connection);
        await connection.ReceiveAllAsync(new Echo(this, connection));
    }

    sealed class Echo(HandoverHost host, WebSocketConnection connection) : IWebSocketReceiver
    {
        public ValueTask OnMessageAsync(WebSocketMessage message)
        {
            var payload = message.Payload.Span;
            if (payload.SequenceEqual("fail"u8)) throw new InvalidOperationException("as the test asked");
            if (payload.SequenceEqual("sleep"u8)) return new(new TaskCompletionSource().Task);
            connection.TrySend(message.Kind == WebSocketMessageKind.Text ? WebSocketFrame.Text(payload) : WebSocketFrame.Binary(payload));
            return ValueTask.CompletedTask;
        }

        public void OnEnded()
        {
            host.Closures.Enqueue(connection.Closure);
            host.ConnectionEnded.Release();
        }
    }
}
