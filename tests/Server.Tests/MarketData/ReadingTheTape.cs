using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Core;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.MarketData;

public sealed class ReadingTheTape(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task shows_the_newest_first_with_the_side_that_took_and_without_the_parties()
    {
        var instrument = await _market.ListAsync();
        var (_, a) = await _market.DealerAsync(instrument);
        var (_, b) = await _market.DealerAsync(instrument);
        await _market.TradeAsync(instrument, a, b, 10, 150.25m, taker: Side.Buy);
        await _market.TradeAsync(instrument, a, b, 20, 150.20m, taker: Side.Sell);
        using var client = await server.SignedInAsync();

        var trades = (await (await client.ReadAsync($"/api/v1/trades/{instrument.Symbol}")).DataAsync()).AsArray();

        Assert.Equal(["SELL 20 @ 150.20", "BUY 10 @ 150.25"], trades.Select(Line));
        Assert.Equal(["id", "symbol", "price", "quantity", "side", "timestamp"], trades[0]!.AsObject().Select(member => member.Key));
        Assert.StartsWith("trade-", (string)trades[0]!["id"]!);
    }

    [Fact]
    public async Task pages_by_number_and_by_cursor_and_a_cursor_stays_while_trades_come_in()
    {
        var instrument = await _market.ListAsync();
        var (_, a) = await _market.DealerAsync(instrument);
        var (_, b) = await _market.DealerAsync(instrument);
        for (var i = 1; i <= 7; i++)
            await _market.TradeAsync(instrument, a, b, i, 10m);
        using var client = await server.SignedInAsync();
        var path = $"/api/v1/trades/{instrument.Symbol}?size=3";

        var first = await (await client.ReadAsync(path)).JsonAsync();
        Assert.Equal("7, 6, 5", Quantities(first));
        Assert.Equal((7, 3), ((int)first["pagination"]!["total"]!, (int)first["pagination"]!["totalPages"]!));
        Assert.Equal("4, 3, 2", Quantities(await (await client.ReadAsync($"{path}&page=2")).JsonAsync()));

        await _market.TradeAsync(instrument, a, b, 8, 10m);
        var second = await (await client.ReadAsync($"{path}&cursor={(string)first["pagination"]!["nextCursor"]!}")).JsonAsync();
        Assert.Equal("4, 3, 2", Quantities(second));
        var third = await (await client.ReadAsync($"{path}&cursor={(string)second["pagination"]!["nextCursor"]!}")).JsonAsync();
        Assert.Equal("1", Quantities(third));
        Assert.False((bool)third["pagination"]!["hasMore"]!);
        Assert.Equal("7, 6, 5", Quantities(await (await client.ReadAsync($"{path}&cursor={(string)second["pagination"]!["prevCursor"]!}")).JsonAsync()));
    }

    [Fact]
    public async Task refuses_a_cursor_of_another_symbol_and_times_the_wrong_way_round()
    {
        var (one, other) = (await _market.ListAsync(), await _market.ListAsync());
        var (_, a) = await _market.DealerAsync(one);
        var (_, b) = await _market.DealerAsync(one);
        await _market.TradeAsync(one, a, b, 1, 10m);
        await _market.TradeAsync(one, a, b, 1, 10m);
        using var client = await server.SignedInAsync();
        var cursor = (string)(await (await client.ReadAsync($"/api/v1/trades/{one.Symbol}?size=1")).JsonAsync())["pagination"]!["nextCursor"]!;

        await (await client.ReadAsync($"/api/v1/trades/{other.Symbol}?size=1&cursor={cursor}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await client.ReadAsync($"/api/v1/trades/{one.Symbol}?from=2024-01-02&to=2024-01-01")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    static string Line(JsonNode? trade) => $"{trade!["side"]} {trade["quantity"]!.ToJsonString()} @ {trade["price"]!.ToJsonString()}";

    static string Quantities(JsonNode answer) => string.Join(", ", answer["data"]!.AsArray().Select(trade => trade!["quantity"]!.ToJsonString()));
}
