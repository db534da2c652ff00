using System.Net;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Orders;

public sealed class AmendingAndCancelling(TradingServer server) : IClassFixture<TradingServer>
{
    [Fact]
    public async Task an_amendment_changes_what_it_names_and_holds_accordingly()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var id = (string)(await trader.LimitAsync(symbol, "BUY", 100, 150))["id"]!;
        var answer = await trader.PutAsync($"/orders/{id}", new { quantity = 50 });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(answer.Header("X-Sequence"));
        var order = await answer.DataAsync();
        Assert.Equal((50m, 150m, "NEW"), ((decimal)order["quantity"]!, (decimal)order["price"]!, (string?)order["status"]));
        Assert.Equal((992_498.50m, 7_501.50m), await trader.CashAsync());

        // As some clients do, the whole order is sent back.
        order["price"] = 140m;
        order = await (await trader.PutAsync($"/orders/{id}", order)).DataAsync();
        Assert.Equal((50m, 140m), ((decimal)order["quantity"]!, (decimal)order["price"]!));
    }

    [Fact]
    public async Task an_amendment_at_fault_is_refused_and_changes_nothing()
    {
        var symbol = await server.ListAsync();
        var (seller, trader) = (await server.TraderAsync(0, symbol), await server.TraderAsync(cash: 20_000));
        var order = await trader.LimitAsync(symbol, "BUY", 100, 150);
        var path = $"/orders/{order["id"]}";
        await (await trader.PutAsync(path, new { })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await trader.PutAsync(path, new { quantity = 0 })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        var stop = (await (await trader.PutAsync(path, new { stopPrice = 1 })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR"))["details"]!;
        Assert.Equal("stopPrice", (string?)stop["field"]);
        await (await trader.PutAsync(path, new { price = 150.001m })).ErrorAsync(HttpStatusCode.UnprocessableEntity, "INVALID_TICK_SIZE");
        await (await trader.PutAsync(path, new { quantity = 1000 })).ErrorAsync(HttpStatusCode.UnprocessableEntity, "INSUFFICIENT_FUNDS");
        await seller.LimitAsync(symbol, "SELL", 40, 150);
        var details = (await (await trader.PutAsync(path, new { quantity = 40 })).ErrorAsync(HttpStatusCode.UnprocessableEntity, "QUANTITY_BELOW_FILLED"))["details"]!;
        Assert.Equal((40, 40), ((int)details["observed"]!, (int)details["limit"]!));
        var now = await trader.OrderAsync((string)order["id"]!);
        Assert.Equal((100m, 150m, "PARTIAL"), ((decimal)now["quantity"]!, (decimal)now["price"]!, (string?)now["status"]));
    }

    [Fact]
    public async Task cancelling_gives_back_what_was_held_and_shows_the_order()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var id = (string)(await trader.LimitAsync(symbol, "BUY", 100, 150))["id"]!;
        var answer = await trader.DeleteAsync($"/orders/{id}");
        var order = await answer.DataAsync();
        Assert.Equal((HttpStatusCode.OK, id, "CANCELLED", "CANCEL_REQUESTED"), (answer.StatusCode, (string?)order["id"], (string?)order["status"], (string?)order["reason"]));
        Assert.NotNull(answer.Header("X-Sequence"));
        Assert.Equal((1_000_000m, 0m), await trader.CashAsync());
    }

    [Fact]
    public async Task an_order_that_has_ended_can_be_neither_amended_nor_cancelled()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync();
        var id = (string)(await trader.LimitAsync(symbol, "BUY", 1, 150))["id"]!;
        await (await trader.DeleteAsync($"/orders/{id}")).DataAsync();
        await (await trader.DeleteAsync($"/orders/{id}")).ErrorAsync(HttpStatusCode.Conflict, "ORDER_NOT_OPEN");
        await (await trader.PutAsync($"/orders/{id}", new { quantity = 2 })).ErrorAsync(HttpStatusCode.Conflict, "ORDER_NOT_OPEN");
    }

    [Fact]
    public async Task an_order_that_never_was_is_not_found()
    {
        var trader = await server.TraderAsync(0);
        foreach (var id in new[] { "order-999999999", "order-0", "order-", "order-1x", "1", "order-99999999999999999999", "%20" })
        {
            await (await trader.GetAsync($"/orders/{id}")).ErrorAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
            await (await trader.DeleteAsync($"/orders/{id}")).ErrorAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
            await (await trader.PutAsync($"/orders/{id}", new { quantity = 1 })).ErrorAsync(HttpStatusCode.NotFound, "ORDER_NOT_FOUND");
        }
    }

    [Fact]
    public async Task cancelling_many_needs_to_be_told_which()
    {
        var (one, two) = (await server.ListAsync(), await server.ListAsync());
        var trader = await server.TraderAsync();
        await trader.LimitAsync(one, "BUY", 1, 150);
        await trader.LimitAsync(one, "BUY", 1, 149);
        await trader.LimitAsync(two, "BUY", 1, 150);
        await (await trader.DeleteAsync("/orders")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await trader.DeleteAsync("/orders?all=false")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await trader.DeleteAsync("/orders?symbol=NOPE")).ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");
        await (await trader.DeleteAsync("/orders?accountId=account-1")).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        Assert.Equal(2, (int)(await (await trader.DeleteAsync($"/orders?symbol={one}")).DataAsync())["cancelled"]!);
        Assert.Equal(1, (int)(await (await trader.DeleteAsync("/orders?all=true")).DataAsync())["cancelled"]!);
        Assert.Equal(0, (int)(await (await trader.DeleteAsync($"/orders?accountId={trader.AccountId}")).DataAsync())["cancelled"]!);
    }

    [Fact]
    public async Task the_kill_switch_cancels_all_and_bars_the_way_until_lifted()
    {
        var symbol = await server.ListAsync();
        var (trader, other) = (await server.TraderAsync(), await server.TraderAsync());
        var id = (string)(await trader.LimitAsync(symbol, "BUY", 1, 150))["id"]!;
        await other.LimitAsync(symbol, "BUY", 1, 150);
        Assert.False((bool)(await (await trader.GetAsync("/orders/kill-switch")).DataAsync())["engaged"]!);
        await (await trader.PutAsync("/orders/kill-switch", new { })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        var engaged = await (await trader.PutAsync("/orders/kill-switch", new { engaged = true })).DataAsync();
        Assert.Equal((true, 1), ((bool)engaged["engaged"]!, (int)engaged["cancelled"]!));
        Assert.Equal("KILL_SWITCH", (string?)(await trader.OrderAsync(id))["reason"]);
        Assert.True((bool)(await (await trader.GetAsync("/orders/kill-switch")).DataAsync())["engaged"]!);
        await (await trader.TryLimitAsync(symbol, "BUY", 1, 150)).ErrorAsync(HttpStatusCode.UnprocessableEntity, "TRADING_BLOCKED");
        await other.LimitAsync(symbol, "BUY", 1, 150);

        await (await trader.PutAsync("/orders/kill-switch", new { engaged = false })).DataAsync();
        await trader.LimitAsync(symbol, "BUY", 1, 150);
    }
}
