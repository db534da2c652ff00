using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using MyTradeX.Protocols.WebSockets;
using Xunit;

namespace MyTradeX.WebSockets.Tests;

/// <summary>The framework's client, and raw sockets, against the library on Kestrel: it sends back what it gets.</summary>
public sealed class OverARealServer : IAsyncLifetime
{
    readonly WebApplication _app;
    readonly DeadlineWheel _wheel = new(TimeProvider.System);
    readonly TaskCompletionSource<WebSocketClosure> _closure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OverARealServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        WebSocketConnectionOptions options = new() { Subprotocols = ["v2", "v1"], MaxMessageBytes = 100_000 };
        _app.Map("/", async (HttpContext context) => await WebSocketAcceptor.ServeAsync(context, options, _wheel, async connection =>
        {
            while (true)
            {
                var message = await connection.ReceiveAsync();
                if (message.IsClosed) break;
                var payload = message.Payload.Span;
                if (payload.SequenceEqual("close me"u8)) connection.Close((WebSocketCloseCode)4001, "as you wish");
                else connection.TrySend(message.Kind == WebSocketMessageKind.Text ? WebSocketFrame.Text(payload) : WebSocketFrame.Binary(payload));
            }
            _closure.TrySetResult(connection.Closure);
        }));
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _wheel.Dispose();
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    Uri Address(int listener) => new(_app.Urls.ElementAt(listener).Replace("http", "ws", StringComparison.Ordinal));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task the_frameworks_client_gets_its_messages_back(int listener)
    {
        using ClientWebSocket client = new();
        client.Options.AddSubProtocol("v1");
        client.Options.HttpVersion = listener == 0 ? HttpVersion.Version11 : HttpVersion.Version20;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using HttpMessageInvoker invoker = new(new SocketsHttpHandler());
        await client.ConnectAsync(Address(listener), invoker, Stop);
        Assert.Equal("v1", client.SubProtocol);

        foreach (var length in new[] { 0, 1, 125, 126, 4096, 65_535, 65_536, 100_000 })
        {
            var text = new string('ü', length / 2) + (length % 2 == 1 ? "x" : "");
            await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Stop);
            Assert.Equal(text, await ReceiveTextAsync(client));
        }
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Stop);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
        Assert.Equal(new WebSocketClosure(WebSocketCloseCause.Peer, WebSocketCloseCode.Normal, "done"), await _closure.Task);
    }

    [Fact]
    public async Task a_message_beyond_the_limit_is_closed_with_1009()
    {
        using ClientWebSocket client = new();
        await client.ConnectAsync(Address(0), Stop);
        await client.SendAsync(new byte[100_001], WebSocketMessageType.Binary, true, Stop);

        await client.ReceiveAsync(new byte[10], Stop);

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
        Assert.Equal("message longer than 100000 bytes", client.CloseStatusDescription);
    }

    [Fact]
    public async Task the_servers_close_reaches_the_client_with_its_reason()
    {
        using ClientWebSocket client = new();
        await client.ConnectAsync(Address(0), Stop);
        await client.SendAsync("close me"u8.ToArray(), WebSocketMessageType.Text, true, Stop);

        await client.ReceiveAsync(new byte[10], Stop);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);

        Assert.Equal(4001, (int)client.CloseStatus!);
        Assert.Equal("as you wish", client.CloseStatusDescription);
        Assert.Equal(WebSocketCloseCause.Local, (await _closure.Task).Cause);
    }

    [Fact]
    public async Task an_unmasked_frame_is_closed_with_1002()
    {
        using var socket = await RawAsync("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
        var head = await ReadUntilAsync(socket, "\r\n\r\n"u8.ToArray());
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", head);

        await socket.SendAsync(new byte[] { 0x81, 2, (byte)'h', (byte)'i' }, Stop);
        var frame = new byte[100];
        var length = await socket.ReceiveAsync(frame, Stop);

        Assert.Equal([0x88, (byte)(length - 2), 1002 >> 8, 1002 & 0xFF, .. "frame is not masked"u8], frame[..length]);
    }

    [Fact]
    public async Task a_lost_client_ends_the_connection()
    {
        using (var socket = await RawAsync("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"))
        {
            await ReadUntilAsync(socket, "\r\n\r\n"u8.ToArray());
            socket.LingerState = new(true, 0);
        }

        Assert.Equal(WebSocketCloseCause.ConnectionLost, (await _closure.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop)).Cause);
    }

    [Theory]
    [InlineData("", 426)]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n", 426)]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", 426)]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n", 400)]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13\r\n", 400)]
    [InlineData("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: a,,b\r\n", 400)]
    [InlineData("Upgrade: h2c\r\nConnection: Upgrade\r\n", 426)]
    public async Task a_wrong_handshake_is_refused(string headers, int status)
    {
        using var socket = await RawAsync($"GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n");

        var head = await ReadUntilAsync(socket, "\r\n\r\n"u8.ToArray());

        Assert.StartsWith($"HTTP/1.1 {status} ", head);
        if (headers.Contains("Version: 8", StringComparison.Ordinal)) Assert.Contains("Sec-WebSocket-Version: 13", head);
    }

    async Task<Socket> RawAsync(string request)
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Address(0).Port, Stop);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request), Stop);
        return socket;
    }

    static async Task<string> ReadUntilAsync(Socket socket, byte[] end)
    {
        List<byte> read = [];
        var one = new byte[1];
        while (!read.TakeLast(end.Length).SequenceEqual(end) && await socket.ReceiveAsync(one, Stop) > 0) read.Add(one[0]);
        return Encoding.ASCII.GetString([.. read]);
    }

    static async Task<string> ReceiveTextAsync(ClientWebSocket client)
    {
        List<byte> bytes = [];
        var buffer = new byte[8192];
        while (true)
        {
            var result = await client.ReceiveAsync(buffer, Stop);
            bytes.AddRange(buffer.AsSpan(0, result.Count));
            if (result.EndOfMessage) return Encoding.UTF8.GetString([.. bytes]);
        }
    }
}
