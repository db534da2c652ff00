using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Server.Features.Mail;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Mail;

/// <summary>A server of Development, whose mails end in its mailbox.</summary>
public sealed partial class MailedServer : TestServer
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    public MailedServer() : this([]) { }

    internal MailedServer(params string[] settings) : base("Development", ["--Jobs:PollMs", "20", .. settings]) { }

    internal LocalMailbox Mailbox => Services.GetRequiredService<LocalMailbox>();

    /// <summary>The mail to an address with words in its subject, once it is there; the newest when there are several.</summary>
    internal async Task<ComposedMail> MailToAsync(string to, string subject, int count = 1)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Long);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var mails = MailsTo(to, subject);
            if (mails.Count >= count)
                return mails[0];
            await Task.Yield();
        }
    }

    internal IReadOnlyList<ComposedMail> MailsTo(string to, string subject) =>
        [.. Mailbox.List().Select(entry => entry.Mail).Where(mail => mail.To == to && mail.Subject.Contains(subject, StringComparison.Ordinal))];

    /// <summary>The token in a mail's link.</summary>
    internal static string TokenIn(ComposedMail mail) => Link().Match(mail.Text).Groups[1].Value;

    [GeneratedRegex(@"https?://\S+\.html#([\w-]{43})\s")]
    private static partial Regex Link();
}
