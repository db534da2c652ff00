using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MyTradeX.WebSockets.Tests.Transport;

/// <summary>
/// Kestrel on our transport, or on its own: what a test asks of ours it asks of the other too, unless they are meant to differ. Listeners: HTTP/1.1, TLS, HTTP/2, in this order.
/// </summary>
sealed class TransportHost : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    readonly WebApplication _app;

    TransportHost(bool isOurs, Action<KestrelServerLimits>? limits)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (isOurs) builder.WebHost.UseDirectSockets();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            limits?.Invoke(kestrel.Limits);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(TestCertificate.Value));
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        _app = builder.Build();
        _app.MapGet("/hello", () => "hello");
        _app.MapPost("/echo", async (HttpContext context) =>
        {
            context.Response.ContentLength = context.Request.ContentLength;
            await context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        _app.MapPost("/check", async (HttpContext context) =>
        {
            var (at, isRight, buffer) = (0L, true, new byte[10_000]);
            for (int length; (length = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
            {
                for (var i = 0; i < length; i++, at++) isRight &= buffer[i] == (byte)(at % 251);
            }
            return $"{at} {(isRight ? "right" : "wrong")}";
        });
        _app.MapGet("/bytes/{count:long}", SendBytesAsync);
        _app.MapGet("/gather/{count:int}", (HttpContext context, int count) =>
        {
            // As one flush of many blocks.
            context.Response.ContentLength = count;
            for (var at = 0; at < count;)
            {
                var room = context.Response.BodyWriter.GetSpan();
                var length = Math.Min(room.Length, count - at);
                for (var i = 0; i < length; i++, at++) room[i] = (byte)(at % 251);
                context.Response.BodyWriter.Advance(length);
            }
        });
        _app.MapGet("/held", HoldAsync);
        _app.MapGet("/connection", async (HttpContext context) =>
        {
            var connection = context.Connection;
            var text = $"{connection.LocalIpAddress}:{connection.LocalPort} {connection.RemoteIpAddress}:{connection.RemotePort} {connection.Id}";
            context.Response.ContentLength = text.Length;
            await context.Response.WriteAsync(text);
        });
        _app.MapGet("/abort", (HttpContext context) =>
        {
            context.Abort();
            return "never seen";
        });
    }

    /// <summary>Requests that are held until the test lets go of them.</summary>
    public Channel<HeldRequest> Held { get; } = Channel.CreateUnbounded<HeldRequest>();

    /// <summary>Bytes that an answer of <c>/bytes</c> had come to when its writer first had to wait.</summary>
    public TaskCompletionSource<long> WriterWaits { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The writer of an answer of <c>/bytes</c> is done, or could not go on.</summary>
    public TaskCompletionSource WriterEnds { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<TransportHost> StartAsync(bool isOurs, Action<KestrelServerLimits>? limits = null)
    {
        TransportHost host = new(isOurs, limits);
        await host._app.StartAsync(Stop);
        return host;
    }

    public Uri Address(int listener = 0) => new(_app.Urls.ElementAt(listener));

    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    /// <summary>A client on a bare socket, after it has sent this.</summary>
    public async Task<Socket> SendAsync(string text, int receiveBuffer = 0)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0) socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(IPAddress.Loopback, Address().Port, Stop);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), Stop);
        return socket;
    }

    public static string Get(string path, string headers = "") => $"GET {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n";

    /// <summary>Everything until the server's end.</summary>
    /// <exception cref="SocketException">The server has reset the connection.</exception>
    public static async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        using MemoryStream read = new();
        var buffer = new byte[64 * 1024];
        for (int length; (length = await socket.ReceiveAsync(buffer, Stop).AsTask().WaitAsync(Patience, Stop)) > 0;) read.Write(buffer, 0, length);
        return read.ToArray();
    }

    /// <summary>A head and a body of so many bytes.</summary>
    public static async Task<(string Head, byte[] Body)> ReadAnswerAsync(Socket socket, int length)
    {
        var head = await HandoverHost.ReadHeadAsync(socket).WaitAsync(Patience, Stop);
        return (head, await HandoverHost.ReadAsync(socket, length).WaitAsync(Patience, Stop));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    async Task SendBytesAsync(HttpContext context, long count)
    {
        context.Response.ContentLength = count;
        var piece = new byte[64 * 1024];
        try
        {
            for (var at = 0L; at < count;)
            {
                var length = (int)Math.Min(piece.Length, count - at);
                for (var i = 0; i < length; i++) piece[i] = (byte)((at + i) % 251);
                var write = context.Response.Body.WriteAsync(piece.AsMemory(0, length), context.RequestAborted);
                if (!write.IsCompleted) WriterWaits.TrySetResult(at);
                await write;
                at += length;
            }
        }
        finally
        {
            WriterEnds.TrySetResult();
        }
    }

    async Task HoldAsync(HttpContext context)
    {
        using HeldRequest request = new(context.RequestAborted);
        Held.Writer.TryWrite(request);
        await request.LetGo.Task;
        await context.Response.WriteAsync("held");
    }
}

/// <summary>A request that is being worked off.</summary>
sealed class HeldRequest : IDisposable
{
    readonly CancellationTokenRegistration _registration;

    public HeldRequest(CancellationToken aborted) => _registration = aborted.Register(() => Aborted.TrySetResult());

    public TaskCompletionSource Aborted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource LetGo { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _registration.Dispose();
}
