using MyTradeX.Core;
using MyTradeX.Store;
using MyTradeX.Venue.Demo;
using Xunit;

namespace MyTradeX.Venue.Tests.Demo;

/// <summary>For tests that measure the whole process: they run alone, since what others hold would count.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

[Collection(nameof(Alone))]
public class TheDemoMarket
{
    [Fact]
    public async Task at_first_look_has_an_hour_of_candles_though_the_day_has_just_begun()
    {
        await using var demo = await DemoFixture.StartAsync(pastMinutes: 60); // from 23:20 to 00:20
        await demo.Venue.WaitForHistoryAsync(demo.Venue.Sequence, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        for (var instrument = 1; instrument <= 6; instrument++)
        {
            var candles = await new CandleHistory(demo.Fixture.Database).ListAsync(instrument, CandleHistory.MinuteMicros, null, null, 100, TestContext.Current.CancellationToken);
            Assert.InRange(candles.Count, 59, 61);
            Assert.InRange(candles.Sum(candle => candle.TradeCount), 600, 6_000);
            Assert.InRange(demo.Venue.TickerOf(instrument)!.Value.LastPrice, candles.Min(candle => candle.Low), candles.Max(candle => candle.High));
        }
    }

    [Fact]
    public async Task keeps_ten_levels_a_side_and_a_spread_of_at_most_three_ticks()
    {
        await using var demo = await DemoFixture.StartAsync();
        for (var second = 0; second < 30; second++)
        {
            await demo.LiveAsync(1.5);
            for (var instrument = 1; instrument <= 6; instrument++)
            {
                var (bids, asks) = (demo.Depth(instrument, Side.Buy), demo.Depth(instrument, Side.Sell));
                Assert.True(bids.Count >= 10 && asks.Count >= 10, $"{bids.Count} bids and {asks.Count} asks");
                Assert.True(bids[^1].Quantity > bids[0].Quantity, "the book is deeper away from the best price");
            }
        }
        await demo.LiveAsync(2); // a quote of each after whatever the takers took
        Assert.Contains(Enumerable.Range(1, 6), i => demo.Depth(i, Side.Sell)[0].Price - demo.Depth(i, Side.Buy)[0].Price <= 300);
    }

    [Fact]
    public async Task does_the_same_again_with_the_same_seed_and_something_else_with_another()
    {
        var first = await RunAsync(seed: 5);
        Assert.Equal(first, await RunAsync(seed: 5));
        Assert.NotEqual(first, await RunAsync(seed: 6));

        static async Task<UInt128> RunAsync(long seed)
        {
            await using var demo = await DemoFixture.StartAsync(seed: seed);
            // Up to a moment of the past's end: what follows is stamped by a clock that the test moves at its own pace.
            return demo.Venue.Read(0, (exchange, _) => exchange.StateHash());
        }
    }

    [Fact]
    public async Task trades_several_times_a_second_with_few_commands()
    {
        await using var demo = await DemoFixture.StartAsync();
        var from = (demo.Venue.Sequence, Trades(demo));
        await demo.LiveAsync(60);
        var (commands, trades) = (demo.Venue.Sequence - from.Sequence, Trades(demo) - from.Item2);
        Assert.InRange(commands, 60 * 5, 60 * 25);
        Assert.InRange(trades, 60, 60 * 10);

        static long Trades(DemoFixture demo) => demo.Fixture.ReplayAsync(demo.Venue.Sequence).Result.Events is var bytes ? Count(bytes) : 0;
        static long Count(byte[] bytes)
        {
            var count = 0L;
            foreach (var e in new EventReader(bytes))
                if (e.Kind == EventKind.TradeExecuted) count++;
            return count;
        }
    }

    [Fact]
    public async Task quotes_again_after_a_user_has_swept_the_book()
    {
        await using var demo = await DemoFixture.StartAsync();
        var account = await demo.FundUserAsync();
        var offered = demo.Depth(1, Side.Sell).Sum(level => level.Quantity);
        await demo.Fixture.Do(Command.From(7, new PlaceOrder
        {
            AccountId = account,
            InstrumentId = 1,
            Side = Side.Buy,
            Type = OrderType.Market,
            TimeInForce = TimeInForce.Ioc,
            SelfTradePrevention = SelfTradePrevention.CancelNewest,
            Quantity = offered,
        }));

        await demo.LiveAsync(3);

        Assert.True(demo.Depth(1, Side.Sell).Count >= 10);
        Assert.True(demo.Depth(1, Side.Buy).Count >= 10);
    }

    [Fact]
    public async Task leaves_a_halted_instrument_alone_and_comes_back()
    {
        await using var demo = await DemoFixture.StartAsync();
        await demo.Fixture.Do(Command.From(0, new SetHalt { InstrumentId = 1, Halted = true }));
        var book = demo.Instrument(1).BookSequence;
        await demo.LiveAsync(10);
        Assert.Equal(book, demo.Instrument(1).BookSequence);

        await demo.Fixture.Do(Command.From(0, new SetHalt { InstrumentId = 1 }));
        await demo.LiveAsync(20);
        Assert.True(demo.Instrument(1).BookSequence > book);
    }

    [Fact]
    public async Task follows_a_new_tick_lot_and_band()
    {
        await using var demo = await DemoFixture.StartAsync();
        await demo.Fixture.Do(Command.From(0, new UpdateInstrument
        {
            InstrumentId = 1,
            Rules = demo.Instrument(1).Rules with { TickSize = 500, LotSize = 10, BandBps = 50 },
            Name = Text64.From("Apple Inc."),
        }));

        await demo.LiveAsync(5);

        foreach (var side in (Side[])[Side.Buy, Side.Sell])
        {
            Assert.True(demo.Depth(1, side).Count >= 10);
            Assert.All(demo.Depth(1, side), level => Assert.Equal(0, level.Price % 500));
        }
    }

    [Fact]
    public async Task goes_on_after_the_venue_was_killed_and_was_away()
    {
        await using var demo = await DemoFixture.StartAsync();
        await demo.LiveAsync(3);
        var before = demo.Instrument(1).LastPrice;
        await demo.Fixture.CloseAsync(); // under the market's feet: its orders stay in the book
        demo.Clock.Advance(TimeSpan.FromMinutes(10));
        await demo.Fixture.OpenAsync();

        await demo.StartDemoAsync(pastMinutes: 60);
        await demo.LiveAsync(3);

        Assert.InRange(demo.Instrument(1).LastPrice, before * 0.97, before * 1.03);
        Assert.InRange(demo.Depth(1, Side.Buy).Count, 10, 14);
        Assert.InRange(demo.Depth(1, Side.Sell).Count, 10, 14);
        await demo.Venue.WaitForHistoryAsync(demo.Venue.Sequence, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var tape = await demo.Fixture.TapeAsync(1);
        Assert.Contains(tape, trade => trade.ExecutedAt > Venue.MicrosecondsOf(demo.Clock.GetUtcNow() - TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task leaves_no_order_behind_when_it_is_stopped()
    {
        await using var demo = await DemoFixture.StartAsync();
        await demo.StopDemoAsync();
        Assert.Equal(0, demo.Venue.Status.OpenOrders);
    }

    [Fact]
    public async Task runs_for_hours_within_its_means_and_its_memory()
    {
        await using var demo = new DemoFixture();
        await demo.Fixture.OpenAsync();
        var heap = 0L;
        for (var hour = 0; hour < 6; hour++)
        {
            demo.Clock.Advance(TimeSpan.FromHours(1));
            await demo.StartDemoAsync(pastMinutes: 60);
            await demo.StopDemoAsync();
            await demo.Venue.WaitForHistoryAsync(demo.Venue.Sequence, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
            if (hour == 1) heap = GC.GetTotalMemory(forceFullCollection: true);
        }

        // 180,000 commands later: fifty bytes kept of each would show. Where the largest batch of history came late, its lists alone are 4 MB.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - heap, long.MinValue, 9_000_000);
        for (var account = 3L; account <= 10; account++)
        {
            demo.Venue.Read(account, (exchange, id) =>
            {
                Assert.True(exchange.TryGetAccount(id, out var state));
                Assert.Equal(AccountMarks.Synthetic, state.Marks);
                Assert.True(DemoMarket.IsParticipant(state.OwnerId));
                Assert.InRange(state.Balance, 75_000_000_000_000, 300_000_000_000_000);
                for (var instrument = 1; instrument <= 6; instrument++)
                {
                    exchange.TryGetPosition(id, instrument, out var position);
                    var typical = (double)(20_000 / DemoMarket.Symbols[instrument - 1].OpeningPrice);
                    Assert.InRange(position.Quantity / typical, 500, 1_500);
                }
                return 0;
            });
        }
        Assert.Equal(demo.Venue.Sequence, demo.Venue.Status.Sequence);
    }
}
