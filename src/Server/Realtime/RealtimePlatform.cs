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
        services.AddSingleton<AccountOwners>();
        services.AddSingleton<Rooms>();
        services.AddSingleton<WebSocketDoor>();
        services.AddHostedService<VenueFollower>();
        services.AddHostedService<SessionWatch>();
    }

    /// <summary>Doors under <c>/api</c>.</summary>
    public static void MapRealtime(this RouteGroupBuilder api)
    {
        var realtime = api.MapGroup("").WithTags("Realtime");
        realtime.MapStream();
        realtime.MapPoll();
    }
}
