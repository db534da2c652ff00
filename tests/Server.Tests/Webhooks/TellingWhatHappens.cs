using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Webhooks;

/// <summary>Users who want to be told what happens to them in the exchange.</summary>
public sealed class TellingWhatHappens(TradingServer server) : IClassFixture<TradingServer>
{
    static readonly string[] Everything =
    [
        "account.closed", "account.opened", "deposit.completed", "order.accepted", "order.cancelled", "order.expired", "order.filled", "order.partially_filled",
        "transfer.cancelled", "transfer.completed", "transfer.failed", "transfer.scheduled",
    ];

    [Fact]
    public async Task orders_are_told_of_in_the_form_that_rest_gives()
    {
        await using var receiver = await Receiver.AnsweringAsync(200);
        var symbol = await server.ListAsync();
        var (buyer, seller) = (await server.TraderAsync(symbol: symbol), await server.TraderAsync(symbol: symbol));
        await WebhookServer.HookAsync(buyer.Client, receiver.Url, Everything);

        var order = (string)(await buyer.LimitAsync(symbol, "BUY", 10, 150))["id"]!;
        await seller.LimitAsync(symbol, "SELL", 4, 150);
        await seller.LimitAsync(symbol, "SELL", 6, 150);
        var other = (string)(await buyer.LimitAsync(symbol, "BUY", 1, 140))["id"]!;
        await (await buyer.DeleteAsync($"/orders/{other}")).DataAsync();

        var told = await ToldAsync(receiver, 5);
        Assert.Equal(
            ["order.accepted", "order.accepted", "order.cancelled", "order.filled", "order.partially_filled"],
            told.Select(one => (string)one["type"]!).Order(StringComparer.Ordinal));
        var filled = told.Single(one => (string?)one["type"] == "order.filled")["data"]!;
        var shown = (await buyer.OrderAsync(order)).AsObject();
        foreach (var (name, value) in filled.AsObject())
            Assert.Equal(shown[name]?.ToJsonString(), value?.ToJsonString());
        Assert.Equal("FILLED", (string?)filled["status"]);
    }

    [Fact]
    public async Task money_and_accounts_are_told_of()
    {
        await using var receiver = await Receiver.AnsweringAsync(200);
        var (sender, payee) = (await server.TraderAsync(), await server.TraderAsync());
        await WebhookServer.HookAsync(sender.Client, receiver.Url, Everything);

        var savings = (string)(await (await sender.PostAsync("/accounts", new { type = "SAVINGS" })).DataAsync())["id"]!;
        await (await sender.PostAsync($"/accounts/{sender.AccountId}/deposits", new { amount = 12.5 })).DataAsync();
        await (await sender.PostAsync("/transfers", new { fromAccountId = sender.AccountId, toAccountId = payee.AccountId, amount = 1.25 })).DataAsync();
        var waiting = (string)(await (await sender.PostAsync("/transfers/schedule", new { fromAccountId = sender.AccountId, toAccountId = payee.AccountId, amount = 1, runAt = DateTimeOffset.UtcNow.AddYears(1) })).DataAsync())["id"]!;
        await (await sender.PostAsync($"/transfers/{waiting}/cancel", new { })).DataAsync();
        await (await sender.PostAsync($"/accounts/{savings}/close", new { reason = "x" })).DataAsync();

        var told = await ToldAsync(receiver, 6);
        Assert.Equal(
            ["account.closed", "account.opened", "deposit.completed", "transfer.cancelled", "transfer.completed", "transfer.scheduled"],
            told.Select(one => (string)one["type"]!).Order(StringComparer.Ordinal));
        Assert.Equal(12.5m, (decimal)told.Single(one => (string?)one["type"] == "deposit.completed")["data"]!["amount"]!);
        Assert.Equal(savings, (string?)told.Single(one => (string?)one["type"] == "account.closed")["data"]!["id"]);
    }

    [Fact]
    public async Task only_what_a_webhook_is_for_and_what_came_after_it_is_told()
    {
        await using var receiver = await Receiver.AnsweringAsync(200);
        var trader = await server.TraderAsync();
        await (await trader.PostAsync($"/accounts/{trader.AccountId}/deposits", new { amount = 1 })).DataAsync();
        var (hook, _) = await WebhookServer.HookAsync(trader.Client, receiver.Url, "transfer.completed", "deposit.completed");
        await (await trader.PostAsync("/accounts", new { type = "SAVINGS" })).DataAsync();

        await (await trader.PostAsync($"/accounts/{trader.AccountId}/deposits", new { amount = 2 })).DataAsync();

        var told = Assert.Single(await ToldAsync(receiver, 1));
        Assert.Equal(2m, (decimal)told["data"]!["amount"]!);
        var deliveries = await (await trader.Client.GetAsync($"{hook}/deliveries?size=5", TestContext.Current.CancellationToken)).DataAsync();
        Assert.Matches(@"^msg_\d+_\d+$", (string)Assert.Single(deliveries.AsArray())!["messageId"]!);
    }

    static async Task<List<JsonNode>> ToldAsync(Receiver receiver, int count)
    {
        for (var i = 0; i < count; i++)
            await receiver.NextAsync();
        return [.. receiver.Got.Select(got => JsonNode.Parse(got.Body)!)];
    }
}
