using MyTradeX.Server.Features.Jobs;

namespace MyTradeX.Server.Features.Mail;

/// <summary>The mails that the server sends.</summary>
internal enum MailTemplate
{
    Welcome,
    PasswordReset,
    EmailVerification,
    Notification,
}

/// <summary>A mail to be sent. Whoever reads it stored learns to whom and what about, but no token: that is made when the mail is.</summary>
/// <param name="To">The address.</param>
/// <param name="Name">Whose it is.</param>
/// <param name="Values">What else the template asks for.</param>
/// <param name="TokenSeed">From which <see cref="MailTokens"/> makes the token in the mail; null for mails without.</param>
internal sealed record MailJob(MailTemplate Template, string To, string Name, IReadOnlyDictionary<string, string> Values, string? TokenSeed = null)
{
    public static readonly JobKind<MailJob> Kind = new("mail");
}
