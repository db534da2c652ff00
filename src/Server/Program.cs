using Microsoft.Extensions.Options;
using MyTradeX.Journal;
using MyTradeX.Server.Features.About;
using MyTradeX.Server.Features.Accounts;
using MyTradeX.Server.Features.Admin;
using MyTradeX.Server.Features.Auth;
using MyTradeX.Server.Features.Files;
using MyTradeX.Server.Features.Instruments;
using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Features.Mail;
using MyTradeX.Server.Features.MarketData;
using MyTradeX.Server.Features.Orders;
using MyTradeX.Server.Features.Portfolio;
using MyTradeX.Server.Features.Transfers;
using MyTradeX.Server.Features.Users;
using MyTradeX.Server.Features.Webhooks;
using MyTradeX.Server.Features.Webhooks.Stripe;
using MyTradeX.Server.Platform;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Observability;
using MyTradeX.Server.Platform.Runtime;
using MyTradeX.Server.Platform.Settings;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;
using MyTradeX.Store;
using MyTradeX.Venue;

namespace MyTradeX.Server;

/// <summary>The server, as a table of contents.</summary>
internal static class Program
{
    const int Started = 0, CannotStart = 1, BadUsage = 2;

    /// <summary>The whole server, ready to run.</summary>
    /// <param name="adjust">A last word on the services: tests bring a clock they can move.</param>
    public static WebApplication Build(string[] args, Action<IServiceCollection>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = CommandLine.Parse(args).HostArguments, ContentRootPath = AppContext.BaseDirectory });
        CommandLine.Parse(args).AddTo(builder.Configuration);

        builder.AddObservability();
        builder.AddHttp();
        builder.AddStore();
        builder.AddVenue();
        builder.AddIdentity();
        builder.AddApiDocuments();
        builder.AddRealtime();
        builder.AddJobs();
        builder.AddMail();

        builder.AddAuth();
        builder.AddUsers();
        builder.AddFiles();
        builder.AddAccounts();
        builder.AddTransfers();
        builder.AddInstruments();
        builder.AddOrders();
        builder.AddMarketData();
        builder.AddPortfolio();
        builder.AddWebhooks();
        builder.AddStripe();
        builder.AddAdmin();

        adjust?.Invoke(builder.Services);
        var app = builder.Build();

        app.CheckSettings();

        app.UseHttp();
        app.UseVenue();
        app.MapHealth();
        app.MapApiDocuments();
        app.MapSockets();
        app.MapAsyncApi();
        app.MapMailbox();

        var api = app.MapGroup("/api").RequireAuthorization();
        api.MapAuth();
        api.MapUsers();
        api.MapFiles();
        api.MapAccounts();
        api.MapTransfers();
        api.MapInstruments();
        api.MapOrders();
        api.MapMarketData();
        api.MapPortfolio();
        api.MapAdmin();
        api.MapJobs();
        api.MapNotifications();
        api.MapWebhooks();
        api.MapStripe();
        api.MapRealtime();
        api.MapAbout();
        return app;
    }

    static async Task<int> Main(string[] args)
    {
        Scheduling.LetThreadsFinishTheirTurn();
        var line = CommandLine.Parse(args);
        if (line.PrintsHelp)
            return Say(Console.Out, CommandLine.Help, Started);
        if (line.Unknown is not null)
            return Say(Console.Error, $"{line.Unknown} is not an option.\n\n{CommandLine.Help}", BadUsage);
        try
        {
            await using var app = Build(args);
            if (line.PrintsConfiguration)
                return Say(Console.Out, EffectiveConfiguration.Print(app.Services), Started);
            // Before the host starts, so that what keeps the venue closed is told in words and not as a failed start.
            await app.Services.GetRequiredService<VenueHost>().OpenAsync();
            app.SayWhereToLook();
            await app.RunAsync();
            return Started;
        }
        catch (OptionsValidationException invalid)
        {
            return Say(Console.Error, string.Join(Environment.NewLine, invalid.Failures), BadUsage);
        }
        catch (Exception stopped) when (stopped is IOException or InvalidDataException or StoreSchemaException or StoreUnavailableException
            or VenueDamagedException or JournalDamagedException or JournalInUseException)
        {
            // The message says what and where; what the host met, it has logged in full.
            return Say(Console.Error, stopped.Message, CannotStart);
        }
    }

    static int Say(TextWriter to, string text, int exitCode)
    {
        to.WriteLine(text);
        return exitCode;
    }
}
