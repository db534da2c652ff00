using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Core;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.MarketData;

/// <summary>A market that has traded at odd moments for a day and a half.</summary>
public sealed class ATradedMarket : TestServer
{
    const int Seed = 20240115;

    internal TestInstrument Instrument { get; private set; } = null!;

    /// <summary>The tape, oldest first, as the API tells it.</summary>
    internal List<JsonNode> Tape { get; } = [];

    internal async Task EnsureTradedAsync()
    {
        if (Tape.Count > 0)
            return;
        var market = new TestMarket(this);
        Instrument = await market.ListAsync(priceScale: 4, quantityScale: 1);
        var (_, a) = await market.DealerAsync(Instrument);
        var (_, b) = await market.DealerAsync(Instrument);
        var random = new Random(Seed);
        for (var i = 0; i < 250; i++)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(2_000) : random.Next(25 * 60_000)));
            await market.TradeAsync(Instrument, a, b, random.Next(1, 500) / 10m, 100m + random.Next(-9_999, 9_999) / 10_000m, (Side)random.Next(1, 3));
        }
        using var client = await SignedInAsync();
        string? cursor = "";
        while (cursor is not null)
        {
            var answer = await (await client.ReadAsync($"/api/v1/trades/{Instrument.Symbol}?size=100&cursor={cursor}")).JsonAsync();
            Tape.AddRange(answer["data"]!.AsArray()!);
            cursor = (string?)answer["pagination"]!["nextCursor"];
        }
        Tape.Reverse();
        Assert.Equal(250, Tape.Count);
    }
}

public sealed class ReadingCandles(ATradedMarket server) : IClassFixture<ATradedMarket>
{
    [Theory]
    [InlineData("1m", 1)]
    [InlineData("5m", 5)]
    [InlineData("15m", 15)]
    [InlineData("1h", 60)]
    [InlineData("1d", 1_440)]
    public async Task gives_what_the_tape_adds_up_to(string interval, int minutes)
    {
        await server.EnsureTradedAsync();
        var expected = server.Tape
            .GroupBy(trade => Opening(At(trade), minutes))
            .Select(trades => (
                trades.Key, Price(trades.First()), trades.Max(Price), trades.Min(Price), Price(trades.Last()),
                trades.Sum(trade => (decimal)trade["quantity"]!), trades.Count()));

        var candles = await CandlesAsync($"interval={interval}&limit=1500");

        Assert.Equal(expected, candles.Select(candle => (
            At(candle!), (decimal)candle!["open"]!, (decimal)candle["high"]!, (decimal)candle["low"]!, (decimal)candle["close"]!,
            (decimal)candle["volume"]!, (int)candle["trades"]!)));
        Assert.All(candles, candle => Assert.Equal(0, At(candle!).Ticks % TimeSpan.FromMinutes(minutes).Ticks));
    }

    [Fact]
    public async Task gives_the_latest_of_many_and_goes_back_with_to()
    {
        await server.EnsureTradedAsync();
        var all = Times(await CandlesAsync("interval=5m"));

        var latest = Times(await CandlesAsync("interval=5m&limit=10"));
        Assert.Equal(all[^10..], latest);
        var before = Times(await CandlesAsync($"interval=5m&limit=10&to={latest[0]}"));
        Assert.Equal(all[^20..^10], before);
        Assert.Equal(all[^20..], Times(await CandlesAsync($"interval=5m&from={before[0]}")));
    }

    [Fact]
    public async Task of_an_interval_that_a_bound_cuts_are_left_out_or_whole()
    {
        await server.EnsureTradedAsync();
        var hours = Times(await CandlesAsync("interval=1h"));
        var second = DateTimeOffset.Parse(hours[1], CultureInfo.InvariantCulture);

        // One second into the second hour: its candle began earlier, so it is not among those from then on.
        var later = Times(await CandlesAsync($"interval=1h&from={second.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}"));
        Assert.Equal(hours[2..], later);
        var sooner = await CandlesAsync($"interval=1h&to={second.AddSeconds(1):yyyy-MM-ddTHH:mm:ssZ}");
        Assert.Equal(hours[..2], Times(sooner));
        Assert.Equal((await CandlesAsync("interval=1h"))[1]!.ToJsonString(), sooner[1]!.ToJsonString());
    }

    [Theory]
    [InlineData("interval=1M", "interval")]
    [InlineData("interval=2m", "interval")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1501", "limit")]
    [InlineData("from=yesterday", "from")]
    [InlineData("from=2024-01-02&to=2024-01-02", "to")]
    public async Task refuses_what_it_cannot_mean(string query, string field)
    {
        await server.EnsureTradedAsync();
        using var client = await server.SignedInAsync();
        var error = await (await client.ReadAsync($"/api/v1/market-data/{server.Instrument.Symbol}/candles?{query}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(field, (string?)error["details"]!["field"]);
    }

    [Fact]
    public async Task of_all_time_are_read_without_bounds_that_overflow()
    {
        await server.EnsureTradedAsync();
        Assert.NotEmpty(await CandlesAsync("interval=1d&from=0001-01-01&to=9999-12-31"));
    }

    async Task<JsonArray> CandlesAsync(string query)
    {
        using var client = await server.SignedInAsync();
        return (await (await client.ReadAsync($"/api/v1/market-data/{server.Instrument.Symbol}/candles?{query}")).DataAsync()).AsArray();
    }

    static string[] Times(JsonArray candles) => [.. candles.Select(candle => (string)candle!["timestamp"]!)];

    static decimal Price(JsonNode trade) => (decimal)trade["price"]!;

    static DateTimeOffset At(JsonNode trade) => DateTimeOffset.Parse((string)trade["timestamp"]!, CultureInfo.InvariantCulture);

    static DateTimeOffset Opening(DateTimeOffset time, int minutes) => time.AddTicks(-(time.UtcTicks % TimeSpan.FromMinutes(minutes).Ticks));
}
