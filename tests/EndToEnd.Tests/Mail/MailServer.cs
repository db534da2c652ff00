using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Mail;

/// <summary>A mail as a mail server got it.</summary>
sealed record GotMail(
    string To, string Subject, string MessageId, string Text, string Html, string From, string ToText, string Type, string? Auto, string? Bcc, string[] Headers, bool Secure, string? User);

/// <summary>A real mail server: the npm package <c>smtp-server</c> in a process of its own, whose packages come by <c>npm ci</c> in the folder <c>node</c>.</summary>
sealed class MailServer : IAsyncDisposable
{
    static readonly TimeSpan _long = TimeSpan.FromSeconds(60);
    static readonly JsonSerializerOptions _camelCase = new(JsonSerializerDefaults.Web);

    readonly Process _process;
    readonly ConcurrentQueue<GotMail> _mails = [];
    readonly SemaphoreSlim _came = new(0);

    MailServer(Process process) => _process = process;

    public int Port { get; private set; }

    /// <summary>What it has taken, in order, the same mail as often as it came.</summary>
    public IReadOnlyCollection<GotMail> Mails => _mails;

    public static async Task<MailServer> StartAsync(Dictionary<string, string>? environment = null)
    {
        NodePrograms.Require("Mail", "smtp-server");
        var start = new ProcessStartInfo("node", ["smtp.js"]) { WorkingDirectory = NodePrograms.FolderOf("Mail"), RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? []) start.Environment[name] = value;
        var server = new MailServer(Process.Start(start)!);
        var first = await server._process.StandardOutput.ReadLineAsync().WaitAsync(_long) ?? throw new EndOfStreamException("the mail server did not start");
        server.Port = JsonDocument.Parse(first).RootElement.GetProperty("listening").GetInt32();
        _ = Task.Run(server.ListenAsync);
        return server;
    }

    /// <summary>The first mail that passes, once it has come.</summary>
    public async Task<GotMail> GetAsync(Func<GotMail, bool> passes)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_long);
        while (true)
        {
            if (_mails.FirstOrDefault(passes) is { } found) return found;
            await _came.WaitAsync(limit.Token);
        }
    }

    public Task<GotMail> GetAsync(string to, string subject) => GetAsync(mail => mail.To == to && mail.Subject.Contains(subject, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _came.Dispose();
    }

    async Task ListenAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _mails.Enqueue(JsonDocument.Parse(line).RootElement.GetProperty("mail").Deserialize<GotMail>(_camelCase)!);
            _came.Release();
        }
    }
}
