using System.Globalization;
using System.Text.Json.Nodes;
using MyTradeX.Core;
using MyTradeX.Server.Features.MarketData;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.MarketData;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

public sealed class FollowingABook(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task snapshot_and_changes_make_the_book_that_rest_shows(int seed)
    {
        var instrument = await _market.ListAsync();
        var (_, a) = await _market.DealerAsync(instrument);
        var (_, b) = await _market.DealerAsync(instrument);
        var random = new Random(seed);
        for (var i = 0; i < 20; i++)
            await OrderAsync();
        using var client = await server.SignedInAsync();
        using var stream = await EventReader.OpenAsync(client, $"/api/v1/stream?topics=orderbook:{instrument.Symbol}");
        var book = new ClientBook();
        book.Take((await stream.NextAsync("orderbook:snapshot")).Data["payload"]!);

        for (var round = 0; round < 15; round++)
        {
            for (var i = 0; i < 10; i++)
                await OrderAsync();
            var shown = await (await client.ReadAsync($"/api/v1/orderbook/{instrument.Symbol}?depth=1000")).DataAsync();
            while (book.Sequence < (long)shown["sequence"]!)
                book.Take((await stream.NextAsync("orderbook:update")).Data["payload"]!);
            Assert.Equal((long)shown["sequence"]!, book.Sequence);
            Assert.Equal(shown["bids"]!.AsArray().Select(Level), book.Bids.Reverse().Select(level => (level.Key, level.Value)));
            Assert.Equal(shown["asks"]!.AsArray().Select(Level), book.Asks.Select(level => (level.Key, level.Value)));
        }

        Task<long> OrderAsync() => _market.PlaceAsync(random.Next(2) == 0 ? a : b, instrument, random.Next(2) == 0 ? Side.Buy : Side.Sell, random.Next(1, 50), 100 + random.Next(-30, 30) / 10m);
    }

    [Fact]
    public void the_checksum_is_that_of_zip()
    {
        // The check value that ISO 3309's catalogues give.
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
    }

    static (decimal Price, decimal Quantity) Level(JsonNode? level) => ((decimal)level![0]!, (decimal)level[1]!);

    /// <summary>A book as a client keeps it, from the messages alone.</summary>
    sealed class ClientBook
    {
        public SortedDictionary<decimal, decimal> Bids { get; } = [];

        public SortedDictionary<decimal, decimal> Asks { get; } = [];

        public long Sequence { get; private set; } = -1;

        public void Take(JsonNode message)
        {
            var sequence = (long)message["sequence"]!;
            if (Sequence >= 0)
                Assert.Equal(Sequence + 1, (long)message["firstSequence"]!);
            Apply(Bids, message["bids"]!);
            Apply(Asks, message["asks"]!);
            Sequence = sequence;
            var text = string.Concat(Bids.Reverse().Take(10).Concat(Asks.Take(10)).Select(level => string.Create(CultureInfo.InvariantCulture, $"{level.Key:0.####}:{level.Value:0.####}|")));
            Assert.Equal(Crc32.Of(System.Text.Encoding.ASCII.GetBytes(text)), (uint)message["checksum"]!);
        }

        static void Apply(SortedDictionary<decimal, decimal> side, JsonNode levels)
        {
            foreach (var (price, quantity) in levels.AsArray().Select(Level))
            {
                if (quantity == 0)
                    Assert.True(side.Remove(price), "only what was there goes");
                else
                    side[price] = quantity;
            }
        }
    }
}
