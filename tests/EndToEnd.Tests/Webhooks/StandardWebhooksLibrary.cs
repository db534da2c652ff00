using MyTradeX.EndToEnd.Tests.Crashes;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Webhooks;

/// <summary>The library of Standard Webhooks verifies what the real server sends.</summary>
public sealed class StandardWebhooksLibrary : IAsyncLifetime
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-webhooks-");
    ServerProcess _server = null!;
    NodeProgram _receiver = null!;
    string _admin = "", _account = "", _hook = "", _url = "", _secret = "";

    public async ValueTask InitializeAsync()
    {
        _receiver = new NodeProgram("receiver.js", "standardwebhooks");
        _url = $"http://127.0.0.1:{(await _receiver.NextAsync())["listening"]}/hooks";
        _server = new ServerProcess(_folder.FullName);
        try
        {
            await _server.StartAsync();
            _admin = await _server.LoginAsync("admin@example.com");
            _account = (await _server.SendAsync(HttpMethod.Post, "accounts", new { name = "Told of", type = "SAVINGS" }, _admin)).Expect(201)["id"]!.GetValue<string>();
            var hook = (await _server.SendAsync(HttpMethod.Post, "webhooks", new { url = _url, events = new[] { "deposit.completed" } }, _admin)).Expect(201);
            (_hook, _secret) = ($"webhooks/{hook["id"]}", hook["secret"]!.GetValue<string>());
            await _receiver.AskAsync(_secret);
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
        if (_receiver is not null) await _receiver.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task finds_it_genuine_by_one_secret_and_after_a_rotation_by_both()
    {
        (await _server.SendAsync(HttpMethod.Post, $"{_hook}/test", token: _admin)).Expect(201);
        var first = await _receiver.NextAsync();
        await _receiver.AskAsync((await _server.SendAsync(HttpMethod.Post, $"{_hook}/rotate-secret", token: _admin)).Expect(200)["secret"]!.GetValue<string>());
        (await _server.SendAsync(HttpMethod.Post, $"{_hook}/test", token: _admin)).Expect(201);
        var second = await _receiver.NextAsync();

        Assert.Equal((1, "webhook.test"), (first["verified"]!.GetValue<int>(), first["type"]!.GetValue<string>()));
        Assert.Equal(2, second["verified"]!.GetValue<int>());
    }

    [Fact]
    public async Task what_happened_before_a_kill_is_told_at_least_once_under_one_id()
    {
        var (kills, random) = (ShortDrill.KillsOr(4), new Random(ShortDrill.Seed));
        var deposits = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            for (var i = random.Next(5, 20); i > 0; i--)
                (await _server.SendAsync(HttpMethod.Post, $"accounts/{_account}/deposits", new { amount = ++deposits }, _admin)).Expect(201);
            // From before the projection to after the delivery.
            await Task.Delay(random.Next(600));
            await _server.KillAsync();
            await _server.StartAsync();
        }

        Dictionary<decimal, HashSet<string>> told = [];
        var requests = 0;
        while (told.Count < deposits)
        {
            var request = await _receiver.NextAsync();
            requests++;
            Assert.Equal(1, request["verified"]!.GetValue<int>());
            var amount = System.Text.Json.Nodes.JsonNode.Parse(request["body"]!.GetValue<string>())!["data"]!["amount"]!.GetValue<decimal>();
            if (!told.TryGetValue(amount, out var ids)) told[amount] = ids = [];
            ids.Add(request["id"]!.GetValue<string>());
        }
        Assert.All(told.Values, ids => Assert.Single(ids));
        Assert.Equal(deposits, told.Values.SelectMany(ids => ids).Distinct().Count());
        TestContext.Current.SendDiagnosticMessage($"seed {ShortDrill.Seed}: {kills} kills, {deposits} deposits, {requests} requests");
    }
}
