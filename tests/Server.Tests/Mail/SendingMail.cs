using System.Net;
using System.Net.Http.Json;
using System.Net.Mail;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using MyTradeX.Server.Features.Mail;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Mail;

public sealed class SendingMail(MailedServer server) : IClassFixture<MailedServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task what_a_user_is_called_is_text_everywhere()
    {
        using var client = server.Client();
        var email = $"x{Guid.NewGuid():n}@example.com";
        var name = "<script>alert(1)</script> & \"Co\"";
        await (await client.PostAsJsonAsync("/api/v1/auth/register", new { email, password = "password123", name }, Cancellation)).DataAsync();

        var mail = await server.MailToAsync(email, "Welcome");
        Assert.Equal($"Welcome to MyTradeX, {name}", mail.Subject);
        Assert.Contains($"Hello {name},", mail.Text);
        Assert.DoesNotContain("<script", mail.Html);
        Assert.Contains("Hello &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Co&quot;,", mail.Html);

        var number = server.Mailbox.List().Single(entry => entry.Mail == mail).Number;
        foreach (var path in new[] { "/dev/mailbox", $"/dev/mailbox/{number}" })
        {
            var page = await client.GetStringAsync(path, Cancellation);
            Assert.DoesNotContain("<script", page);
            Assert.Contains("&lt;script", page);
        }
    }

    [Fact]
    public async Task a_mail_is_shown_in_a_frame_that_runs_nothing()
    {
        var (client, _, email) = await server.NewUserAsync();
        var mail = await server.MailToAsync(email, "Confirm");
        var number = server.Mailbox.List().Single(entry => entry.Mail == mail).Number;

        var page = await client.GetStringAsync($"/dev/mailbox/{number}", Cancellation);

        Assert.Contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\"", page);
        Assert.Contains(mail.MessageId.Trim('<', '>'), page);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/dev/mailbox/999999", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task an_administrator_writes_to_a_user_now_or_later()
    {
        using var admin = await server.AdminAsync();
        var (client, session, email) = await server.NewUserAsync();
        var userId = (string?)session["user"]!["id"];
        var answer = await admin.PostAsJsonAsync("/api/v1/admin/notifications", new { userId, title = "Maintenance", message = "From 6.\r\nTo 7.", runAt = server.Clock.GetUtcNow().AddHours(1) }, Cancellation);
        var job = await answer.DataAsync();

        Assert.Equal((HttpStatusCode.Created, $"/api/v1/admin/jobs/{job["id"]}", "QUEUED"), (answer.StatusCode, answer.Header("Location"), (string?)job["status"]));
        await server.MailToAsync(email, "Welcome");
        Assert.Empty(server.MailsTo(email, "Maintenance"));
        server.Clock.Advance(TimeSpan.FromHours(1));
        var mail = await server.MailToAsync(email, "Maintenance");
        Assert.Contains("From 6.\nTo 7.", mail.Text);

        await (await admin.PostAsJsonAsync("/api/v1/admin/notifications", new { userId = "user-99999", title = "x", message = "x" }, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "USER_NOT_FOUND");
        await (await admin.PostAsJsonAsync("/api/v1/admin/notifications", new { userId, title = "two\nlines", message = "" }, Cancellation)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(HttpStatusCode.Forbidden, (await (await server.SignedInAsync()).PostAsJsonAsync("/api/v1/admin/notifications", new { userId, title = "x", message = "x" }, Cancellation)).StatusCode);
        client.Dispose();
    }

    [Fact]
    public async Task a_mail_that_comes_twice_is_kept_once_and_of_many_the_last_hundred()
    {
        var mailbox = new LocalMailbox();
        ComposedMail Mail(int number) => new($"<{number}@x>", default, "a@x.y", "A", $"{number}", "", "");
        for (var number = 1; number <= 120; number++)
            await mailbox.SendAsync(Mail(number), Cancellation);
        await mailbox.SendAsync(Mail(120), Cancellation);

        Assert.Equal(Enumerable.Range(21, 100).Reverse().Select(number => $"{number}"), mailbox.List().Select(entry => entry.Mail.Subject));
    }
}

public sealed class SettingMailUp
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task in_production_without_a_server_nothing_is_enqueued_and_requests_work_all_the_same()
    {
        await using var server = new TestServer("Production");
        await server.InitializeAsync();
        var (client, _, email) = await server.NewUserAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsJsonAsync("/api/v1/auth/password-reset", new { email }, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync("/api/v1/auth/verify-email/resend", null, Cancellation)).StatusCode);

        Assert.Equal(0, (await server.Services.GetRequiredService<JobStore>().ListAsync(new(), 1, 10, Cancellation)).Total);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/dev/mailbox", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task in_development_with_a_server_there_is_no_mailbox()
    {
        await using var server = new MailedServer("--Mail:Host", "127.0.0.1", "--Mail:Port", "1");
        await server.InitializeAsync();
        using var client = server.Client();
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/dev/mailbox", Cancellation)).StatusCode);
    }

    [Theory]
    [InlineData("Mail:From", "nobody", "Mail:From is 'nobody'; it must be an address")]
    [InlineData("Mail:PublicUrl", "ftp://example.com", "Mail:PublicUrl is 'ftp://example.com/'; it must be an address such as https://")]
    [InlineData("Mail:User", "me", "Mail:Password is missing; it must come with the other of User and Password.")]
    [InlineData("Mail:Port", "0", "Mail:Port is '0'; it must be between 1 and 65535.")]
    [InlineData("Mail:TemplatesDir", "/nowhere/at/all", "Mail:TemplatesDir is '/nowhere/at/all'; it must be a folder that is there.")]
    [InlineData("Jobs:Attempts", "0", "Jobs:Attempts is '0'; it must be between 1 and 100.")]
    public async Task a_faulty_setting_stops_the_start(string setting, string value, string message)
    {
        await using var server = new TestServer("Production", "--" + setting, value);
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(async () => await server.InitializeAsync());
        Assert.Contains(failure.Failures, text => text.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task templates_of_ones_own_stand_in_for_the_built_in_ones()
    {
        var folder = Directory.CreateTempSubdirectory("mytradex-templates-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "welcome.txt"), "Subject: Ahoy {{name}}\n\nSet sail at {{url}}.", Cancellation);
        await using var server = new MailedServer("--Mail:TemplatesDir", folder.FullName, "--Mail:PublicUrl", "https://venue.example.com");
        await server.InitializeAsync();
        var (_, _, email) = await server.NewUserAsync();

        var mail = await server.MailToAsync(email, "Ahoy New User");
        Assert.Equal("Set sail at https://venue.example.com.", mail.Text);
        Assert.Contains("The market is open", mail.Html);
        await server.MailToAsync(email, "Confirm");
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("welcome.txt", "Subject: x\n\n{{password}}", "welcome.txt has {{password}}; there are {{name}}")]
    [InlineData("welcome.txt", "Hello\n", "welcome.txt must begin with a line 'Subject: …'")]
    [InlineData("notification.html", "{{link}}", "notification.html has {{link}}")]
    [InlineData("layout.html", "<p>", "layout.html lacks {{content}}")]
    public async Task a_template_that_asks_for_what_there_is_not_stops_the_start(string file, string text, string message)
    {
        var folder = Directory.CreateTempSubdirectory("mytradex-templates-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, file), text, Cancellation);

        var fault = Assert.Throws<InvalidDataException>(() => new MailTemplates(new() { TemplatesDir = folder.FullName }));

        Assert.Contains(message, fault.Message);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void a_line_break_in_a_value_begins_no_header()
    {
        var templates = new MailTemplates(new());
        var values = new Dictionary<string, string> { ["name"] = "A", ["email"] = "a@x.y", ["url"] = "https://x.y", ["title"] = "Hello\r\nBcc: all@x.y\u2028x", ["message"] = "one\ntwo" };

        var (subject, text, _) = templates.Fill(MailTemplate.Notification, values);

        Assert.Equal("Hello  Bcc: all@x.y x", subject);
        Assert.Contains("one\ntwo", text);
    }

    [Fact]
    public async Task a_server_that_says_nothing_is_given_up()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var transport = new SmtpTransport(new() { Host = "127.0.0.1", Port = ((IPEndPoint)silent.LocalEndpoint).Port, StartTls = false, TimeoutSeconds = 1 });

        await Assert.ThrowsAsync<TimeoutException>(() => transport.SendAsync(Somewhere, Cancellation).WaitAsync(TimeSpan.FromSeconds(20), Cancellation));
    }

    [Fact]
    public async Task without_tls_on_the_other_side_nothing_is_told()
    {
        using var plain = new TcpListener(IPAddress.Loopback, 0);
        plain.Start();
        var heard = HearAsync(plain);
        var transport = new SmtpTransport(new() { Host = "127.0.0.1", Port = ((IPEndPoint)plain.LocalEndpoint).Port, User = "venue", Password = "secret words" });

        await Assert.ThrowsAsync<SmtpException>(() => transport.SendAsync(Somewhere, Cancellation));

        var said = await heard;
        Assert.StartsWith("EHLO ", said);
        Assert.DoesNotContain("AUTH", said);
        Assert.DoesNotContain("MAIL", said);
    }

    [Theory]
    [InlineData(MailTemplate.PasswordReset, "password-reset")]
    [InlineData(MailTemplate.EmailVerification, "email-verification")]
    [InlineData(MailTemplate.Welcome, "welcome")]
    internal void files_are_named_after_their_mails(MailTemplate template, string file) => Assert.Equal(file, MailTemplates.FileOf(template));

    static ComposedMail Somewhere => new("<1@x.y>", default, "a@example.com", "A", "Subject", "Text", "<p>Text</p>");

    // A server that can do nothing but greet.
    static async Task<string> HearAsync(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync(Cancellation);
        using var reader = new StreamReader(client.GetStream());
        await using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true, NewLine = "\r\n" };
        await writer.WriteLineAsync("220 here");
        var said = "";
        while (await reader.ReadLineAsync(Cancellation) is { } line)
        {
            said += line + "\n";
            await writer.WriteLineAsync(line.StartsWith("EHLO", StringComparison.Ordinal) ? "250 here" : "502 no");
        }
        return said;
    }
}
