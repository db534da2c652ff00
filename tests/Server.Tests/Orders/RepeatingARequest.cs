using System.Net;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Orders;

public sealed class RepeatingARequest(TradingServer server) : IClassFixture<TradingServer>
{
    [Fact]
    public async Task the_same_client_order_id_with_the_same_terms_is_the_same_order()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var first = await trader.LimitAsync(symbol, "BUY", 1, 150, "mine-1");
        var again = await trader.TryLimitAsync(symbol, "BUY", 1, 150.00m, "mine-1");
        Assert.Equal((HttpStatusCode.Created, "true"), (again.StatusCode, again.Header("Idempotency-Replayed")));
        Assert.Equal(first.ToJsonString(), (await again.DataAsync()).ToJsonString());

        var details = (await (await trader.TryLimitAsync(symbol, "BUY", 2, 150, "mine-1")).ErrorAsync(HttpStatusCode.Conflict, "DUPLICATE_CLIENT_ORDER_ID"))["details"]!;
        Assert.Equal(((string?)first["id"], "mine-1"), ((string?)details["observed"], (string?)details["clientOrderId"]));
        // Somebody else's id is their own.
        var other = await server.TraderAsync();
        Assert.NotEqual((string?)first["id"], (string?)(await other.LimitAsync(symbol, "BUY", 2, 150, "mine-1"))["id"]);
    }

    [Fact]
    public async Task the_same_idempotency_key_is_the_same_order_whatever_became_of_it()
    {
        var symbol = await server.ListAsync();
        var (trader, other) = (await server.TraderAsync(), await server.TraderAsync());
        var body = new { symbol, side = "BUY", orderType = "LIMIT", quantity = 1, price = 150.00m };
        var first = await trader.SendAsync(HttpMethod.Post, "/orders", "key-1", body);
        var id = (string)(await first.DataAsync())["id"]!;
        Assert.Null(first.Header("Idempotency-Replayed"));
        await (await trader.DeleteAsync($"/orders/{id}")).DataAsync();

        var again = await trader.SendAsync(HttpMethod.Post, "/orders", "key-1", body);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal(first.Header("X-Sequence"), again.Header("X-Sequence"));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        var order = await again.DataAsync();
        Assert.Equal((id, "CANCELLED"), ((string?)order["id"], (string?)order["status"]));

        await (await trader.SendAsync(HttpMethod.Post, "/orders", "key-1", new { symbol, side = "BUY", orderType = "LIMIT", quantity = 2, price = 150.00m }))
            .ErrorAsync(HttpStatusCode.Conflict, "IDEMPOTENCY_CONFLICT");
        await (await trader.SendAsync(HttpMethod.Delete, $"/orders/{id}", "key-1")).ErrorAsync(HttpStatusCode.Conflict, "IDEMPOTENCY_CONFLICT");
        Assert.NotEqual(id, (string?)(await (await other.SendAsync(HttpMethod.Post, "/orders", "key-1", body)).DataAsync())["id"]);
    }

    [Fact]
    public async Task a_cancel_an_amendment_and_a_cancel_of_many_may_be_sent_twice()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var id = (string)(await trader.LimitAsync(symbol, "BUY", 3, 150))["id"]!;
        for (var i = 0; i < 2; i++)
        {
            var amended = await trader.SendAsync(HttpMethod.Put, $"/orders/{id}", "amend", new { quantity = 2 });
            Assert.Equal((i == 1 ? "true" : null, 2), (amended.Header("Idempotency-Replayed"), (int)(await amended.DataAsync())["quantity"]!));
        }
        for (var i = 0; i < 2; i++)
        {
            var cancelled = await trader.SendAsync(HttpMethod.Delete, $"/orders/{id}", "cancel");
            Assert.Equal((i == 1 ? "true" : null, "CANCELLED"), (cancelled.Header("Idempotency-Replayed"), (string?)(await cancelled.DataAsync())["status"]));
        }
        // The amendment's answer is still known though the order has ended.
        Assert.Equal("true", (await trader.SendAsync(HttpMethod.Put, $"/orders/{id}", "amend", new { quantity = 2 })).Header("Idempotency-Replayed"));

        await trader.LimitAsync(symbol, "BUY", 1, 149);
        await trader.LimitAsync(symbol, "BUY", 1, 148);
        Assert.Equal(2, (int)(await (await trader.SendAsync(HttpMethod.Delete, "/orders?all=true", "all")).DataAsync())["cancelled"]!);
        var survivor = await trader.LimitAsync(symbol, "BUY", 1, 147);
        var again = await trader.SendAsync(HttpMethod.Delete, "/orders?all=true", "all");
        Assert.Equal(("true", 2), (again.Header("Idempotency-Replayed"), (int)(await again.DataAsync())["cancelled"]!));
        Assert.Equal("NEW", (string?)(await trader.OrderAsync((string)survivor["id"]!))["status"]);
    }

    [Fact]
    public async Task an_endless_key_is_refused()
    {
        var trader = await server.TraderAsync(0);
        var error = await (await trader.SendAsync(HttpMethod.Delete, "/orders?all=true", new string('k', 256))).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal("Idempotency-Key", (string?)error["details"]!["field"]);
    }

    [Fact]
    public async Task of_many_at_once_one_is_carried_out()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var body = new { symbol, side = "BUY", orderType = "LIMIT", quantity = 1, price = 150.00m };
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => trader.SendAsync(HttpMethod.Post, "/orders", "storm", body)));
        var ids = await Task.WhenAll(answers.Select(async answer => (string?)(await answer.DataAsync())["id"]));
        Assert.Single(ids.Distinct());
        Assert.Single(answers, answer => answer.Header("Idempotency-Replayed") is null);
    }
}
