using System.Net;
using MyTradeX.Core;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.MarketData;

public sealed class AMarketAtAGlance(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task shows_prices_quantities_and_the_day_of_hand_made_trades()
    {
        var instrument = await _market.ListAsync(reference: 148m);
        var (_, a) = await _market.DealerAsync(instrument);
        var (_, b) = await _market.DealerAsync(instrument);
        await _market.TradeAsync(instrument, a, b, 10, 148.00m);
        await _market.TradeAsync(instrument, a, b, 20, 152.00m);
        await _market.TradeAsync(instrument, a, b, 30, 149.50m);
        await _market.TradeAsync(instrument, a, b, 40, 150.25m);
        await _market.PlaceAsync(a, instrument, Side.Buy, 600, 150.20m);
        await _market.PlaceAsync(b, instrument, Side.Buy, 400, 150.20m);
        await _market.PlaceAsync(b, instrument, Side.Sell, 800, 150.30m);
        using var client = await server.SignedInAsync();

        var data = await (await client.ReadAsync($"/api/v1/market-data/{instrument.Symbol}")).DataAsync();

        var timestamp = (string)data["timestamp"]!;
        Assert.EndsWith("Z", timestamp);
        Assert.Equal(
            $$"""
            {"symbol":"{{instrument.Symbol}}","lastPrice":150.25,"bidPrice":150.20,"askPrice":150.30,"bidQuantity":1000,"askQuantity":800,"volume":100,"high24h":152.00,"low24h":148.00,"change24h":2.25,"changePercent24h":1.52,"status":"OPEN","timestamp":"{{timestamp}}"}
            """,
            data.ToJsonString());
    }

    [Fact]
    public async Task before_any_trade_shows_the_listing_price_and_leaves_out_what_there_is_none_of()
    {
        var instrument = await _market.ListAsync(reference: 99.5m);
        using var client = await server.SignedInAsync();

        var data = (await (await client.ReadAsync($"/api/v1/market-data/{instrument.Symbol}")).DataAsync()).AsObject();

        Assert.Equal("99.50", data["lastPrice"]!.ToJsonString());
        Assert.Equal("0", data["volume"]!.ToJsonString());
        foreach (var absent in new[] { "bidPrice", "askPrice", "high24h", "low24h", "change24h", "changePercent24h" })
            Assert.False(data.ContainsKey(absent), absent);
    }

    [Fact]
    public async Task rounds_per_cents_to_two_decimals_and_a_tiny_fall_to_a_plain_zero()
    {
        var (halfway, tiny) = (await _market.ListAsync(), await _market.ListAsync());
        var (_, a) = await _market.DealerAsync(halfway);
        var (_, b) = await _market.DealerAsync(tiny);
        await _market.TradeAsync(halfway, b, a, 1, 200.00m);
        await _market.TradeAsync(halfway, b, a, 1, 199.99m);
        await _market.TradeAsync(tiny, a, b, 1, 1_000.00m);
        await _market.TradeAsync(tiny, a, b, 1, 999.99m);
        using var client = await server.SignedInAsync();

        Assert.Equal("-0.01", await PercentAsync(halfway));
        Assert.Equal("0.00", await PercentAsync(tiny));

        async Task<string> PercentAsync(TestInstrument instrument) =>
            (await (await client.ReadAsync($"/api/v1/market-data/{instrument.Symbol}")).DataAsync())["changePercent24h"]!.ToJsonString();
    }

    [Fact]
    public async Task is_found_in_any_letter_case_and_links_to_its_neighbours()
    {
        var instrument = await _market.ListAsync();
        using var client = await server.SignedInAsync();

        var answer = await (await client.ReadAsync($"/api/v1/market-data/{instrument.Symbol.ToLowerInvariant()}")).JsonAsync();

        Assert.Equal(instrument.Symbol, (string?)answer["data"]!["symbol"]);
        Assert.Equal($"/api/v1/orderbook/{instrument.Symbol}", (string?)answer["links"]!["orderbook"]);
    }

    [Fact]
    public async Task tells_a_halt_and_a_closed_session()
    {
        var hour = TimeSpan.FromHours(server.Clock.GetUtcNow().Hour);
        var closed = await _market.ListAsync(sessionOpen: (hour + TimeSpan.FromHours(10)).WithinADay(), sessionClose: (hour + TimeSpan.FromHours(12)).WithinADay());
        var halted = await _market.ListAsync();
        await _market.HaltAsync(halted);
        using var client = await server.SignedInAsync();

        Assert.Equal("CLOSED", await StatusAsync(closed));
        Assert.Equal("HALTED", await StatusAsync(halted));

        async Task<string?> StatusAsync(TestInstrument instrument) =>
            (string?)(await (await client.ReadAsync($"/api/v1/market-data/{instrument.Symbol}")).DataAsync())["status"];
    }

    [Fact]
    public async Task is_not_sent_again_while_nothing_changes()
    {
        var instrument = await _market.ListAsync(reference: 10m);
        var (_, account) = await _market.DealerAsync(instrument);
        using var client = await server.SignedInAsync();
        var path = $"/api/v1/market-data/{instrument.Symbol}";
        var tag = (await client.ReadAsync(path)).Header("ETag")!;

        Assert.Equal(HttpStatusCode.NotModified, (await client.SendAsync(Answers.Request(HttpMethod.Get, path, ("If-None-Match", tag)), TestContext.Current.CancellationToken)).StatusCode);
        await _market.PlaceAsync(account, instrument, Side.Buy, 1, 9m);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(Answers.Request(HttpMethod.Get, path, ("If-None-Match", tag)), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task is_for_signed_in_users_and_listed_symbols()
    {
        var instrument = await _market.ListAsync();
        using var nobody = server.Client();
        using var client = await server.SignedInAsync();
        foreach (var path in new[] { "market-data/", "orderbook/", "trades/" })
        {
            await (await nobody.ReadAsync($"/api/v1/{path}{instrument.Symbol}")).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
            var error = await (await client.ReadAsync($"/api/v1/{path}NOSUCH")).ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");
            Assert.Equal("NOSUCH", (string?)error["details"]!["observed"]);
        }
    }
}

public sealed class AMarketADayLater(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task has_forgotten_the_trades_of_more_than_24_hours_ago_but_not_the_price()
    {
        var instrument = await _market.ListAsync();
        var (_, a) = await _market.DealerAsync(instrument);
        var (_, b) = await _market.DealerAsync(instrument);
        await _market.TradeAsync(instrument, a, b, 5, 100m);
        await _market.AdvanceAsync(TimeSpan.FromHours(12));
        await _market.TradeAsync(instrument, a, b, 7, 110m);
        await _market.AdvanceAsync(TimeSpan.FromHours(13));

        var data = await ReadAsync(instrument);
        Assert.Equal(("7", "110.00", "110.00", "10.00", "10.00"), Day(data));

        await _market.AdvanceAsync(TimeSpan.FromHours(13));
        data = await ReadAsync(instrument);
        Assert.Equal("110.00", data["lastPrice"]!.ToJsonString());
        Assert.Equal(("0", null, null, "0.00", "0.00"), Day(data));
    }

    async Task<System.Text.Json.Nodes.JsonNode> ReadAsync(TestInstrument instrument)
    {
        using var client = await server.SignedInAsync();
        return await (await client.ReadAsync($"/api/v1/market-data/{instrument.Symbol}")).DataAsync();
    }

    static (string?, string?, string?, string?, string?) Day(System.Text.Json.Nodes.JsonNode data) => (
        data["volume"]?.ToJsonString(), data["high24h"]?.ToJsonString(), data["low24h"]?.ToJsonString(),
        data["change24h"]?.ToJsonString(), data["changePercent24h"]?.ToJsonString());
}

static class TimesOfDay
{
    public static TimeSpan WithinADay(this TimeSpan time) => TimeSpan.FromTicks(time.Ticks % TimeSpan.TicksPerDay);
}
