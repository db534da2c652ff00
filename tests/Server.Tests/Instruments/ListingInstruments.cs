using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Instruments;

public sealed class ListingInstruments(TradingServer server) : IClassFixture<TradingServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task an_instrument_tells_all_its_rules()
    {
        using var client = await server.AdminAsync();
        var admin = new Trader(client, "", "");
        var answer = await admin.PostTextAsync("/instruments", """
            {"symbol":"brk.b","name":"Berkshire Hathaway","tickSize":0.05,"lotSize":10,"priceBandPercent":5.5,"makerFeePercent":0.0001,"takerFeePercent":0.02,
             "sessionOpen":"14:30","sessionClose":"21:00","referencePrice":400}
            """);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("/api/v1/instruments/BRK.B", answer.Header("Location"));
        var made = (await answer.DataAsync()).AsObject();
        Assert.Contains((string?)made["status"], new[] { "OPEN", "CLOSED" });
        made.Remove("status");
        made.Remove("createdAt");
        Assert.Equal("""
            {"symbol":"BRK.B","name":"Berkshire Hathaway","currency":"USD","priceScale":2,"quantityScale":0,"tickSize":0.05,"lotSize":10,"priceBandPercent":5.50,"makerFeePercent":0.0001,"takerFeePercent":0.02,"sessionOpen":"14:30","sessionClose":"21:00","referencePrice":400.00,"minPrice":378.00,"maxPrice":422.00}
            """, made.ToJsonString());
        await (await admin.PostTextAsync("/instruments", """{"symbol":"BRK.B","tickSize":1}""")).ErrorAsync(HttpStatusCode.Conflict, "INSTRUMENT_EXISTS");
    }

    [Theory]
    [InlineData("""{"tickSize":1}""", "symbol")]
    [InlineData("""{"symbol":"a b","tickSize":1}""", "symbol")]
    [InlineData("""{"symbol":"ABCDEFGHIJKLMNOPQ","tickSize":1}""", "symbol")]
    [InlineData("""{"symbol":"X1"}""", "tickSize")]
    [InlineData("""{"symbol":"X1","tickSize":0}""", "tickSize")]
    [InlineData("""{"symbol":"X1","tickSize":0.001,"priceScale":2}""", "tickSize")]
    [InlineData("""{"symbol":"X1","tickSize":0.00000001}""", "priceScale")]
    [InlineData("""{"symbol":"X1","tickSize":0.0001,"lotSize":0.001}""", "quantityScale")]
    [InlineData("""{"symbol":"X1","tickSize":1,"priceScale":-1}""", "priceScale")]
    [InlineData("""{"symbol":"X1","tickSize":1,"priceScale":2147483647,"quantityScale":2147483647}""", "priceScale")]
    [InlineData("""{"symbol":"X1","tickSize":1,"quantityScale":2147483647}""", "quantityScale")]
    [InlineData("""{"symbol":"X1","tickSize":1,"priceBandPercent":100}""", "priceBandPercent")]
    [InlineData("""{"symbol":"X1","tickSize":1,"makerFeePercent":10.0001}""", "makerFeePercent")]
    [InlineData("""{"symbol":"X1","tickSize":1,"takerFeePercent":-1}""", "takerFeePercent")]
    [InlineData("""{"symbol":"X1","tickSize":1,"sessionOpen":"25:00"}""", "sessionOpen")]
    [InlineData("""{"symbol":"X1","tickSize":1,"referencePrice":1.5}""", "referencePrice")]
    [InlineData("""{"symbol":"X1","tickSize":1,"name":"12345678901234567890123456789012345678901234567890123456789012345"}""", "name")]
    public async Task rules_that_cannot_be_are_refused_by_field(string body, string field)
    {
        using var client = await server.AdminAsync();
        var error = await (await new Trader(client, "", "").PostTextAsync("/instruments", body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(field, (string?)error["details"]!["field"]);
    }

    [Fact]
    public async Task rules_can_be_changed_one_by_one()
    {
        var symbol = await server.ListAsync();
        using var client = await server.AdminAsync();
        var admin = new Trader(client, "", "");
        var answer = await admin.PutAsync($"/instruments/{symbol}", new { tickSize = 0.05, name = "Another name" });
        Assert.NotNull(answer.Header("X-Sequence"));
        var changed = await answer.DataAsync();
        Assert.Equal(("Another name", 0.05m, 0.02m), ((string?)changed["name"], (decimal)changed["tickSize"]!, (decimal)changed["takerFeePercent"]!));
        var trader = await server.TraderAsync();
        await (await trader.TryLimitAsync(symbol, "BUY", 1, 150.01m)).ErrorAsync(HttpStatusCode.UnprocessableEntity, "INVALID_TICK_SIZE");
        await (await admin.PutAsync("/instruments/NOPE", new { tickSize = 1 })).ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");
        await (await admin.PutAsync($"/instruments/{symbol}", new { tickSize = 0.001 })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task only_administrators_list_change_and_halt()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync(0);
        await (await trader.PostAsync("/instruments", new { symbol = "MINE", tickSize = 1 })).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await trader.PutAsync($"/instruments/{symbol}", new { tickSize = 1 })).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await trader.PostAsync($"/instruments/{symbol}/halt", new { })).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await trader.PostAsync($"/instruments/{symbol}/resume", new { })).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        Assert.Equal("OPEN", (string?)(await (await trader.GetAsync($"/instruments/{symbol}")).DataAsync())["status"]);
    }

    [Fact]
    public async Task halting_shows_and_may_be_repeated()
    {
        var symbol = await server.ListAsync();
        using var client = await server.AdminAsync();
        var admin = new Trader(client, "", "");
        for (var i = 0; i < 2; i++)
            Assert.Equal("HALTED", (string?)(await (await admin.PostAsync($"/instruments/{symbol}/halt", new { })).DataAsync())["status"]);
        Assert.Equal("OPEN", (string?)(await (await admin.PostAsync($"/instruments/{symbol}/resume", new { })).DataAsync())["status"]);
        await (await admin.PostAsync("/instruments/NOPE/halt", new { })).ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");
    }

    [Fact]
    public async Task the_list_pages_both_ways_in_order_of_listing()
    {
        for (var i = 0; i < 5; i++)
            await server.ListAsync();
        var trader = await server.TraderAsync(0);
        var all = Symbols(await (await trader.GetAsync("/instruments?size=100")).JsonAsync());
        Assert.True(all.Count >= 5);
        Assert.Equal(all.Skip(2).Take(2), Symbols(await (await trader.GetAsync("/instruments?size=2&page=2")).JsonAsync()));
        var first = await (await trader.GetAsync("/instruments?size=2&cursor=")).JsonAsync();
        var second = await (await trader.GetAsync($"/instruments?size=2&cursor={first["pagination"]!["nextCursor"]}")).JsonAsync();
        Assert.Equal(all.Skip(2).Take(2), Symbols(second));
        Assert.Equal(all.Take(2), Symbols(await (await trader.GetAsync($"/instruments?size=2&cursor={second["pagination"]!["prevCursor"]}")).JsonAsync()));
        await (await trader.GetAsync("/instruments/NOPE")).ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");

        static List<string> Symbols(JsonNode list) => [.. list["data"]!.AsArray().Select(instrument => (string)instrument!["symbol"]!)];
    }

    [Fact]
    public async Task outside_its_session_an_instrument_is_closed()
    {
        var now = server.Clock.GetUtcNow();
        var symbol = await server.ListAsync(new { sessionOpen = $"{now.AddHours(2):HH:mm}", sessionClose = $"{now.AddHours(3):HH:mm}" });
        var trader = await server.TraderAsync();
        Assert.Equal("CLOSED", (string?)(await (await trader.GetAsync($"/instruments/{symbol}")).DataAsync())["status"]);
        await (await trader.TryLimitAsync(symbol, "BUY", 1, 150)).ErrorAsync(HttpStatusCode.UnprocessableEntity, "MARKET_CLOSED");
    }

    [Fact]
    public async Task the_documents_list_every_trading_endpoint()
    {
        using var client = server.Client();
        var document = await (await client.GetAsync("/openapi/v1.json", Cancellation)).JsonAsync();
        foreach (var (path, methods) in new[]
        {
            ("/orders", "get post delete"), ("/orders/{id}", "get put delete"), ("/orders/preview", "post"), ("/orders/kill-switch", "get put"), ("/accounts", "get post"),
            ("/accounts/{id}", "get"), ("/accounts/{id}/balance", "get"), ("/accounts/{id}/transactions", "get"), ("/accounts/{id}/deposits", "post"), ("/accounts/{id}/positions", "post"),
            ("/instruments", "get post"), ("/instruments/{symbol}", "get put"), ("/instruments/{symbol}/halt", "post"), ("/instruments/{symbol}/resume", "post"),
        })
        {
            foreach (var method in methods.Split(' '))
                Assert.NotEmpty((string)document["paths"]!["/api/v1" + path]![method]!["summary"]!);
        }
    }
}
