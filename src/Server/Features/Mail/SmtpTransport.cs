using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using MyTradeX.Server.Features.Jobs;

namespace MyTradeX.Server.Features.Mail;

/// <summary>Hands mails to an SMTP server, one connection a mail.</summary>
internal sealed class SmtpTransport(MailOptions options) : IMailTransport
{
    public async Task SendAsync(ComposedMail mail, CancellationToken cancellation)
    {
        using var message = Write(mail);
        using var client = new SmtpClient(options.Host, options.Port) { EnableSsl = options.StartTls };
        if (options.User is not null)
            client.Credentials = new NetworkCredential(options.User, options.Password);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(options.TimeoutSeconds));
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (SmtpFailedRecipientException refused) when (IsFinal(refused.StatusCode))
        {
            throw new JobRejectedException($"the recipient was refused: {refused.Message}", refused);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"{options.Host}:{options.Port} did not take the mail within {options.TimeoutSeconds} seconds");
        }
    }

    MailMessage Write(ComposedMail mail)
    {
        try
        {
            var message = new MailMessage(new MailAddress(options.From), new MailAddress(mail.To, mail.ToName, Encoding.UTF8))
            {
                Subject = mail.Subject,
                SubjectEncoding = Encoding.UTF8,
                Body = mail.Text,
                BodyEncoding = Encoding.UTF8,
                BodyTransferEncoding = TransferEncoding.QuotedPrintable,
            };
            var html = AlternateView.CreateAlternateViewFromString(mail.Html, Encoding.UTF8, MediaTypeNames.Text.Html);
            html.TransferEncoding = TransferEncoding.QuotedPrintable;
            message.AlternateViews.Add(html);
            message.Headers["Message-ID"] = mail.MessageId;
            // RFC 3834: no out-of-office answers, please.
            message.Headers["Auto-Submitted"] = "auto-generated";
            return message;
        }
        catch (FormatException unwritable)
        {
            throw new JobRejectedException("the recipient's address cannot be written to", unwritable);
        }
    }

    // The mailbox is not there or does not take mail; what is wrong with our own setting up – no such user, no TLS – somebody may put right.
    static bool IsFinal(SmtpStatusCode status) =>
        status is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath or SmtpStatusCode.MailboxNameNotAllowed or SmtpStatusCode.TransactionFailed;
}
