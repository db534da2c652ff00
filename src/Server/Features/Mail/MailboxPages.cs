using System.Globalization;
using System.Net;
using System.Text;

namespace MyTradeX.Server.Features.Mail;

/// <summary>
/// The pages at <c>/dev/mailbox</c>: what would have been sent. A mail's HTML is shown in a frame without scripts and without this server's
/// identity, as a mail program would.
/// </summary>
internal static class MailboxPages
{
    public static string List(IReadOnlyList<(long Number, ComposedMail Mail)> mails)
    {
        var body = new StringBuilder();
        if (mails.Count == 0)
            body.Append("<p>Nothing has been sent yet. Register somebody, or ask for a new password.</p>");
        else
        {
            body.Append("<table><thead><tr><th>Sent (UTC)<th>To<th>Subject</thead><tbody>");
            foreach (var (number, mail) in mails)
                body.Append(CultureInfo.InvariantCulture, $"<tr><td>{Time(mail)}<td>{Encode(mail.To)}<td><a href=\"/dev/mailbox/{number}\">{Encode(mail.Subject)}</a>");
            body.Append("</tbody></table>");
        }
        return Page("Mailbox", $"<p>In Development without <code>Mail:Host</code> mails end here. The last {LocalMailbox.Kept} are kept, in memory.</p>{body}");
    }

    public static string One(ComposedMail mail) => Page(
        mail.Subject,
        $"""
        <p><a href="/dev/mailbox">All mails</a></p>
        <dl>
        <dt>To<dd>{Encode(mail.ToName)} &lt;{Encode(mail.To)}&gt;
        <dt>Sent<dd>{Time(mail)} UTC
        <dt>Message-ID<dd><code>{Encode(mail.MessageId)}</code>
        </dl>
        <h2>HTML</h2>
        <iframe title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="{Encode("<base target=\"_blank\">" + mail.Html)}"></iframe>
        <h2>Text</h2>
        <pre tabindex="0">{Encode(mail.Text)}</pre>
        """);

    static string Time(ComposedMail mail) => mail.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    static string Encode(string text) => WebUtility.HtmlEncode(text);

    static string Page(string title, string body) =>
        $$"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{{Encode(title)}} · MyTradeX</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/site.css">
        <style>main { padding: 1rem; max-width: 60rem; margin: auto } table { width: 100%; border-collapse: collapse } th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #8884 }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dd { margin: 0 } iframe { width: 100%; height: 30rem; border: 1px solid #8884; background: #fff } pre { white-space: pre-wrap }</style>
        </head>
        <body>
        <header class="bar"><h1><img src="/favicon.svg" alt="" width="20" height="20"> MyTradeX</h1><nav aria-label="Site"><a href="/">Market</a><a href="/dev/mailbox">Mailbox</a><a href="/docs">API</a></nav></header>
        <main><h1>{{Encode(title)}}</h1>
        {{body}}
        </main>
        </body>
        </html>
        """;
}
