using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Core;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.MarketData;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Portfolio;

/// <summary>The portfolio against an account book kept in decimals from the fills alone.</summary>
public sealed class ReplayingFills(TestServer server) : IClassFixture<TestServer>
{
    const decimal StartingCash = 5_000_000m, UnitCost = 33.333m, Delivered = 1_234.56m;
    const int MakerPpm = 137, TakerPpm = 421;

    readonly TestMarket _market = new(server);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task gives_the_same_to_the_last_decimal(int seed)
    {
        var random = new Random(seed);
        var (client, user) = await _market.TraderAsync();
        var account = await _market.AccountAsync(user, StartingCash);
        var instruments = new[]
        {
            await _market.ListAsync(priceScale: 3, quantityScale: 2, reference: 30m, makerFeePpm: MakerPpm, takerFeePpm: TakerPpm),
            await _market.ListAsync(priceScale: 4, quantityScale: 0, reference: 0.5m, makerFeePpm: MakerPpm, takerFeePpm: TakerPpm),
        };
        foreach (var instrument in instruments)
        {
            await _market.DeliverAsync(account, instrument, instrument.QuantityScale == 0 ? 1_000 : Delivered, UnitCost);
            var (_, dealer) = await _market.DealerAsync(instrument);
            for (var i = 0; i < 150; i++)
            {
                var (quantity, price) = Draw(random, instrument);
                // The user's orders and the dealer's cross at random, so that fills are partial and either side may be the maker.
                var (first, second) = random.Next(2) == 0 ? (account, dealer) : (dealer, account);
                var side = (Side)random.Next(1, 3);
                await TryPlaceAsync(first, instrument, side, quantity, price);
                (quantity, _) = Draw(random, instrument);
                await TryPlaceAsync(second, instrument, side == Side.Buy ? Side.Sell : Side.Buy, quantity, price);
            }
        }

        var book = new Book(StartingCash);
        foreach (var instrument in instruments)
        {
            var line = book.Open(instrument, instrument.QuantityScale == 0 ? 1_000 : Delivered, UnitCost);
            foreach (var trade in await TradesAsync(instrument))
                book.Take(line, trade, account);
        }
        Assert.True(book.Fills > 100, $"{book.Fills} fills");
        Assert.All(instruments, instrument => Assert.True(book[instrument].Sold > 0));

        var positions = (await (await client.ReadAsync("/api/v1/portfolio/positions?includeClosed=true")).DataAsync()).AsArray();
        foreach (var instrument in instruments)
        {
            var line = book[instrument];
            var position = positions.Single(shown => (string?)shown!["symbol"] == instrument.Symbol)!;
            Assert.Equal(line.Quantity, Number(position, "quantity"));
            Assert.Equal(line.Cost, Number(position, "costBasis"));
            Assert.Equal(line.Quantity == 0 ? 0 : Math.Round(line.Cost / line.Quantity, instrument.PriceScale + 2, MidpointRounding.ToEven), Number(position, "averageCost"));
            Assert.Equal(line.Last, Number(position, "currentPrice"));
            Assert.Equal(line.Quantity * line.Last, Number(position, "marketValue"));
            Assert.Equal(line.Quantity * line.Last - line.Cost, Number(position, "unrealizedPnL"));
            Assert.Equal(line.Realized, Number(position, "realizedPnL"));
            Assert.Equal(line.Fees, Number(position, "fees"));
            Assert.Equal(line.Quantity * line.Last + line.DayCash, Number(position, "dayPnL"));
        }
        var summary = await (await client.ReadAsync("/api/v1/portfolio/summary")).DataAsync();
        Assert.Equal(book.Cash, Number(summary, "cash"));
        Assert.Equal(book.Cash + book.Lines.Sum(line => line.Quantity * line.Last), Number(summary, "totalValue"));
        Assert.Equal(book.Lines.Sum(line => line.Quantity * line.Last - line.Cost), Number(summary, "totalUnrealizedPnL"));
        Assert.Equal(book.Lines.Sum(line => line.Realized), Number(summary, "totalRealizedPnL"));
        Assert.Equal(book.Lines.Sum(line => line.Fees), Number(summary, "totalFees"));
        // What was brought in, and what has been made of it: both ways of counting meet.
        var deliveredAtCost = book.Lines.Sum(line => line.Delivered);
        Assert.Equal(
            StartingCash + deliveredAtCost + Number(summary, "totalRealizedPnL") + Number(summary, "totalUnrealizedPnL") - Number(summary, "totalFees"),
            Number(summary, "totalValue"));
    }

