using MyTradeX.Contracts.Wire;
using MyTradeX.Protocols.SocketIO;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Settings;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Realtime;

internal static class RealtimePlatform
{
    /// <summary>The hub, its thread, and its doors. What can be followed, the features bring.</summary>
    public static void AddRealtime(this WebApplicationBuilder builder)
    {
        builder.AddSettings<RealtimeOptions>("Realtime");
        var services = builder.Services;
        services.AddSingleton<RealtimeTopics>();
        services.AddSingleton<RealtimeHub>();
        services.AddSingleton<PumpThreads>();
        services.AddSingleton<AccountOwners>();
        services.AddSingleton<Rooms>();
        services.AddSingleton<SignedInTokens>();
        services.AddSingleton<WebSocketDoor>();
        services.AddSingleton<SocketIODoor>();
        services.AddSingleton<AsyncApiDocument>();
        services.AddSocketIO();
        services.AddOptions<SocketIOOptions>().Configure<CorsSettings>((socketIO, cors) =>
        {
            // The topics keep what clients miss; a session is kept as long as they do.
            socketIO.Recovery = new() { ApplicationKeepsEvents = true, SkipMiddleware = false };
            socketIO.JsonSerializerOptions = WireJson.Options;
            socketIO.Cors.AllowCredentials = true;
            foreach (var origin in cors.AllowedOrigins)
                socketIO.Cors.Origins.Add(origin);
        });
        services.AddHostedService<VenueFollower>();
        services.AddHostedService<SessionWatch>();
    }

    /// <summary>Doors at addresses of their own.</summary>
    public static void MapSockets(this WebApplication app)
    {
        app.MapWebSocket();
        app.MapSocketIO("/socket.io", _ => { }).AllowAnonymous();
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<SocketIODoor>());
    }

    /// <summary>Doors under <c>/api</c>.</summary>
    public static void MapRealtime(this RouteGroupBuilder api)
    {
        var realtime = api.MapGroup("").WithTags("Realtime");
        realtime.MapStream();
        realtime.MapPoll();
    }
}
