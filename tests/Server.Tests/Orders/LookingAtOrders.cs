using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Orders;

public sealed class LookingAtOrders(TradingServer server) : IClassFixture<TradingServer>
{
    [Fact]
    public async Task a_list_shows_ones_own_newest_first_and_sees_every_write()
    {
        var symbol = await server.ListAsync();
        var (trader, other) = (await server.TraderAsync(), await server.TraderAsync());
        await other.LimitAsync(symbol, "BUY", 1, 150);
        for (var i = 1; i <= 30; i++)
        {
            var id = (string)(await trader.LimitAsync(symbol, "BUY", i, 150))["id"]!;
            var newest = (await (await trader.GetAsync("/orders?size=1")).DataAsync())[0]!;
            Assert.Equal((id, i), ((string?)newest["id"], (int)newest["quantity"]!));
            Assert.Null(newest["trades"]);
        }
        var list = await (await trader.GetAsync("/orders?page=2&size=20")).JsonAsync();
        Assert.Equal(Enumerable.Range(1, 10).Reverse(), list["data"]!.AsArray().Select(order => (int)order!["quantity"]!));
        Assert.Equal("""{"page":2,"size":20,"total":30,"totalPages":2,"hasNext":false,"hasPrevious":true}""", list["pagination"]!.ToJsonString());
        Assert.Equal("/api/v1/orders?size=20&page=1", (string?)list["links"]!["prev"]);
    }

