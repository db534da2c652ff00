namespace MyTradeX.Server.Features.Mail;

/// <summary>A mail as it leaves.</summary>
/// <param name="MessageId">The same at every try of its job, so that whoever gets it twice can tell.</param>
internal sealed record ComposedMail(string MessageId, DateTimeOffset At, string To, string ToName, string Subject, string Text, string Html);

/// <summary>Takes mails out of the house: by SMTP, or into a mailbox for developers.</summary>
internal interface IMailTransport
{
    /// <summary>Hands a mail over; returning means that it was taken.</summary>
    /// <exception cref="Jobs.JobRejectedException">It never will be.</exception>
    Task SendAsync(ComposedMail mail, CancellationToken cancellation);
}
