using System.Net;
using System.Net.Http.Headers;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Orders;

public sealed class RestartingTheServer
{
    [Fact]
    public async Task nothing_answered_is_lost_and_retries_find_what_they_made()
    {
        await using var server = new TradingServer();
        await server.InitializeAsync();
        var symbol = await server.ListAsync();
        var (seller, buyer) = (await server.TraderAsync(0, symbol), await server.TraderAsync());
        var body = new { symbol, side = "BUY", orderType = "LIMIT", quantity = 10, price = 150.00m };
        var keyed = await (await buyer.SendAsync(HttpMethod.Post, "/orders", "key-1", body)).DataAsync();
        var named = await buyer.LimitAsync(symbol, "BUY", 5, 149.99m, "mine-1");
        await seller.LimitAsync(symbol, "SELL", 12, 149.99m);
        var (available, held) = await buyer.CashAsync();
        var before = (await buyer.OrderAsync((string)named["id"]!)).ToJsonString();

        await server.RestartAsync();
        buyer = Again(server, buyer);
        Assert.Equal((available, held), await buyer.CashAsync());
        Assert.Equal(before, (await buyer.OrderAsync((string)named["id"]!)).ToJsonString());
        var filled = await buyer.SendAsync(HttpMethod.Post, "/orders", "key-1", body);
        Assert.Equal("true", filled.Header("Idempotency-Replayed"));
        var order = await filled.DataAsync();
        Assert.Equal(((string?)keyed["id"], "FILLED"), ((string?)order["id"], (string?)order["status"]));
        var open = await buyer.TryLimitAsync(symbol, "BUY", 5, 149.99m, "mine-1");
        Assert.Equal("true", open.Header("Idempotency-Replayed"));
        Assert.Equal(((string?)named["id"], "PARTIAL"), ((string?)(await open.DataAsync())["id"], (string?)(await open.DataAsync())["status"]));
        await (await buyer.TryLimitAsync(symbol, "BUY", 6, 149.99m, "mine-1")).ErrorAsync(HttpStatusCode.Conflict, "DUPLICATE_CLIENT_ORDER_ID");

        // One account still, and the known logins are not funded twice.
        Assert.Single((await (await buyer.GetAsync("/accounts")).DataAsync()).AsArray());
        using var known = await server.SignedInAsync();
        var accounts = await (await known.GetAsync("/api/v1/accounts", TestContext.Current.CancellationToken)).DataAsync();
        Assert.Equal(100_000m, (decimal)accounts.AsArray().Single()!["balance"]!);
    }

    [Fact]
    public async Task instruments_listed_before_a_start_give_the_known_logins_shares_once()
    {
        await using var server = new TradingServer();
        await server.InitializeAsync();
        var symbol = await server.ListAsync();
        for (var i = 0; i < 2; i++)
        {
            await server.RestartAsync();
            using var known = await server.SignedInAsync();
            var trader = new Trader(known, "", "account-3");
            var details = (await (await trader.TryLimitAsync(symbol, "SELL", 101, 150)).ErrorAsync(HttpStatusCode.UnprocessableEntity, "INSUFFICIENT_POSITION"))["details"]!;
            Assert.Equal(100, (int)details["observed"]!);
        }
    }

    static Trader Again(TestServer server, Trader before)
    {
        var client = server.Client();
        client.DefaultRequestHeaders.Authorization = before.Client.DefaultRequestHeaders.Authorization is { } token ? new AuthenticationHeaderValue(token.Scheme, token.Parameter) : null;
        return new(client, before.UserId, before.AccountId);
    }
}
