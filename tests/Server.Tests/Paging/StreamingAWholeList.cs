using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Core;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.MarketData;
using Xunit;

namespace MyTradeX.Server.Tests.Paging;

public sealed class StreamingAWholeList(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task gives_every_trade_once_newest_first_in_the_form_of_the_pages()
    {
        var instrument = await _market.ListAsync();
        await TradeManyAsync(instrument, 1_203);
        using var client = await server.SignedInAsync();
        var path = $"/api/v1/trades/{instrument.Symbol}";

        var answer = await client.LinesAsync(path);

        Assert.Equal(1_203, answer.Count);
        Assert.Equal(Enumerable.Range(1, 1_203).Reverse(), answer.Select(trade => (int)trade["quantity"]!));
        var paged = (await (await client.ReadAsync(path + "?size=100")).DataAsync()).AsArray();
        Assert.Equal(paged.Select(trade => trade!.ToJsonString()), answer.Take(100).Select(trade => trade.ToJsonString()));
    }

    [Fact]
    public async Task gives_the_orders_that_fit_the_filters()
    {
        var (one, other) = (await _market.ListAsync(), await _market.ListAsync());
        var (client, userId) = await _market.TraderAsync();
        var account = await _market.AccountAsync(userId, 100_000);
        for (var i = 1; i <= 30; i++)
            await _market.PlaceAsync(account, i % 3 == 0 ? other : one, Side.Buy, i, 1);
        Assert.True((await client.DeleteAsync($"/api/v1/orders?symbol={other.Symbol}", TestContext.Current.CancellationToken)).IsSuccessStatusCode);

        Assert.Equal(30, (await client.LinesAsync("/api/v1/orders")).Count);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => 33 - (3 * i)), (await client.LinesAsync("/api/v1/orders?status=CANCELLED,FILLED")).Select(order => (int)order["quantity"]!));
        Assert.Equal([29, 28, 26], (await client.LinesAsync($"/api/v1/orders?symbol={one.Symbol}&limit=3")).Select(order => (int)order["quantity"]!));
        Assert.Empty(await client.LinesAsync("/api/v1/orders?side=SELL"));
        Assert.Empty(await client.LinesAsync("/api/v1/orders?to=2001-01-01"));
    }

    [Fact]
    public async Task gives_an_accounts_whole_ledger_so_that_its_lines_come_to_its_balance()
    {
        var instrument = await _market.ListAsync(takerFeePpm: 1_000);
        var (client, userId) = await _market.TraderAsync();
        var account = await _market.AccountAsync(userId, 100_000);
        var (_, dealer) = await _market.DealerAsync(instrument);
        for (var i = 1; i <= 20; i++)
            await _market.TradeAsync(instrument, account, dealer, i, 10);

        var lines = await client.LinesAsync($"/api/v1/accounts/account-{account}/transactions?asset=USD");

        Assert.Equal(41, lines.Count);
        var balance = (decimal)(await (await client.ReadAsync($"/api/v1/accounts/account-{account}/balance")).DataAsync())["balance"]!;
        Assert.Equal(balance, lines.Sum(line => (decimal)line["amount"]!));
        Assert.Equal(balance, (decimal)lines[0]["balanceAfter"]!);
    }

    [Fact]
    public async Task shows_nobody_anothers_orders_or_ledger()
    {
        var instrument = await _market.ListAsync();
        var ((mine, _), (_, otherId)) = (await _market.TraderAsync(), await _market.TraderAsync());
        var other = await _market.AccountAsync(otherId, 10_000);
        await _market.PlaceAsync(other, instrument, Side.Buy, 1, 1);

        Assert.Empty(await mine.LinesAsync("/api/v1/orders"));
        Assert.Empty(await mine.LinesAsync($"/api/v1/orders?accountId=account-{other}"));
        await (await mine.AskLinesAsync($"/api/v1/orders?userId=user-{otherId}")).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await mine.AskLinesAsync($"/api/v1/accounts/account-{other}/transactions")).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        using var admin = await server.AdminAsync();
        Assert.Single(await admin.LinesAsync($"/api/v1/orders?userId=user-{otherId}"));
    }

    [Theory]
    [InlineData("page=1", "page")]
    [InlineData("cursor=", "cursor")]
    [InlineData("limit=0", "limit")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2024-01-02&to=2024-01-01", "to")]
    public async Task refuses_before_the_first_line_in_the_usual_form(string query, string field)
    {
        var instrument = await _market.ListAsync();
        using var client = await server.SignedInAsync();

        var error = await (await client.AskLinesAsync($"/api/v1/trades/{instrument.Symbol}?{query}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal(field, (string?)error["details"]!["field"]);
        await (await client.AskLinesAsync("/api/v1/trades/NOSUCH")).ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Client().AskLinesAsync("/api/v1/orders")).StatusCode);
    }

    [Theory]
    [InlineData("application/x-ndjson", true)]
    [InlineData("Application/X-NDJSON; charset=utf-8", true)]
    [InlineData("application/json;q=0.5, application/x-ndjson", true)]
    [InlineData("application/json, application/x-ndjson;q=0.5", false)]
    [InlineData("application/x-ndjson;q=0", false)]
    [InlineData("application/json", false)]
    [InlineData("*/*", false)]
    public async Task is_for_those_who_ask_for_it_by_name(string accept, bool lines)
    {
        var instrument = await _market.ListAsync();
        await TradeManyAsync(instrument, 1);
        using var client = await server.SignedInAsync();
        using var request = Answers.Request(HttpMethod.Get, $"/api/v1/trades/{instrument.Symbol}", ("Accept", accept));

        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(lines ? "application/x-ndjson" : "application/json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Accept", answer.Header("Vary"), StringComparison.Ordinal);
        if (lines)
            Assert.Equal("no-store", answer.Header("Cache-Control"));
    }

    [Fact]
    public async Task is_the_same_in_both_versions_and_compressed()
    {
        var instrument = await _market.ListAsync();
        await TradeManyAsync(instrument, 700);
        using var client = await server.SignedInAsync();
        using var unpacking = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All }) { BaseAddress = server.Address };
        unpacking.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;

        var one = await client.LinesAsync($"/api/v1/trades/{instrument.Symbol}");
        var two = await unpacking.LinesAsync($"/api/v2/trades/{instrument.Symbol}");

        Assert.Equal(700, one.Count);
        Assert.Equal(one.Select(line => line.ToJsonString()), two.Select(line => line.ToJsonString()));
    }

    async Task TradeManyAsync(TestInstrument instrument, int count)
    {
        var (_, buyer) = await _market.DealerAsync(instrument, 10_000_000);
        var (_, seller) = await _market.DealerAsync(instrument, 10_000_000);
        for (var i = 1; i <= count; i++)
            await _market.TradeAsync(instrument, buyer, seller, i, 10m);
    }
}

/// <summary>Asks for lists as lines.</summary>
internal static class Lines
{
    public static async Task<HttpResponseMessage> AskLinesAsync(this HttpClient client, string path)
    {
        using var request = Answers.Request(HttpMethod.Get, path, ("Accept", "application/x-ndjson"));
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>Every line of a whole answer.</summary>
    public static async Task<List<JsonNode>> LinesAsync(this HttpClient client, string path)
    {
        using var answer = await client.AskLinesAsync(path);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType!.ToString());
        Assert.True(text.Length == 0 || text.EndsWith('\n'));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
