using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MyTradeX.Protocols.SocketIO;
using Xunit;

namespace MyTradeX.SocketIO.Tests;

/// <summary>A server of the test's own on a free port. What it logs as warning or error is kept: bad input must log none.</summary>
sealed class Host : IAsyncDisposable, ILoggerProvider
{
    readonly WebApplication _app;

    Host(WebApplication app, ConcurrentQueue<string> complaints) => (_app, Complaints) = (app, complaints);

    public ConcurrentQueue<string> Complaints { get; }

    public SocketIOServer IO => _app.Services.GetRequiredService<SocketIOServer>();

    public string Url => _app.Urls.First();

    public static async Task<Host> StartAsync(Action<SocketIOServer> configure, Action<SocketIOOptions>? options = null, Action<WebApplicationBuilder>? services = null, Action<IEndpointConventionBuilder>? endpoint = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseDirectSockets();
        ConcurrentQueue<string> complaints = new();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(new Host(null!, complaints));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSocketIO(options);
        services?.Invoke(builder);
        var app = builder.Build();
        var mapped = app.MapSocketIO("/socket.io", configure);
        endpoint?.Invoke(mapped);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new(app, complaints);
    }

    public async Task<RawClient> ConnectAsync(string query = "")
    {
        ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri($"{Url.Replace("http", "ws", StringComparison.Ordinal)}/socket.io/?EIO=4&transport=websocket{query}"), TestContext.Current.CancellationToken);
        return new(socket);
    }

    /// <summary>A client that is in a namespace; its first packets have been read.</summary>
    public async Task<RawClient> JoinAsync(string ns = "/", string auth = "")
    {
        var client = await ConnectAsync();
        Assert.StartsWith("0{", await client.ReceiveAsync());
        await client.SendAsync($"40{(ns == "/" ? "" : ns + ",")}{auth}");
        client.Greeting = await client.ReceiveAsync() ?? "closed";
        Assert.StartsWith("40", client.Greeting);
        return client;
    }

    public HttpClient Http() => new() { BaseAddress = new(Url) };

    public ILogger CreateLogger(string categoryName) => new Complaining(Complaints);

    public void Dispose()
    {
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    sealed class Complaining(ConcurrentQueue<string> complaints) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => complaints.Enqueue($"{formatter(state, exception)} {exception}");
    }
}

/// <summary>Speaks Engine.IO over a WebSocket by hand: packets are strings as on the wire, binary ones come as <c>b:</c> and hexadecimal digits.</summary>
sealed class RawClient(ClientWebSocket socket) : IDisposable
{
    readonly byte[] _buffer = new byte[256 * 1024];

    public string Greeting { get; set; } = "";

    public string Id => System.Text.Json.JsonDocument.Parse(Greeting[Greeting.IndexOf('{')..]).RootElement.GetProperty("sid").GetString()!;

    public string PrivateId => System.Text.Json.JsonDocument.Parse(Greeting[Greeting.IndexOf('{')..]).RootElement.GetProperty("pid").GetString()!;

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public string? CloseReason => socket.CloseStatusDescription;

    public Task SendAsync(string packet) => socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);

    public Task SendAsync(byte[] binary) => socket.SendAsync(binary, WebSocketMessageType.Binary, true, TestContext.Current.CancellationToken);

    /// <summary>The next packet; null when the connection is closed. Pings are answered on the way.</summary>
    public async Task<string?> ReceiveAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult result;
            try
            {
                do
                {
                    result = await socket.ReceiveAsync(_buffer.AsMemory(length), timeout.Token);
                    length += result.Count;
                }
                while (!result.EndOfMessage);
            }
            catch (WebSocketException)
            {
                return null;
            }
            if (result.MessageType == WebSocketMessageType.Close) return null;
            if (result.MessageType == WebSocketMessageType.Binary) return "b:" + Convert.ToHexString(_buffer.AsSpan(0, length));
            var packet = System.Text.Encoding.UTF8.GetString(_buffer, 0, length);
            if (packet != "2") return packet;
            await SendAsync("3");
        }
    }

    /// <summary>Cuts the connection without a word.</summary>
    public void Cut() => socket.Abort();

    public void Dispose() => socket.Dispose();
}
