using System.Net;
using System.Net.Http.Json;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Webhooks;

/// <summary>Messages on their way to receivers that answer well or badly.</summary>
public sealed class DeliveringToUsers(WebhookServer server) : IClassFixture<WebhookServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_message_comes_signed_and_its_request_and_answer_are_kept()
    {
        await using var receiver = await Receiver.AnsweringAsync(200, "thanks " + new string('x', 10_000));
        var (owner, _, _) = await server.NewUserAsync();
        var (hook, secret) = await WebhookServer.HookAsync(owner, receiver.Url);

        var delivery = await WebhookServer.UntilAsync(owner, await WebhookServer.TestAsync(owner, hook), "DELIVERED");

        var got = Assert.Single(receiver.Got);
        Assert.Equal(WebhookServer.Sign(secret, got), got.Signature);
        Assert.Equal((string?)delivery["messageId"], got.Id);
        Assert.Equal((string?)delivery["request"]!["body"], got.Body);
        Assert.Contains($"webhook-signature: {got.Signature}", (string?)delivery["request"]!["headers"], StringComparison.Ordinal);
        Assert.Equal(4_096, ((string)delivery["response"]!["body"]!).Length);
        Assert.Equal((1, 200), ((int)delivery["attempts"]!, (int)delivery["responseStatus"]!));
        Assert.Contains("\"type\":\"webhook.test\"", got.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task after_a_rotation_both_secrets_sign_for_a_day()
    {
        await using var receiver = await Receiver.AnsweringAsync(204);
        var (owner, _, _) = await server.NewUserAsync();
        var (hook, before) = await WebhookServer.HookAsync(owner, receiver.Url);

        var now = (string)(await (await owner.PostAsync($"{hook}/rotate-secret", null, Cancellation)).DataAsync())["secret"]!;
        await WebhookServer.TestAsync(owner, hook);
        await receiver.NextAsync();

        Assert.NotEqual(before, now);
        var got = receiver.Got.Single();
        Assert.Equal($"{WebhookServer.Sign(now, got)} {WebhookServer.Sign(before, got)}", got.Signature);
    }

    [Fact]
    public async Task a_server_error_is_tried_again_under_the_same_id_when_the_receiver_has_asked_for_it()
    {
        await using var receiver = await Receiver.StartAsync((context, count) =>
        {
            context.Response.StatusCode = count == 1 ? 503 : 200;
            context.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        var (owner, _, _) = await server.NewUserAsync();
        var (hook, _) = await WebhookServer.HookAsync(owner, receiver.Url);

        var delivery = await WebhookServer.UntilAsync(owner, await WebhookServer.TestAsync(owner, hook), "DELIVERED");

        Assert.Equal(2, (int)delivery["attempts"]!);
        Assert.Single(receiver.Got.Select(got => (got.Id, got.Body)).Distinct());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task what_another_try_would_not_change_is_given_up_and_can_be_sent_again_by_hand(int status)
    {
        await using var receiver = await Receiver.StartAsync((context, count) =>
        {
            context.Response.StatusCode = count == 1 ? status : 200;
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            return Task.CompletedTask;
        });
        var (owner, _, _) = await server.NewUserAsync();
        var (hook, _) = await WebhookServer.HookAsync(owner, receiver.Url);
        var path = await WebhookServer.TestAsync(owner, hook);

        var failed = await WebhookServer.UntilAsync(owner, path, "FAILED");
        Assert.Equal(("PENDING", status), ((string)(await (await owner.PostAsync($"{path}/redeliver", null, Cancellation)).DataAsync())["status"]!, (int)failed["responseStatus"]!));
        await WebhookServer.UntilAsync(owner, path, "DELIVERED");

        Assert.Equal(2, receiver.Got.Count);
        Assert.Single(receiver.Got.Select(got => got.Id).Distinct());
    }

    [Fact]
    public async Task a_receiver_that_is_gone_for_good_is_switched_off_at_once_and_its_owner_told()
    {
        await using var receiver = await Receiver.AnsweringAsync(410);
        var (owner, _, email) = await server.NewUserAsync();
        var (hook, _) = await WebhookServer.HookAsync(owner, receiver.Url);

        await WebhookServer.UntilAsync(owner, await WebhookServer.TestAsync(owner, hook), "FAILED");

        var off = await (await owner.GetAsync(hook, Cancellation)).DataAsync();
        Assert.False((bool)off["active"]!);
        Assert.Contains("410", (string?)off["disabledReason"], StringComparison.Ordinal);
        await UntilMailedAsync(email, "A webhook was switched off");
    }

    [Fact]
    public async Task twenty_failures_in_a_row_switch_it_off_and_switching_it_on_begins_afresh()
    {
        await using var receiver = await Receiver.AnsweringAsync(400);
        var (owner, _, _) = await server.NewUserAsync();
        var (hook, _) = await WebhookServer.HookAsync(owner, receiver.Url);
        for (var i = 0; i < 20; i++)
        {
            Assert.True((bool)(await (await owner.GetAsync(hook, Cancellation)).DataAsync())["active"]!);
            await WebhookServer.UntilAsync(owner, await WebhookServer.TestAsync(owner, hook), "FAILED");
        }

        Assert.Equal("20 deliveries in a row failed", (string?)(await (await owner.GetAsync(hook, Cancellation)).DataAsync())["disabledReason"]);
        var on = await (await owner.PatchAsJsonAsync(hook, new { active = true }, Cancellation)).DataAsync();
        await WebhookServer.UntilAsync(owner, await WebhookServer.TestAsync(owner, hook), "FAILED");

        Assert.Null(on["disabledReason"]);
        Assert.True((bool)(await (await owner.GetAsync(hook, Cancellation)).DataAsync())["active"]!);
    }

    [Fact]
    public async Task a_receiver_that_says_nothing_for_five_seconds_has_failed()
    {
        await using var receiver = await Receiver.StartAsync((context, _) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        var (owner, _, _) = await server.NewUserAsync();
        var (hook, _) = await WebhookServer.HookAsync(owner, receiver.Url);

        var delivery = await WebhookServer.UntilAsync(owner, await WebhookServer.TestAsync(owner, hook), now => (int)now["attempts"]! == 1);

        Assert.Equal(("PENDING", "no answer within 5 seconds"), ((string)delivery["status"]!, (string)delivery["error"]!));
    }

    [Fact]
    public async Task nobody_but_its_owner_sees_a_webhook()
    {
        var (owner, _, _) = await server.NewUserAsync();
        var (hook, _) = await WebhookServer.HookAsync(owner, "http://127.0.0.1:1/");
        using var admin = await server.AdminAsync();

        await (await admin.GetAsync(hook, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        await (await admin.DeleteAsync(hook, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
        Assert.Equal(HttpStatusCode.NoContent, (await owner.DeleteAsync(hook, Cancellation)).StatusCode);
        await (await owner.GetAsync(hook, Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "NOT_FOUND");
    }

    [Fact]
    public async Task a_user_has_twenty_at_most()
    {
        var (owner, _, _) = await server.NewUserAsync();
        var asked = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => WebhookServer.CreateAsync(owner, new { url = "https://example.com/", events = new[] { "order.filled" } })));

        Assert.Equal(20, asked.Count(answer => answer.StatusCode == HttpStatusCode.Created));
        await asked.First(answer => answer.StatusCode != HttpStatusCode.Created).ErrorAsync(HttpStatusCode.BadRequest, "LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task a_secret_is_shown_once_and_the_store_has_it_sealed()
    {
        var (owner, _, _) = await server.NewUserAsync();
        var (hook, secret) = await WebhookServer.HookAsync(owner, "https://example.com/");

        Assert.Null((await (await owner.GetAsync(hook, Cancellation)).DataAsync())["secret"]);
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        var raw = Convert.FromBase64String(secret["whsec_".Length..]);
        foreach (var file in Directory.EnumerateFiles(server.DataDir, "store.db*"))
        {
            await using var stored = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stored.CopyToAsync(bytes, Cancellation);
            Assert.Equal(-1, bytes.ToArray().AsSpan().IndexOf(raw));
        }
    }

    async Task UntilMailedAsync(string to, string subject)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!server.Mailbox.List().Any(entry => entry.Mail.To == to && entry.Mail.Subject.Contains(subject, StringComparison.Ordinal)))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
