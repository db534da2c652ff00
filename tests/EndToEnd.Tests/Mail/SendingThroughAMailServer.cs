using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Mail;

/// <summary>The real server and a real mail server, with STARTTLS and a sign-in.</summary>
public sealed partial class SendingThroughAMailServer : IAsyncLifetime
{
    const string Password = "a long Passw0rd";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-mail-");
    MailServer _mail = null!;
    ServerProcess _server = null!;
    string _admin = "";

    public async ValueTask InitializeAsync()
    {
        var (key, certificate) = MakeCertificate();
        _mail = await MailServer.StartAsync(new() { ["KEY"] = key, ["CERT"] = certificate, ["LOGIN_USER"] = "venue", ["LOGIN_PASSWORD"] = "secret words" });
        try
        {
            _server = new ServerProcess(Path.Combine(_folder.FullName, "data"), environment: new()
            {
                ["Mail__Host"] = "localhost", ["Mail__Port"] = $"{_mail.Port}", ["Mail__User"] = "venue", ["Mail__Password"] = "secret words",
                ["Mail__From"] = "The Venue <venue@example.com>", ["Mail__PublicUrl"] = "https://venue.example.com",
                ["Jobs__BackoffMs"] = "50",
                // Whom the system trusts, as it would be told in earnest.
                ["SSL_CERT_FILE"] = certificate,
            });
            await _server.StartAsync();
            _admin = await _server.LoginAsync("admin@example.com");
        }
        catch
        {
            // Nobody else would end the processes.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_mail is not null) await _mail.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task registering_resetting_and_verifying_come_as_text_and_html_over_tls()
    {
        const string Email = "ann@example.com", Name = "Änn <b>O'Neil</b> 株";
        (await _server.SendAsync(HttpMethod.Post, "auth/register", new { email = Email, password = Password, name = Name })).Expect(201);

        var welcome = await _mail.GetAsync(Email, "Welcome");
        Assert.Equal($"Welcome to MyTradeX, {Name}", welcome.Subject);
        Assert.True(welcome.Secure);
        Assert.Equal(("venue", "auto-generated", "multipart/alternative", null), (welcome.User, welcome.Auto, welcome.Type, welcome.Bcc));
        Assert.Contains("venue@example.com", welcome.From, StringComparison.Ordinal);
        Assert.Contains($"Hello {Name},", welcome.Text, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;O&#39;Neil&lt;/b&gt; 株", welcome.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>O", welcome.Html, StringComparison.Ordinal);
        Assert.Matches(@"^<job-\d+\.[0-9a-f]+@example\.com>$", welcome.MessageId);

        var verification = await _mail.GetAsync(Email, "Confirm your email");
        (await _server.SendAsync(HttpMethod.Post, "auth/verify-email", new { token = TokenIn(verification) })).Expect(200);
        (await _server.SendAsync(HttpMethod.Post, "auth/password-reset", new { email = Email })).Expect(202);
        var reset = await _mail.GetAsync(Email, "Set a new password");
        Assert.Contains($"href=\"https://venue.example.com/reset-password.html#{TokenIn(reset)}\"", reset.Html, StringComparison.Ordinal);
        (await _server.SendAsync(HttpMethod.Post, "auth/password-reset/confirm", new { token = TokenIn(reset), password = "quite another one" })).Expect(200);

        var token = await _server.LoginAsync(Email, "quite another one");
        Assert.True((await _server.SendAsync(HttpMethod.Get, "auth/me", token: token)).Expect(200)["emailVerified"]!.GetValue<bool>());
        Assert.Equal(3, _mail.Mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.DoesNotContain("secret words", _server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_mailbox_that_is_not_there_makes_a_dead_letter_at_once_and_one_that_is_busy_gets_its_mail_in_the_end()
    {
        var gone = await NotifyAsync(await UserAsync("gone@example.com"), "To nobody");
        await NotifyAsync(await UserAsync("later@example.com"), "Patience");

        Assert.Contains("Patience", (await _mail.GetAsync("later@example.com", "Patience")).Subject, StringComparison.Ordinal);
        var dead = await UntilAsync(gone, "FAILED");
        Assert.Equal(1, dead["attempts"]!.GetValue<int>());
        Assert.Contains("no such mailbox here", dead["error"]!.GetValue<string>(), StringComparison.Ordinal);
        // Who it was for is in the job, and nowhere in the log.
        Assert.DoesNotContain("gone@example.com", _server.Output, StringComparison.Ordinal);
        Assert.Contains(gone, _server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_mail_whose_taking_was_not_heard_of_comes_again_with_the_same_id()
    {
        var job = await NotifyAsync(await UserAsync("broken@example.com"), "Twice");

        await UntilAsync(job, "COMPLETED");

        var twice = _mail.Mails.Where(mail => mail.Subject == "Twice").ToList();
        Assert.Equal(2, twice.Count);
        Assert.Single(twice.Select(mail => mail.MessageId).Distinct());
    }

    async Task<string> UserAsync(string email) =>
        (await _server.SendAsync(HttpMethod.Post, "users", new { email, password = Password, name = "Somebody" }, _admin)).Expect(201)["id"]!.GetValue<string>();

    async Task<string> NotifyAsync(string userId, string title) =>
        (await _server.SendAsync(HttpMethod.Post, "admin/notifications", new { userId, title, message = "One\nTwo" }, _admin)).Expect(201)["id"]!.GetValue<string>();

    async Task<System.Text.Json.Nodes.JsonNode> UntilAsync(string job, string status)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var now = (await _server.SendAsync(HttpMethod.Get, $"admin/jobs/{job}", token: _admin)).Expect(200);
            if (now["status"]!.GetValue<string>() == status) return now;
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    static string TokenIn(GotMail mail) => Link().Match(mail.Text).Groups[1].Value;

    (string Key, string Certificate) MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (keyFile, certificateFile) = (Path.Combine(_folder.FullName, "key.pem"), Path.Combine(_folder.FullName, "certificate.pem"));
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(certificateFile, made.ExportCertificatePem());
        return (keyFile, certificateFile);
    }

    [GeneratedRegex(@"https://venue\.example\.com/\S+\.html#([\w-]{43})\s")]
    private static partial Regex Link();
}
