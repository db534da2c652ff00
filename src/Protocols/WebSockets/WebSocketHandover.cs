using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MyTradeX.Protocols.WebSockets.Transport;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>
/// The WebSockets that have left the server they came by. Where the transport is our own, a request that becomes a WebSocket ends with its handshake, its connection ends for the server too and all of its
/// objects, some fifteen kilobytes, are collected; the WebSocket goes on with the socket alone, here. So what the server would do for it is done here: counting it, logging its program's failures, and
/// closing it when the server stops.
/// </summary>
sealed partial class WebSocketHandover(IOptions<KestrelServerOptions> kestrel, ILogger<WebSocketHandover> log) : IHostedService
{
    readonly Lock _gate = new();
    readonly HashSet<WebSocketConnection> _open = [];
    readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // Places taken, by those open and by those whose handshake is under way.
    int _taken;
    bool _isStopping;

    /// <summary>Whom to hand the request's connection to; null where it stays the server's: over TLS, behind whatever else changes the bytes, on HTTP/2, and on other transports.</summary>
    public static (WebSocketHandover Handover, SocketConnection Connection)? Of(HttpContext context) =>
        context.Features.Get<IConnectionSocketFeature>() is SocketConnection { IsBare: true } connection ? (context.RequestServices.GetRequiredService<WebSocketHandover>(), connection) : null;

    /// <summary>Takes a place among the server's upgraded connections, which Kestrel itself counts until their request ends, which is now at once.</summary>
    /// <returns>False when there is none left.</returns>
    public bool TryReserve()
    {
        lock (_gate)
        {
            if (_taken >= (kestrel.Value.Limits.MaxConcurrentUpgradedConnections ?? long.MaxValue)) return false;
            _taken++;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Release()
    {
        lock (_gate)
        {
            if (--_taken == 0 && _isStopping) _empty.TrySetResult();
        }
    }

    /// <summary>Serves a WebSocket, which has its place, on the socket that is left of its connection.</summary>
    /// <param name="accepted">What the handshake came to.</param>
    /// <param name="socket">The socket, which becomes the WebSocket's own.</param>
    /// <param name="received">What has come on it and has not been read.</param>
    public void Serve(AcceptedWebSocket accepted, Socket socket, byte[] received) =>
        // With nothing of the request's around it, neither below on the stack nor in the execution context, which would be kept.
        ThreadPool.UnsafeQueueUserWorkItem(static served => _ = served.Handover.ServeAsync(served.Accepted, new SocketStream(served.Socket, served.Received)), new Served(this, accepted, socket, received), preferLocal: true);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Closes whatever the application has not closed itself, and waits until all have ended; those that have not by the time that the host allows are cut.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _isStopping = true;
            if (_taken == 0) _empty.TrySetResult();
        }
        foreach (var webSocket in Open()) Dismiss(webSocket);
        try
        {
            await _empty.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            var late = Open();
            CutAtStop(late.Length);
            foreach (var webSocket in late) webSocket.Abort();
        }
    }

    WebSocketConnection[] Open()
    {
        lock (_gate) return [.. _open];
    }

    async Task ServeAsync(AcceptedWebSocket accepted, SocketStream stream)
    {
        try
        {
            await using (stream)
            {
                var webSocket = accepted.Open(stream);
                Add(webSocket);
                try
                {
                    await using (webSocket) await accepted.Serve(webSocket);
                }
                finally
                {
                    lock (_gate) _open.Remove(webSocket);
                }
            }
        }
        catch (Exception failure)
        {
            ServingFailed(failure);
        }
        finally
        {
            Release();
        }
    }

    void Add(WebSocketConnection webSocket)
    {
        bool isLate;
        lock (_gate)
        {
            _open.Add(webSocket);
            isLate = _isStopping;
        }
        if (isLate) Dismiss(webSocket);
    }

    static void Dismiss(WebSocketConnection webSocket) => webSocket.Close(WebSocketCloseCode.GoingAway, "The server is stopping.");

    [LoggerMessage(2, LogLevel.Warning, "{Count} WebSockets had not ended when the server had to, and were cut.")]
    partial void CutAtStop(int count);

    [LoggerMessage(1, LogLevel.Error, "The program that serves a WebSocket failed.")]
    partial void ServingFailed(Exception failure);

    readonly record struct Served(WebSocketHandover Handover, AcceptedWebSocket Accepted, Socket Socket, byte[] Received);
}
