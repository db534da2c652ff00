using MyTradeX.Server.Platform.Settings;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Trading;

internal static class VenuePlatform
{
    /// <summary>The exchange, its journal in the data folder, and what the trading features share.</summary>
    public static void AddVenue(this WebApplicationBuilder builder)
    {
        builder.AddSettings<VenueSettings>("Venue");
        var services = builder.Services;
        services.AddSingleton<VenueHost>();
        services.AddHostedService(provider => provider.GetRequiredService<VenueHost>());
        services.AddHostedService<DemoHost>();
        services.AddSingleton(provider => provider.GetRequiredService<VenueHost>().Venue);
        services.AddSingleton<Listings>();
        services.AddSingleton<DefaultAccounts>();
        services.AddSingleton<OrderHistory>();
        services.AddSingleton<TradeHistory>();
        services.AddSingleton<LedgerHistory>();
        services.AddSingleton<TransferHistory>();
        services.AddSingleton<CandleHistory>();
        services.AddHealthChecks().AddCheck<VenueHealth>("venue");
    }

    /// <summary>Lets any read ask to be no older than a write: <c>?minSequence=</c>.</summary>
    public static void UseVenue(this WebApplication app) => app.UseMiddleware<FreshReads>();
}
