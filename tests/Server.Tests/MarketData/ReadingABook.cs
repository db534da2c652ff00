using System.Net;
using MyTradeX.Core;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.MarketData;

public sealed class ReadingABook(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task shows_levels_as_pairs_of_price_and_quantity_best_first()
    {
        var instrument = await _market.ListAsync(priceScale: 2, quantityScale: 2);
        var (_, account) = await _market.DealerAsync(instrument);
        foreach (var (side, quantity, price) in new[]
        {
            (Side.Buy, 5m, 99.98m), (Side.Buy, 1.5m, 100.00m), (Side.Buy, 2m, 99.99m), (Side.Buy, 0.25m, 100.00m),
            (Side.Sell, 4m, 100.02m), (Side.Sell, 3m, 100.01m),
        })
            await _market.PlaceAsync(account, instrument, side, quantity, price);
        using var client = await server.SignedInAsync();

        var book = await (await client.ReadAsync($"/api/v1/orderbook/{instrument.Symbol}?depth=2")).DataAsync();

        Assert.Equal(instrument.Symbol, (string?)book["symbol"]);
        Assert.EndsWith("Z", (string)book["timestamp"]!);
        Assert.Equal("[[100.00,1.75],[99.99,2]]", book["bids"]!.ToJsonString());
        Assert.Equal("[[100.01,3],[100.02,4]]", book["asks"]!.ToJsonString());
        Assert.Equal("6", book["sequence"]!.ToJsonString());
    }

    [Fact]
    public async Task sees_an_order_that_was_just_placed()
    {
        var instrument = await _market.ListAsync();
        var (_, account) = await _market.DealerAsync(instrument);
        using var client = await server.SignedInAsync();
        for (var i = 1; i <= 20; i++)
        {
            await _market.PlaceAsync(account, instrument, Side.Buy, 1, i);
            var book = await (await client.ReadAsync($"/api/v1/orderbook/{instrument.Symbol}?depth=1")).DataAsync();
            Assert.Equal($"[[{i}.00,1]]", book["bids"]!.ToJsonString());
            Assert.Equal(i, (int)book["sequence"]!);
        }
    }

    [Fact]
    public async Task gives_twenty_levels_unless_asked_and_a_thousand_at_most()
    {
        var instrument = await _market.ListAsync();
        var (_, account) = await _market.DealerAsync(instrument);
        for (var price = 1; price <= 1_005; price++)
            await _market.PlaceAsync(account, instrument, Side.Buy, 1, price);
        using var client = await server.SignedInAsync();

        Assert.Equal(20, (await BidsAsync("")).Count);
        Assert.Equal(1_000, (await BidsAsync("?depth=1000")).Count);
        foreach (var depth in new[] { "0", "1001", "-1", "ten", "99999999999999999999" })
        {
            var error = await (await client.ReadAsync($"/api/v1/orderbook/{instrument.Symbol}?depth={depth}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
            Assert.Equal("depth", (string?)error["details"]!["field"]);
        }

        async Task<System.Text.Json.Nodes.JsonArray> BidsAsync(string query) =>
            (await (await client.ReadAsync($"/api/v1/orderbook/{instrument.Symbol}{query}")).DataAsync())["bids"]!.AsArray();
    }

    [Fact]
    public async Task waits_for_a_sequence_and_says_when_it_does_not_come()
    {
        var instrument = await _market.ListAsync();
        using var client = await server.SignedInAsync();
        var now = _market.Venue.Sequence;

        Assert.Equal(HttpStatusCode.OK, (await client.ReadAsync($"/api/v1/orderbook/{instrument.Symbol}?minSequence={now}")).StatusCode);
        await (await client.ReadAsync($"/api/v1/orderbook/{instrument.Symbol}?minSequence={now + 1_000_000}")).ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE");
    }
}
