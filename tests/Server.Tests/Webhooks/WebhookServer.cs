using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Webhooks;

/// <summary>A server whose webhooks may go to this machine.</summary>
public sealed class WebhookServer : TestServer
{
    public WebhookServer() : this("Development", []) { }

    internal WebhookServer(string environment, params string[] settings) : base(environment, ["--Jobs:PollMs", "20", .. settings]) { }

    internal Features.Mail.LocalMailbox Mailbox => Services.GetRequiredService<Features.Mail.LocalMailbox>();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static Task<HttpResponseMessage> CreateAsync(HttpClient owner, object request) => owner.PostAsJsonAsync("/api/v1/webhooks", request, Cancellation);

    /// <summary>A webhook of everything, and its secret.</summary>
    public static async Task<(string Path, string Secret)> HookAsync(HttpClient owner, string url, params string[] events)
    {
        var made = await (await CreateAsync(owner, new { url, events = events.Length > 0 ? events : ["order.filled"] })).DataAsync();
        return ($"/api/v1/webhooks/{(string)made["id"]!}", (string)made["secret"]!);
    }

    /// <summary>Asks for a test message: the delivery's address.</summary>
    public static async Task<string> TestAsync(HttpClient owner, string hook) =>
        $"{hook}/deliveries/{(string)(await (await owner.PostAsync($"{hook}/test", null, Cancellation)).DataAsync())["id"]!}";

    /// <summary>A delivery once it passes.</summary>
    internal static async Task<JsonNode> UntilAsync(HttpClient owner, string delivery, Func<JsonNode, bool> passes)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            var now = await (await owner.GetAsync(delivery, limit.Token)).DataAsync();
            if (passes(now))
                return now;
        }
    }

    internal static Task<JsonNode> UntilAsync(HttpClient owner, string delivery, string status) => UntilAsync(owner, delivery, now => (string?)now["status"] == status);

    internal static string Sign(string secret, Received got) => "v1," + Convert.ToBase64String(
        HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{got.Id}.{got.Timestamp}.{got.Body}")));
}
