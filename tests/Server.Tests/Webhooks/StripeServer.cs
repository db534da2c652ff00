using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Webhooks;

/// <summary>A server that takes Stripe's deliveries, and what signs them.</summary>
public sealed class StripeServer : TestServer
{
    public const string Secret = "whsec_now", SecretBefore = "whsec_before";

    static readonly TimeSpan Long = TimeSpan.FromSeconds(20);
    static int s_events;

    public StripeServer() : base("Development", ["--Jobs:PollMs", "20", "--Jobs:BackoffMs", "20", "--Stripe:WebhookSecret", Secret, "--Stripe:PreviousWebhookSecret", SecretBefore]) { }

    internal StripeStore Store => Services.GetRequiredService<StripeStore>();

    internal Venue.Venue Venue => Services.GetRequiredService<VenueHost>().Venue;

    internal Features.Mail.LocalMailbox Mailbox => Services.GetRequiredService<Features.Mail.LocalMailbox>();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static string NewId(string prefix) => $"{prefix}_{Interlocked.Increment(ref s_events)}";

    public static string Event(string id, string type, object about, long created = 1_700_000_000) =>
        JsonSerializer.Serialize(new { id, @object = "event", type, created, data = new { @object = about } });

    public static object Payment(string id, object metadata, long amount = 12_345, string currency = "usd") => new { id, amount_received = amount, currency, metadata };

    internal string Sign(string body, string secret = Secret, TimeSpan ago = default) => Sign(Encoding.UTF8.GetBytes(body), secret, (Clock.GetUtcNow() - ago).ToUnixTimeSeconds());

    internal static string Sign(byte[] body, string secret, long time) => $"t={time},v1={Hex(body, secret, time)}";

    internal static string Hex(byte[] body, string secret, long time) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.").Concat(body).ToArray()));

    /// <summary>Sends a body under a signature; signs it when none is given.</summary>
    public async Task<HttpResponseMessage> DeliverAsync(string body, string? signature = null)
    {
        using var client = Client();
        var request = Answers.Request(HttpMethod.Post, "/api/v1/webhooks/stripe", ("Stripe-Signature", signature ?? Sign(body)));
        request.Content = Answers.Json(body);
        return await client.SendAsync(request, Cancellation);
    }

    /// <summary>Delivers an event and waits until its work has ended.</summary>
    public async Task<StripeEventRow> SettleAsync(string type, object about, long created = 1_700_000_000)
    {
        var id = NewId("evt");
        Assert.True((bool)(await (await DeliverAsync(Event(id, type, about, created))).DataAsync())["received"]!);
        return await SettledAsync(id);
    }

    public async Task<StripeEventRow> SettledAsync(string id)
    {
        using var limit = new CancellationTokenSource(Long);
        while (true)
        {
            if (await Store.GetAsync(id, limit.Token) is { Status: not "RECEIVED" } settled)
                return settled;
            await Task.Yield();
        }
    }

    /// <summary>Someone new: their user's and account's ids, and email.</summary>
    public async Task<(string UserId, string AccountId, string Email)> CustomerAsync()
    {
        var (client, session, email) = await NewUserAsync();
        using (client)
        {
            var accounts = await (await client.GetAsync("/api/v1/accounts", Cancellation)).DataAsync();
            return ((string)session["user"]!["id"]!, (string)accounts[0]!["id"]!, email);
        }
    }

    /// <summary>What an account holds, in cents.</summary>
    public long CentsIn(string accountId)
    {
        Assert.True(Ids.TryParse(accountId, "account", out var number));
        return Venue.Read(number, (exchange, id) =>
        {
            Assert.True(exchange.TryGetAccount(id, out var account));
            Assert.True(exchange.TryGetCurrency(account.CurrencyId, out var currency));
            return (long)(Scaled.ToDecimal(account.Balance, currency.Scale) * 100);
        });
    }
}
