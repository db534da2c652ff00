using Microsoft.AspNetCore.Authentication;
using MyTradeX.Contracts;
using MyTradeX.Protocols.WebSockets;
using MyTradeX.Server.Features.Orders;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Realtime;

/// <summary><c>/ws</c>: a plain WebSocket with JSON messages: topics, rooms, presence and direct messages.</summary>
internal sealed class WebSocketDoor(
    RealtimeHub hub, PumpThreads pumps, Rooms rooms, OrderService orders, SignedInTokens tokens, CorsSettings cors, TimeProvider clock, IHostApplicationLifetime lifetime, ILogger<WebSocketClient> log) : IDisposable
{
    /// <summary>As the metrics know it.</summary>
    public const string Name = "websocket";

    // What clients send are commands of some hundred bytes; a room's message may be longer.
    static readonly WebSocketConnectionOptions Options = new() { MaxMessageBytes = 16 * 1024, MaxQueuedBytes = 1024 * 1024, PingInterval = TimeSpan.FromSeconds(30), PingTimeout = TimeSpan.FromSeconds(30) };

    readonly DeadlineWheel _wheel = new(TimeProvider.System);
    // One for all connections, where one for each would weigh as much as the session.
    readonly CancellationTokenRegistration _stopping = lifetime.ApplicationStopping.UnsafeRegister(static rooms => SendAway((Rooms)rooms!), rooms);

    public RealtimeHub Hub => hub;

    public PumpThreads Pumps => pumps;

    public Rooms Rooms => rooms;

    public OrderService Orders => orders;

    public SignedInTokens Tokens => tokens;

    public TimeProvider Clock => clock;

    public ILogger<WebSocketClient> Log => log;

    /// <summary>True once the server is going down; whoever was in the rooms before has been told.</summary>
    public bool IsStopping => lifetime.ApplicationStopping.IsCancellationRequested;

    public void Dispose()
    {
        _stopping.Dispose();
        _wheel.Dispose();
    }

    /// <summary>Opens a connection, which may outlive the request, and has it served until it ends.</summary>
    public async Task AcceptAsync(HttpContext context)
    {
        var (signedIn, fault) = await AuthenticateAsync(context);
        await WebSocketAcceptor.ServeAsync(context, Options, _wheel, connection => ServeAsync(connection, signedIn, fault));
    }

    Task ServeAsync(WebSocketConnection connection, SignedIn? signedIn, string fault)
    {
        // The contract's way: the connection is opened and closed with the reason, which browsers show and a refused handshake's they do not.
        if (signedIn is null)
        {
            RealtimeMetrics.Closed(Name, ErrorCode.Unauthorized.Name);
            connection.Close(WebSocketCloseCode.PolicyViolation, fault);
            return Task.CompletedTask;
        }
        WebSocketClient client;
        try
        {
            client = new(this, connection, signedIn);
        }
        catch (ApiException refused)
        {
            RealtimeMetrics.Closed(Name, refused.Refusal.Code.Name);
            connection.Close(WebSocketCloseCode.TryAgainLater, refused.Refusal.Message);
            return Task.CompletedTask;
        }
        return client.RunAsync();
    }

    static void SendAway(Rooms rooms)
    {
        foreach (var client in rooms.Everybody())
            client.GoAway();
    }

    async Task<(SignedIn? SignedIn, string Fault)> AuthenticateAsync(HttpContext context)
    {
        var result = await context.AuthenticateAsync();
        if (result.None)
            return (null, "Authentication required");
        if (!result.Succeeded)
            return (null, "Invalid token");
        // A page of any site can open a WebSocket here, and the browser sends our cookies with it; a token in the query it would have to know.
        if (!context.Request.Query.ContainsKey(TokenInQuery.Name) && context.Request.Headers.Authorization.Count == 0 && !cors.Trusts(context.Request.Headers.Origin.ToString(), context.Request.IsHttps, context.Request.Host.ToString()))
            return (null, "Pages of this origin may not use the cookie session");
        return (SignedIn.Of(result.Principal), "");
    }
}

internal static class WebSocketDoorExtensions
{
    /// <summary>Maps <c>/ws</c>.</summary>
    public static void MapWebSocket(this WebApplication app) => app
        .Map("/ws", (HttpContext context, WebSocketDoor door) => door.AcceptAsync(context))
        .WithMetadata(new TokenInQuery())
        .AllowAnonymous()
        .ExcludeFromDescription();
}
