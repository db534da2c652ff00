using System.Net;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.MarketData;

public sealed class ReadingManyMarkets(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task in_a_batch_answers_in_the_order_asked()
    {
        var (a, b) = (await _market.ListAsync(), await _market.ListAsync(reference: 7m));
        using var client = await server.SignedInAsync();

        var data = await (await client.WriteAsync("/api/v1/market-data/batch", new { symbols = new[] { b.Symbol, a.Symbol.ToLowerInvariant(), b.Symbol } })).DataAsync();

        Assert.Equal([b.Symbol, a.Symbol, b.Symbol], data.AsArray().Select(market => (string?)market!["symbol"]));
        Assert.Equal("7.00", data[0]!["lastPrice"]!.ToJsonString());
    }

    [Fact]
    public async Task in_a_batch_refuses_the_whole_for_one_unknown_symbol_and_names_it()
    {
        var known = await _market.ListAsync();
        using var client = await server.SignedInAsync();

        var error = await (await client.WriteAsync("/api/v1/market-data/batch", new { symbols = new[] { known.Symbol, "NOSUCH" } }))
            .ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");

        Assert.Equal("symbols[1]", (string?)error["details"]!["field"]);
        Assert.Equal("NOSUCH", (string?)error["details"]!["observed"]);
    }

    [Theory]
    [InlineData("{}", "symbols")]
    [InlineData("""{"symbols":[]}""", "symbols")]
    [InlineData("""{"symbols":"AAPL"}""", "symbols")]
    [InlineData("""{"symbols":["AAPL",null]}""", "symbols[1]")]
    [InlineData("""{"symbols":["AAPL",7]}""", "symbols[1]")]
    public async Task in_a_batch_wants_a_list_of_symbols(string body, string field)
    {
        using var client = await server.SignedInAsync();
        var error = await (await client.WriteAsync("/api/v1/market-data/batch", Answers.Json(body))).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(field, (string?)error["details"]!["field"]);
    }

    [Fact]
    public async Task in_a_batch_takes_a_hundred_symbols_and_no_more()
    {
        var known = await _market.ListAsync();
        using var client = await server.SignedInAsync();

        var hundred = await (await client.WriteAsync("/api/v1/market-data/batch", new { symbols = Enumerable.Repeat(known.Symbol, 100) })).DataAsync();
        Assert.Equal(100, hundred.AsArray().Count);
        await (await client.WriteAsync("/api/v1/market-data/batch", new { symbols = Enumerable.Repeat(known.Symbol, 101) }))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task as_a_list_pages_by_number_and_by_cursor_alike()
    {
        for (var i = 0; i < 5; i++)
            await _market.ListAsync();
        using var client = await server.SignedInAsync();
        var all = Symbols(await (await client.ReadAsync("/api/v1/market-data?size=100")).JsonAsync());
        Assert.True(all.Length >= 5);

        List<string> numbered = [], walked = [], back = [];
        for (var page = 1; numbered.Count < all.Length; page++)
        {
            var answer = await (await client.ReadAsync($"/api/v1/market-data?size=2&page={page}")).JsonAsync();
            numbered.AddRange(Symbols(answer));
            Assert.Equal(all.Length, (int)answer["pagination"]!["total"]!);
            Assert.Equal(numbered.Count < all.Length, (bool)answer["pagination"]!["hasNext"]!);
        }
        string? cursor = "", previous = null;
        while (cursor is not null)
        {
            var answer = await (await client.ReadAsync($"/api/v1/market-data?size=2&cursor={cursor}")).JsonAsync();
            walked.AddRange(Symbols(answer));
            cursor = (string?)answer["pagination"]!["nextCursor"];
            previous = (string?)answer["pagination"]!["prevCursor"];
        }
        while (previous is not null)
        {
            var answer = await (await client.ReadAsync($"/api/v1/market-data?size=2&cursor={previous}")).JsonAsync();
            back.InsertRange(0, Symbols(answer));
            previous = (string?)answer["pagination"]!["prevCursor"];
        }

        Assert.Equal(all, numbered);
        Assert.Equal(all, walked);
        Assert.Equal(all[..back.Count], back);
        Assert.True(back.Count >= all.Length - 2);
    }

    static string[] Symbols(System.Text.Json.Nodes.JsonNode answer) => [.. answer["data"]!.AsArray().Select(market => (string)market!["symbol"]!)];
}