    [Fact]
    public async Task filters_narrow_it_down()
    {
        var (one, two) = (await server.ListAsync(), await server.ListAsync());
        var (trader, seller) = (await server.TraderAsync(1_000_000, one), await server.TraderAsync(0, one));
        var open = Id(await trader.LimitAsync(one, "BUY", 2, 140, "name-1"));
        var partial = Id(await trader.LimitAsync(one, "BUY", 2, 150));
        await seller.LimitAsync(one, "SELL", 1, 150);
        var selling = Id(await trader.LimitAsync(one, "SELL", 1, 160));
        var cancelled = Id(await trader.LimitAsync(two, "BUY", 1, 150));
        await (await trader.DeleteAsync($"/orders/{cancelled}")).DataAsync();

        Assert.Equal([selling, partial, open], await IdsAsync($"symbol={one}"));
        Assert.Equal([selling, partial, open], await IdsAsync($"symbol={one.ToLowerInvariant()}"));
        Assert.Equal([selling, open], await IdsAsync("status=NEW"));
        Assert.Equal([selling, partial, open], await IdsAsync("status=NEW,PARTIAL"));
        Assert.Equal([cancelled, partial], await IdsAsync("status=PARTIAL&status=cancelled"));
        Assert.Equal([selling], await IdsAsync("side=SELL"));
        Assert.Equal([open], await IdsAsync("clientOrderId=name-1"));
        Assert.Equal(4, (await IdsAsync($"accountId={trader.AccountId}")).Count);
        Assert.Empty(await IdsAsync($"accountId={seller.AccountId}"));
        Assert.Empty(await IdsAsync("symbol=NOPE"));
        Assert.Empty(await IdsAsync("to=2020-01-01"));
        Assert.Equal(4, (await IdsAsync("from=2020-01-01T00:00:00Z")).Count);

        foreach (var wrong in new[] { "status=OPEN", "side=UP", "from=yesterday", "accountId=3", "size=0", "size=101", "page=0", "page=1&cursor=", "cursor=made-up", "minSequence=x", "userId=7" })
            await (await trader.GetAsync("/orders?" + wrong)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        async Task<List<string>> IdsAsync(string query) => [.. (await (await trader.GetAsync("/orders?" + query)).DataAsync()).AsArray().Select(order => Id(order!))];
    }

    [Fact]
    public async Task cursors_walk_the_whole_list_while_it_grows()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var placed = new List<string>();
        for (var i = 0; i < 7; i++)
            placed.Add(Id(await trader.LimitAsync(symbol, "BUY", 1, 150)));
        var seen = new List<string>();
        string? cursor = "";
        var pages = 0;
        while (cursor is not null)
        {
            var page = await (await trader.GetAsync($"/orders?size=3&cursor={cursor}")).JsonAsync();
            seen.AddRange(page["data"]!.AsArray().Select(order => Id(order!)));
            Assert.Null(page["pagination"]!["total"]);
            cursor = (string?)page["pagination"]!["nextCursor"];
            Assert.Equal(cursor is not null, (bool)page["pagination"]!["hasMore"]!);
            pages++;
            await trader.LimitAsync(symbol, "BUY", 1, 149);
        }
        Assert.Equal(placed.AsEnumerable().Reverse(), seen);
        Assert.Equal(3, pages);
        var other = await server.TraderAsync(0);
        var stolen = (string?)(await (await trader.GetAsync("/orders?size=3&cursor=")).JsonAsync())["pagination"]!["nextCursor"];
        await (await other.GetAsync($"/orders?size=3&cursor={stolen}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task the_first_page_carries_both_ways_on()
    {
        var trader = await server.TraderAsync(0);
        var pagination = (await (await trader.GetAsync("/orders")).JsonAsync())["pagination"]!;
        Assert.Equal("""{"page":1,"size":20,"total":0,"totalPages":0,"hasNext":false,"hasPrevious":false,"hasMore":false}""", pagination.ToJsonString());
    }

    [Fact]
    public async Task a_read_may_ask_to_be_no_older_than_a_write()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var sequence = long.Parse((await trader.TryLimitAsync(symbol, "BUY", 1, 150)).Header("X-Sequence")!);
        Assert.Single((await (await trader.GetAsync($"/orders?minSequence={sequence}")).DataAsync()).AsArray());
        var late = await trader.GetAsync($"/orders?minSequence={sequence + 1_000_000}");
        await late.ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
        Assert.NotNull(late.Header("Retry-After"));
    }

    [Fact]
    public async Task nobody_sees_or_touches_anothers_orders_and_accounts_but_administrators()
    {
        var symbol = await server.ListAsync();
        var (owner, stranger) = (await server.TraderAsync(), await server.TraderAsync());
        var open = Id(await owner.LimitAsync(symbol, "BUY", 1, 150));
        var ended = Id(await owner.LimitAsync(symbol, "BUY", 1, 150));
        await (await owner.DeleteAsync($"/orders/{ended}")).DataAsync();
        foreach (var id in new[] { open, ended })
        {
            await (await stranger.GetAsync($"/orders/{id}")).ErrorAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
            await (await stranger.DeleteAsync($"/orders/{id}")).ErrorAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
            await (await stranger.PutAsync($"/orders/{id}", new { quantity = 2 })).ErrorAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
        }
        foreach (var path in new[] { "", "/balance", "/transactions" })
            await (await stranger.GetAsync($"/accounts/{owner.AccountId}{path}")).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        await (await stranger.PostAsync($"/accounts/{owner.AccountId}/deposits", new { amount = 1 })).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        await (await stranger.PostAsync($"/accounts/{owner.AccountId}/positions", new { symbol, quantity = 1 })).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        await (await stranger.DeleteAsync($"/orders?accountId={owner.AccountId}")).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        await (await stranger.GetAsync($"/orders?userId={owner.UserId}")).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        Assert.Equal(0, (int)(await (await stranger.DeleteAsync("/orders?all=true")).DataAsync())["cancelled"]!);
        Assert.Equal("NEW", (string?)(await owner.OrderAsync(open))["status"]);

        using var client = await server.AdminAsync();
        var admin = new Trader(client, "", "");
        Assert.Equal(2, (await (await admin.GetAsync($"/orders?userId={owner.UserId}")).DataAsync()).AsArray().Count);
        Assert.Equal("NEW", (string?)(await admin.OrderAsync(open))["status"]);
        Assert.Equal(owner.AccountId, (string?)(await (await admin.GetAsync($"/accounts/{owner.AccountId}")).DataAsync())["id"]);
        Assert.Equal("CANCELLED", (string?)(await (await admin.DeleteAsync($"/orders/{open}")).DataAsync())["status"]);
    }

    [Fact]
    public async Task a_preview_tells_what_would_happen_and_does_nothing()
    {
        var symbol = await server.ListAsync();
        var (seller, trader) = (await server.TraderAsync(0, symbol), await server.TraderAsync(20_000));
        await seller.LimitAsync(symbol, "SELL", 40, 149);
        await seller.LimitAsync(symbol, "SELL", 20, 149.50m);
        var preview = await (await trader.PostAsync("/orders/preview", new { symbol, side = "BUY", orderType = "LIMIT", quantity = 100, price = 150 })).DataAsync();
        Assert.True((bool)preview["accepted"]!);
        Assert.Equal((60m, 40m, 8_950m, 1.79m, 15_003m), ((decimal)preview["fillQuantity"]!, (decimal)preview["restingQuantity"]!, (decimal)preview["fillValue"]!, (decimal)preview["fees"]!, (decimal)preview["heldCash"]!));
        Assert.Equal(149.16666667m, (decimal)preview["averageFillPrice"]!);

        var refused = await (await trader.PostAsync("/orders/preview", new { symbol, side = "BUY", orderType = "LIMIT", quantity = 1000, price = 150 })).DataAsync();
        Assert.Equal((false, "INSUFFICIENT_FUNDS", 150_030m), ((bool)refused["accepted"]!, (string?)refused["refusal"]!["code"], (decimal)refused["refusal"]!["details"]!["limit"]!));
        await (await trader.PostAsync("/orders/preview", new { symbol, side = "BUY" })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await trader.PostAsync("/orders/preview", new { symbol, side = "BUY", orderType = "LIMIT", quantity = 1, price = 1, accountId = seller.AccountId })).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");

        Assert.Equal((20_000m, 0m), await trader.CashAsync());
        Assert.Empty((await (await trader.GetAsync("/orders")).DataAsync()).AsArray());
    }

    static string Id(JsonNode order) => (string)order["id"]!;
}