    static (decimal Quantity, decimal Price) Draw(Random random, TestInstrument instrument) => instrument.QuantityScale == 0
        ? (random.Next(1, 300), 0.5m + random.Next(-500, 500) / 10_000m)
        : (random.Next(1, 30_000) / 100m, 30m + random.Next(-2_000, 2_000) / 1_000m);

    // An order that funds, shares or an own resting order do not allow is simply not there.
    async Task TryPlaceAsync(long account, TestInstrument instrument, Side side, decimal quantity, decimal price) =>
        await _market.Venue.SubmitAsync(Command.From(0, new PlaceOrder
        {
            AccountId = account,
            InstrumentId = instrument.Id,
            Side = side,
            Type = OrderType.Limit,
            TimeInForce = TimeInForce.Gtc,
            SelfTradePrevention = SelfTradePrevention.CancelOldest,
            Quantity = (long)(quantity * Power(instrument.QuantityScale)),
            Price = (long)(price * Power(instrument.PriceScale)),
        }));

    async Task<IReadOnlyList<TradeRow>> TradesAsync(TestInstrument instrument)
    {
        await _market.Venue.WaitForHistoryAsync(_market.Venue.Sequence, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var trades = await server.Services.GetRequiredService<TradeHistory>()
            .ListAsync(new TradeQuery { InstrumentId = instrument.Id }, 1, 1_000, TestContext.Current.CancellationToken);
        return [.. trades.Items.Reverse()];
    }

    static decimal Power(int scale) => scale == 0 ? 1 : 10 * Power(scale - 1);

    static decimal Number(JsonNode node, string name) => (decimal)node[name]!;

    /// <summary>Account keeping as docs/portfolio.md describes it, in decimals.</summary>
    sealed class Book(decimal cash)
    {
        readonly Dictionary<int, Line> _lines = [];

        public decimal Cash { get; private set; } = cash;

        public int Fills { get; private set; }

        public IEnumerable<Line> Lines => _lines.Values;

        public Line this[TestInstrument instrument] => _lines[instrument.Id];

        public Line Open(TestInstrument instrument, decimal quantity, decimal unitCost) => _lines[instrument.Id] = new()
        {
            Instrument = instrument, Quantity = quantity, Cost = quantity * unitCost, Delivered = quantity * unitCost, DayCash = -quantity * unitCost,
        };

        public void Take(Line line, TradeRow trade, long account)
        {
            var price = trade.Price / Power(line.Instrument.PriceScale);
            var quantity = trade.Quantity / Power(line.Instrument.QuantityScale);
            line.Last = price;
            var isBuyer = trade.BuyAccountId == account;
            if (!isBuyer && trade.SellAccountId != account)
                return;
            Fills++;
            var value = price * quantity;
            var isTaker = trade.TakerSide == (isBuyer ? "BUY" : "SELL");
            var fee = Floor(value * (isTaker ? TakerPpm : MakerPpm) / 1_000_000m);
            line.Fees += fee;
            Cash -= fee;
            if (isBuyer)
            {
                line.Quantity += quantity;
                line.Cost += value;
                line.DayCash -= value;
                Cash -= value;
                return;
            }
            var cost = Floor(line.Cost * quantity / line.Quantity);
            line.Quantity -= quantity;
            line.Cost -= cost;
            line.Realized += value - cost;
            line.DayCash += value;
            line.Sold += quantity;
            Cash += value;
        }

        static decimal Floor(decimal value) => Math.Floor(value * Power(TestMarket.UsdScale)) / Power(TestMarket.UsdScale);
    }

    sealed class Line
    {
        public required TestInstrument Instrument { get; init; }
        public decimal Quantity { get; set; }
        public decimal Cost { get; set; }
        public decimal Delivered { get; init; }
        public decimal Realized { get; set; }
        public decimal Fees { get; set; }
        public decimal DayCash { get; set; }
        public decimal Last { get; set; }
        public decimal Sold { get; set; }
    }
}
