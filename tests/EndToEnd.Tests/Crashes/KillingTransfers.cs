using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>The real server, ended by SIGKILL while money is sent, and while transfers that were put off come due.</summary>
public sealed class KillingTransfers
{
    const int Senders = 4, AcknowledgedPerKill = 60;
    const decimal Start = 1_000;

    readonly Random _random = new(ShortDrill.Seed);
    // Under its key what was asked for, until it has been answered.
    readonly ConcurrentDictionary<string, (string Path, object Body)> _open = [];
    readonly ConcurrentDictionary<string, string> _ids = [];
    int _asked, _refused;

    [Fact]
    public async Task loses_and_doubles_none_at_once_or_put_off()
    {
        var kills = ShortDrill.KillsOr(4);
        using var folder = new DrillFolder();
        await using var server = new ServerProcess(Path.Combine(folder.Path, "data"));
        await server.StartAsync();
        var admin = await server.LoginAsync("admin@example.com");
        var (ann, bob) = (await OpenAsync("ann"), await OpenAsync("bob"));
        // Comes due in the first round, and has its next one scheduled by whichever server runs then.
        var series = (await server.SendAsync(HttpMethod.Post, "transfers/schedule", Transfer(DateTimeOffset.UtcNow.AddSeconds(2), new { frequency = "DAILY" }), ann.Token)).Expect(201)["id"]!.GetValue<string>();

        for (var kill = 1; kill <= kills; kill++)
        {
            using var answered = new SemaphoreSlim(0);
            using var enough = new CancellationTokenSource();
            var sending = Enumerable.Range(0, Senders).Select(_ => SendAsync(answered, enough.Token)).ToArray();
            for (var i = 0; i < AcknowledgedPerKill; i++) Assert.True(await answered.WaitAsync(TimeSpan.FromSeconds(30)), "nothing is answered");
            await Task.Delay(_random.Next(60));
            await server.KillAsync();
            await enough.CancelAsync();
            await Task.WhenAll(sending);
            await server.StartAsync();
            // Whoever has no answer asks again under the same key.
            foreach (var (key, (path, body)) in _open) await AskAsync(key, path, body);
        }

        Assert.Empty(_open);
        var accepted = _asked - _refused;
        Assert.Equal(accepted, _ids.Values.Distinct().Count());
        var done = await UntilAllDoneAsync();
        var sent = done.Where(transfer => transfer["seriesId"] is null).ToList();
        Assert.Equal(_ids.Values.Order(), sent.Select(transfer => transfer["id"]!.GetValue<string>()).Order());
        Assert.Equal([(1, "completed"), (2, "scheduled")], done.Where(transfer => transfer["seriesId"]?.GetValue<string>() == series).Select(transfer => (transfer["occurrence"]!.GetValue<int>(), transfer["status"]!.GetValue<string>())).Order());
        var moved = 0.01m * (accepted + 1);
        Assert.Equal((Start - moved, moved), (await BalanceAsync(ann), await BalanceAsync(bob)));
        var statement = (await server.SendAsync(HttpMethod.Get, $"accounts/{ann.Account}/statements/{DateTimeOffset.UtcNow:yyyy-MM}", token: ann.Token)).Expect(200);
        Assert.Equal((Start - moved, accepted + 2), (statement["closingBalance"]!.GetValue<decimal>(), statement["transactions"]!.GetValue<int>()));
        TestContext.Current.SendDiagnosticMessage($"seed {ShortDrill.Seed}: {kills} kills, {accepted} transfers accepted, {_refused} asked for too late, {sent.Count(transfer => transfer["runAt"] is not null)} of them put off; each happened once");

        async Task<(string Token, string Account)> OpenAsync(string name)
        {
            var email = $"{name}@example.com";
            (await server.SendAsync(HttpMethod.Post, "users", new { email, password = "a long Passw0rd", name, role = "TRADER" }, admin)).Expect(201);
            var token = await server.LoginAsync(email, "a long Passw0rd");
            var account = (await server.SendAsync(HttpMethod.Get, "accounts", token: token)).Expect(200)[0]!["id"]!.GetValue<string>();
            if (name == "ann") (await server.SendAsync(HttpMethod.Post, $"accounts/{account}/deposits", new { amount = Start }, token)).Expect(201);
            return (token, account);
        }

        object Transfer(DateTimeOffset? runAt = null, object? recurrence = null) => runAt is null
            ? new { fromAccountId = ann.Account, toAccountId = bob.Account, amount = 0.01m }
            : new { fromAccountId = ann.Account, toAccountId = bob.Account, amount = 0.01m, runAt, recurrence };

        async Task SendAsync(SemaphoreSlim answered, CancellationToken enough)
        {
            while (!enough.IsCancellationRequested)
            {
                var number = Interlocked.Increment(ref _asked);
                // One in five is put off, some beyond the kill and the start after it.
                var (path, body) = number % 5 == 0 ? ("transfers/schedule", Transfer(DateTimeOffset.UtcNow.AddMilliseconds(1_000 + number * 37 % 3_000))) : ("transfers", Transfer());
                _open[$"key-{number}"] = (path, body);
                try
                {
                    await AskAsync($"key-{number}", path, body);
                    answered.Release();
                }
                catch (HttpRequestException)
                {
                    return;
                }
            }
        }

        async Task AskAsync(string key, string path, object body)
        {
            var answer = await server.SendAsync(HttpMethod.Post, path, body, ann.Token, ("Idempotency-Key", key));
            // It had not arrived before the kill, and its time has passed since: then nothing may come of it.
            if (answer.Status == 400 && answer.Body!["error"]!["details"]!["field"]!.GetValue<string>() == "runAt")
                Interlocked.Increment(ref _refused);
            else
                _ids[key] = answer.Expect(201)["id"]!.GetValue<string>();
            _open.TryRemove(key, out _);
        }

        async Task<List<JsonNode>> UntilAllDoneAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (true)
            {
                var all = new List<JsonNode>();
                for (var page = 1; all.Count == (page - 1) * 100; page++)
                    all.AddRange((await server.SendAsync(HttpMethod.Get, $"transfers?size=100&page={page}", token: ann.Token)).Expect(200).AsArray().Select(transfer => transfer!.DeepClone()));
                if (all.Count >= accepted + 2 && all.Count(transfer => transfer["status"]!.GetValue<string>() != "completed") == 1) return all;
                limit.Token.ThrowIfCancellationRequested();
            }
        }

        async Task<decimal> BalanceAsync((string Token, string Account) of) =>
            (await server.SendAsync(HttpMethod.Get, $"accounts/{of.Account}/balance", token: of.Token)).Expect(200)["balance"]!.GetValue<decimal>();
    }
}
