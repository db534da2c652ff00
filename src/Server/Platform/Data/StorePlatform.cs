using MyTradeX.Server.Platform.Settings;
using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Data;

internal static class StorePlatform
{
    /// <summary>The SQL side: <c>ConnectionStrings:Store</c>, else one SQLite file in the data folder. Migrated before the server listens.</summary>
    public static void AddStore(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(provider => provider.GetRequiredService<IConfiguration>().GetConnectionString("Store") is { Length: > 0 } configured
            ? StoreOptions.Parse(configured)
            : StoreOptions.Sqlite(Path.Combine(provider.GetRequiredService<ServerOptions>().DataDir, "store.db")));
        services.AddSingleton(provider => Database.Create(provider.GetRequiredService<StoreOptions>()));
        services.AddSingleton<UserStore>();
        services.AddSingleton<RefreshTokenStore>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<JobStore>();
        services.AddSingleton<MailTokenStore>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<StripeStore>();
        services.AddHostedService<StoreKeeping>();
        services.AddHealthChecks().AddCheck<StoreHealth>("store");
    }
}
