using System.Text.Json;
using System.Text.Json.Nodes;
using MyTradeX.EndToEnd.Tests.Crashes;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Webhooks;

/// <summary>Stripe's own library signs what the real server gets.</summary>
public sealed class StripesOwnLibrary : IAsyncLifetime
{
    const string Secret = "whsec_drill";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-stripe-");
    ServerProcess _server = null!;
    NodeProgram _stripe = null!;
    string _admin = "", _account = "";

    public async ValueTask InitializeAsync()
    {
        _stripe = new NodeProgram("stripe.js", "stripe");
        _server = new ServerProcess(_folder.FullName, environment: new() { ["Stripe__WebhookSecret"] = Secret, ["RateLimits__AnonymousRequests"] = "1000000" });
        try
        {
            await _server.StartAsync();
            _admin = await _server.LoginAsync("admin@example.com");
            _account = (await _server.SendAsync(HttpMethod.Post, "accounts", new { name = "By card", type = "SAVINGS" }, _admin)).Expect(201)["id"]!.GetValue<string>();
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
        if (_stripe is not null) await _stripe.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task what_it_signs_is_taken_and_what_was_changed_or_is_stale_or_anothers_is_not()
    {
        Assert.Equal([200], await DeliverAsync("evt_1", "pi_1", 12_300));
        Assert.Equal([400], await DeliverAsync("evt_2", "pi_2", 12_300, ("tamper", true)));
        Assert.Equal([400], await DeliverAsync("evt_3", "pi_3", 12_300, ("secondsAgo", 301)));
        Assert.Equal([400], await DeliverAsync("evt_4", "pi_4", 12_300, ("secret", "whsec_other")));
        Assert.Equal([200], await DeliverAsync("evt_5", "pi_5", 100, ("secondsAgo", 240)));

        await UntilSettledAsync(2);
        Assert.Equal(124.00m, await BalanceAsync());
    }

    [Fact]
    public async Task replayed_raced_and_reordered_it_funds_once()
    {
        Assert.Equal(Enumerable.Repeat(200, 20), await DeliverAsync("evt_race", "pi_race", 12_300, ("count", 20)));
        Assert.Equal([200], await DeliverAsync("evt_race", "pi_race", 12_300));
        // Another event of the same payment, and one that is older than what came before it.
        Assert.Equal([200], await DeliverAsync("evt_again", "pi_race", 12_300));
        Assert.Equal([200], await DeliverAsync("evt_late", "pi_race", 12_300, ("type", "payment_intent.payment_failed")));

        var events = await UntilSettledAsync(3);
        Assert.Equal(123.00m, await BalanceAsync());
        Assert.Equal("the payment has succeeded since", events.Single(one => (string?)one!["id"] == "evt_late")!["outcome"]!.GetValue<string>());
    }

    [Fact]
    public async Task a_server_that_is_killed_meanwhile_funds_every_payment_exactly_once()
    {
        var (kills, random) = (ShortDrill.KillsOr(4), new Random(ShortDrill.Seed));
        var payments = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            var taken = random.Next(5, 25);
            for (var i = 0; i < taken; i++)
            {
                payments++;
                Assert.Equal([200], await DeliverAsync($"evt_{payments}", $"pi_{payments}", 123));
            }
            await Task.Delay(random.Next(40));
            await _server.KillAsync();
            // As Stripe does: what was not answered comes again.
            payments++;
            Assert.Equal([0], await DeliverAsync($"evt_{payments}", $"pi_{payments}", 123));
            await _server.StartAsync();
            Assert.Equal([200], await DeliverAsync($"evt_{payments}", $"pi_{payments}", 123));
        }

        _admin = await _server.LoginAsync("admin@example.com");
        var events = await UntilSettledAsync(payments);
        Assert.Equal(payments, events.Count);
        Assert.All(events, one => Assert.Equal("PROCESSED", one!["status"]!.GetValue<string>()));
        Assert.Equal(1.23m * payments, await BalanceAsync());
        TestContext.Current.SendDiagnosticMessage($"seed {ShortDrill.Seed}: {kills} kills, {payments} payments");
    }

    async Task<IReadOnlyList<int>> DeliverAsync(string id, string payment, long amount, params (string Name, object Value)[] how)
    {
        var body = JsonSerializer.Serialize(new
        {
            id, @object = "event", type = how.FirstOrDefault(one => one.Name == "type").Value ?? "payment_intent.succeeded", created = 1_700_000_000,
            data = new { @object = new { id = payment, @object = "payment_intent", amount_received = amount, currency = "usd", metadata = new { accountId = _account } } },
        });
        var told = new JsonObject { ["url"] = new Uri(_server.Http.BaseAddress!, "api/v1/webhooks/stripe").ToString(), ["secret"] = Secret, ["body"] = body };
        foreach (var (name, value) in how) told[name] = JsonSerializer.SerializeToNode(value);
        return [.. (await _stripe.AskAsync(told.ToJsonString()))["statuses"]!.AsArray().Select(status => status!.GetValue<int>())];
    }

    async Task<decimal> BalanceAsync() => (await _server.SendAsync(HttpMethod.Get, $"accounts/{_account}/balance", token: _admin)).Expect(200)["balance"]!.GetValue<decimal>();

    // Each event once it has had its effect, every page of them.
    async Task<List<JsonNode?>> UntilSettledAsync(int count)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            if (((await _server.SendAsync(HttpMethod.Get, "admin/stripe-events?status=PROCESSED&size=1", token: _admin)).Body!["pagination"]!["total"]!.GetValue<int>()) < count) continue;
            List<JsonNode?> all = [];
            for (var page = 1; page <= (count + 99) / 100; page++)
                all.AddRange((await _server.SendAsync(HttpMethod.Get, $"admin/stripe-events?size=100&page={page}", token: _admin)).Expect(200).AsArray());
            return all;
        }
    }
}
