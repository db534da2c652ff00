using System.Globalization;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Mail;

/// <summary>Makes mails into jobs, for a feature to enqueue along with what causes them. Where this venue sends no mail there is nothing to enqueue.</summary>
internal sealed class Mails(MailOptions options, MailTokens tokens, IHostEnvironment environment, TimeProvider clock)
{
    static readonly TimeSpan ResetGoodFor = TimeSpan.FromHours(1), VerificationGoodFor = TimeSpan.FromHours(48);

    /// <summary>Whether mails are sent at all.</summary>
    public bool AreSent => options.Host is not null || options.IsLocalIn(environment);

    public NewJob? Welcome(string to, string name) => Job(new(MailTemplate.Welcome, to, name, new Dictionary<string, string>()));

    /// <param name="runAt">Not before; null: as soon as may be.</param>
    public NewJob? Notification(string to, string name, string title, string message, DateTimeOffset? runAt = null) =>
        Job(new(MailTemplate.Notification, to, name, new Dictionary<string, string> { ["title"] = title, ["message"] = message }), runAt);

    public EmailProof? PasswordReset(string to, string name) => Proof(
        MailTemplate.PasswordReset, MailTokenPurposes.PasswordReset, ResetGoodFor, to, name, "minutes", ResetGoodFor.TotalMinutes);

    public EmailProof? EmailVerification(string to, string name) => Proof(
        MailTemplate.EmailVerification, MailTokenPurposes.EmailVerification, VerificationGoodFor, to, name, "hours", VerificationGoodFor.TotalHours);

    EmailProof? Proof(MailTemplate template, string purpose, TimeSpan goodFor, string to, string name, string unit, double count)
    {
        var seed = MailTokens.NewSeed();
        var values = new Dictionary<string, string> { [unit] = count.ToString(CultureInfo.InvariantCulture) };
        return Job(new(template, to, name, values, seed)) is { } mail
            ? new(new(MailTokens.HashOf(tokens.TokenOf(seed)), purpose, Micros.From(clock.GetUtcNow() + goodFor)), mail)
            : null;
    }

    NewJob? Job(MailJob mail, DateTimeOffset? runAt = null) => AreSent ? MailJob.Kind.Job(mail, runAt) : null;
}
