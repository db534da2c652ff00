using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MyTradeX.Protocols.WebSockets;
using Xunit;

namespace MyTradeX.WebSockets.Tests;

/// <summary>A server that says nothing of its own accord: tests send on the connections themselves. It hands WebSockets over.</summary>
sealed class PushHost : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly DeadlineWheel _wheel = new(TimeProvider.System);
    readonly Channel<WebSocketConnection> _opened = Channel.CreateUnbounded<WebSocketConnection>();

    PushHost(WebSocketConnectionOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseDirectSockets();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Map("/", async (HttpContext context) => await WebSocketAcceptor.ServeAsync(context, options, _wheel, ServeAsync));
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<PushHost> StartAsync(WebSocketConnectionOptions? options = null)
    {
        PushHost host = new(options ?? new() { MaxQueuedBytes = 1 << 28 });
        await host._app.StartAsync(Stop);
        return host;
    }

    /// <summary>A client that has gone through the handshake, and the server's end of its connection.</summary>
    public async Task<(PushedClient Client, WebSocketConnection Connection)> ConnectAsync(int receiveBuffer = 0)
    {
        var client = await PushedClient.ConnectAsync(new Uri(_app.Urls.First()).Port, receiveBuffer);
        return (client, await _opened.Reader.ReadAsync(Stop));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _wheel.Dispose();
    }

    async Task ServeAsync(WebSocketConnection connection)
    {
        await _opened.Writer.WriteAsync(connection);
        while (!(await connection.ReceiveAsync()).IsClosed)
        {
        }
    }
}
