using System.Net.Mail;
using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Features.Mail;

/// <summary>Writes a mail and hands it over. A server that died in between sends it again, with the same <c>Message-ID</c>.</summary>
internal sealed class MailHandler(MailTemplates templates, MailTokens tokens, MailOptions options, IMailTransport transport, TimeProvider clock) : IJobHandler<MailJob>
{
    readonly string _host = new MailAddress(options.From).Host;

    public Task RunAsync(MailJob mail, JobRun run, CancellationToken cancellation)
    {
        var values = new Dictionary<string, string>(mail.Values) { ["name"] = mail.Name, ["email"] = mail.To, ["url"] = options.PublicUrl.ToString().TrimEnd('/') };
        if (mail.TokenSeed is { } seed)
        {
            values["token"] = tokens.TokenOf(seed);
            values["link"] = $"{values["url"]}/{PageOf(mail.Template)}#{values["token"]}";
        }
        var (subject, text, html) = templates.Fill(mail.Template, values);
        // The time of the job tells apart two databases that count from one.
        var messageId = $"<{Ids.Job(run.Id)}.{Micros.From(run.CreatedAt):x}@{_host}>";
        return transport.SendAsync(new(messageId, clock.GetUtcNow(), mail.To, mail.Name, subject, text, html), cancellation);
    }

    // After the '#', a token stays in the browser: no server's log has it.
    static string PageOf(MailTemplate template) => template == MailTemplate.PasswordReset ? "reset-password.html" : "verify-email.html";
}
