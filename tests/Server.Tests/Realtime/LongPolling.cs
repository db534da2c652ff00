using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.MarketData;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

public sealed class LongPolling(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task a_poll_waits_for_what_comes_and_misses_nothing_between_two()
    {
        var instrument = await _market.ListAsync();
        var (_, a) = await _market.DealerAsync(instrument);
        var (_, b) = await _market.DealerAsync(instrument);
        using var client = await server.SignedInAsync();
        var path = $"/api/v1/poll?topics=trades:{instrument.Symbol}";
        var cursor = (string?)(await PollAsync(path))["cursor"];
        await _market.TradeAsync(instrument, a, b, 1, 10);
        await _market.TradeAsync(instrument, a, b, 2, 10);

        var quantities = new List<decimal>();
        while (quantities.Count < 2)
            cursor = await NextAsync(cursor);
        var waiting = NextAsync(cursor);
        await _market.TradeAsync(instrument, a, b, 3, 10);
        await waiting;

        Assert.Equal([1m, 2m, 3m], quantities);

        async Task<string?> NextAsync(string? from)
        {
            var answer = await PollAsync($"{path}&cursor={from}");
            quantities.AddRange(answer["events"]!.AsArray().Select(e => (decimal)e!["payload"]!["quantity"]!));
            return (string?)answer["cursor"];
        }

        async Task<JsonNode> PollAsync(string at) => await (await client.ReadAsync(at)).DataAsync();
    }

    [Fact]
    public async Task a_first_poll_answers_at_once_with_the_state()
    {
        var instrument = await _market.ListAsync(reference: 99);
        using var client = await server.SignedInAsync();

        var answer = await (await client.ReadAsync($"/api/v1/poll?topics=market:{instrument.Symbol},orders")).DataAsync();

        var e = Assert.Single(answer["events"]!.AsArray())!;
        Assert.Equal(("market:update", $"market:{instrument.Symbol}"), ((string?)e["type"], (string?)e["topic"]));
        Assert.Equal("99.00", e["payload"]!["lastPrice"]!.ToJsonString());
        Assert.Equal([$"market:{instrument.Symbol}", "orders"], answer["sequences"]!.AsObject().Select(pair => pair.Key));
    }

    [Fact]
    public async Task when_nothing_comes_the_answer_is_empty_with_the_same_place_to_go_on_from()
    {
        using var client = await server.SignedInAsync();
        var first = await (await client.ReadAsync("/api/v1/poll?topics=orders")).DataAsync();

        var next = await (await client.ReadAsync($"/api/v1/poll?topics=orders&timeout=0&cursor={first["cursor"]}")).DataAsync();

        Assert.Empty(next["events"]!.AsArray());
        Assert.True(long.Parse((string)next["cursor"]!) >= long.Parse((string)first["cursor"]!));
    }
}
