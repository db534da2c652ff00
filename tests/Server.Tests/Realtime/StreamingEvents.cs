using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Core;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.MarketData;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

public sealed class StreamingEvents(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task a_trade_is_told_to_its_market_its_book_its_tape_and_its_parties()
    {
        var instrument = await _market.ListAsync(takerFeePpm: 1_000);
        var (client, userId) = await _market.TraderAsync();
        var account = await _market.AccountAsync(userId, 10_000);
        var (_, dealer) = await _market.DealerAsync(instrument);
        var symbol = instrument.Symbol;
        using var stream = await EventReader.OpenAsync(client, $"/api/v1/stream?topics=market:{symbol},orderbook:{symbol},trades:{symbol},orders,accounts,transactions,portfolio");

        await _market.TradeAsync(instrument, account, dealer, 10, 25.50m);

        var seen = new List<(string Id, string Name, JsonNode Data)>();
        while (!seen.Select(e => e.Name).ToHashSet().IsSupersetOf(["connected", "market:update", "orderbook:snapshot", "orderbook:update", "trade:new", "order:update", "balance:update", "transaction:new", "portfolio:update"])
            || seen.Count(e => e.Name == "transaction:new") < 3)
            seen.Add((await stream.NextAsync())!.Value);
        Assert.Equal(["connected", "market:update", "orderbook:snapshot"], seen.Take(3).Select(e => e.Name));
        var trade = Of("trade:new");
        Assert.Equal((10m, 25.50m, "BUY"), ((decimal)trade["quantity"]!, (decimal)trade["price"]!, (string?)trade["side"]));
        var order = Of("order:update");
        Assert.Equal(("FILLED", $"user-{userId}"), ((string?)order["status"], (string?)order["userId"]));
        Assert.Equal(10_000m - 255m - 0.255m, (decimal)Of("balance:update")["balance"]!);
        Assert.Equal(["TRADE", "TRADE", "FEE"], seen.Where(e => e.Name == "transaction:new").Select(e => (string?)e.Data["payload"]!["type"]).OrderDescending());
        Assert.Equal(10m, (decimal)Of("portfolio:update")["quantity"]!);
        // What is told of an order is what is shown of it.
        Assert.Equal((await (await client.ReadAsync($"/api/v1/orders/{order["id"]}")).DataAsync())["sequence"]!.ToJsonString(), order["sequence"]!.ToJsonString());

        JsonNode Of(string name) => seen.Last(e => e.Name == name).Data["payload"]!;
    }

    [Fact]
    public async Task a_stranger_hears_nothing_of_others_orders_and_money()
    {
        var instrument = await _market.ListAsync();
        var (mine, myId) = await _market.TraderAsync();
        var (_, otherId) = await _market.TraderAsync();
        var other = await _market.AccountAsync(otherId, 10_000);
        var own = await _market.AccountAsync(myId, 10_000);
        using var stream = await EventReader.OpenAsync(mine, "/api/v1/stream?topics=orders,accounts,transactions,portfolio");
        await stream.NextAsync("connected");

        await _market.PlaceAsync(other, instrument, Side.Buy, 1, 10);
        await _market.PlaceAsync(own, instrument, Side.Buy, 1, 11);

        Assert.Equal($"user-{myId}", (string?)(await stream.NextAsync("order:update")).Data["payload"]!["userId"]);
    }

    [Fact]
    public async Task a_stream_that_was_cut_goes_on_after_the_last_event_it_had()
    {
        var instrument = await _market.ListAsync();
        var (_, a) = await _market.DealerAsync(instrument);
        var (_, b) = await _market.DealerAsync(instrument);
        using var client = await server.SignedInAsync();
        var path = $"/api/v1/stream?topics=trades:{instrument.Symbol}";
        string last;
        using (var first = await EventReader.OpenAsync(client, path))
        {
            await first.NextAsync("connected");
            await _market.TradeAsync(instrument, a, b, 1, 10);
            last = (await first.NextAsync("trade:new")).Id;
        }
        await _market.TradeAsync(instrument, a, b, 2, 10);
        await _market.TradeAsync(instrument, a, b, 3, 10);

        using var again = await EventReader.OpenAsync(client, path, last);

        await again.NextAsync("connected");
        foreach (var quantity in new[] { 2m, 3m })
            Assert.Equal(quantity, (decimal)(await again.NextAsync())!.Value.Data["payload"]!["quantity"]!);
    }

    [Fact]
    public async Task is_ended_with_a_reason_when_its_token_expires()
    {
        // A server of its own: its clock moves.
        await using var other = new TestServer();
        await other.InitializeAsync();
        using var client = await other.SignedInAsync();
        using var stream = await EventReader.OpenAsync(client, "/api/v1/stream?topics=orders");
        await stream.NextAsync("connected");

        other.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal("UNAUTHORIZED", (string?)(await stream.NextAsync("closed")).Data["payload"]!["code"]);
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task is_ended_with_a_reason_when_its_session_ends()
    {
        var (client, _, _) = await server.NewUserAsync();
        using var stream = await EventReader.OpenAsync(client, "/api/v1/stream?topics=orders");
        await stream.NextAsync("connected");

        Assert.True((await client.WriteAsync("/api/v1/auth/logout", new { })).IsSuccessStatusCode);

        Assert.Equal("UNAUTHORIZED", (string?)(await stream.NextAsync("closed")).Data["payload"]!["code"]);
    }

    [Fact]
    public async Task takes_the_token_from_the_query_where_headers_cannot_be_sent()
    {
        using var signedIn = await server.SignedInAsync();
        using var client = server.Client();

        using var stream = await EventReader.OpenAsync(client, $"/api/v1/stream?topics=orders&token={signedIn.DefaultRequestHeaders.Authorization!.Parameter}");

        await stream.NextAsync("connected");
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.ReadAsync("/api/v1/stream?topics=orders&token=x")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.ReadAsync($"/api/v1/orders?token={signedIn.DefaultRequestHeaders.Authorization.Parameter}")).StatusCode);
    }

    [Theory]
    [InlineData("", "VALIDATION_ERROR", 400)]
    [InlineData("topics=weather", "VALIDATION_ERROR", 400)]
    [InlineData("topics=market", "VALIDATION_ERROR", 400)]
    [InlineData("topics=orders:AAPL", "VALIDATION_ERROR", 400)]
    [InlineData("topics=market:NOSUCH", "INSTRUMENT_NOT_FOUND", 404)]
    [InlineData("topics=orders&lastEventId=-1", "VALIDATION_ERROR", 400)]
    [InlineData("topics=orders&lastEventId=99999999999999999999", "VALIDATION_ERROR", 400)]
    public async Task refuses_what_it_cannot_follow_before_it_begins(string query, string code, int status)
    {
        using var client = await server.SignedInAsync();

        await (await client.ReadAsync("/api/v1/stream?" + query)).ErrorAsync((HttpStatusCode)status, code);
        await (await client.ReadAsync("/api/v1/poll?" + query.Replace("lastEventId", "cursor"))).ErrorAsync((HttpStatusCode)status, code);
    }
}
