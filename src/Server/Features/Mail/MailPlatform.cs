using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Features.Mail;

internal static partial class MailPlatform
{
    const string Html = "text/html; charset=utf-8";

    /// <summary>Mails, as jobs that go out by SMTP or, in Development, into a mailbox.</summary>
    public static void AddMail(this WebApplicationBuilder builder)
    {
        builder.AddSettings<MailOptions>("Mail");
        var services = builder.Services;
        services.AddSingleton<MailTokens>();
        services.AddSingleton<MailTemplates>();
        services.AddSingleton<Mails>();
        services.AddSingleton<LocalMailbox>();
        // Where nothing is sent there may still be jobs of a time when it was: they fail by SMTP's own words and can be tried again.
        services.AddSingleton<IMailTransport>(provider => provider.GetRequiredService<MailOptions>().IsLocalIn(builder.Environment)
            ? provider.GetRequiredService<LocalMailbox>()
            : new SmtpTransport(provider.GetRequiredService<MailOptions>()));
        services.AddJob<MailJob, MailHandler>(MailJob.Kind);
        services.AddHostedService<MailCheck>();
    }

    /// <summary>The mailbox of Development.</summary>
    public static void MapMailbox(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<MailOptions>().IsLocalIn(app.Environment))
            return;
        app.MapGet("/dev/mailbox", (LocalMailbox mailbox) => TypedResults.Content(MailboxPages.List(mailbox.List()), Html)).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/dev/mailbox/{number:long}", (long number, LocalMailbox mailbox) =>
            mailbox.Find(number) is { } mail ? Results.Content(MailboxPages.One(mail), Html) : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Reads every template before the server listens, and says so where no mail is sent.</summary>
    sealed partial class MailCheck(MailTemplates templates, Mails mails, MailOptions options, IHostEnvironment environment, ILogger<MailCheck> log) : IHostedService
    {
        readonly bool _isLocal = options.IsLocalIn(environment);

        public Task StartAsync(CancellationToken cancellationToken)
        {
            // Having been made, they have been checked.
            _ = templates;
            if (!mails.AreSent)
                NoMail();
            else if (_isLocal)
                Local();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        [LoggerMessage(Level = LogLevel.Warning, Message = "Mail:Host is not set: no mail is sent, so nobody can reset a password or verify an email")]
        partial void NoMail();

        [LoggerMessage(Level = LogLevel.Information, Message = "mails go no further than /dev/mailbox; set Mail:Host to send them")]
        partial void Local();
    }
}
