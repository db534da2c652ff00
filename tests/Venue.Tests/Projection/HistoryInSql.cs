using Microsoft.Data.Sqlite;
using MyTradeX.Core;
using MyTradeX.Store;
using MyTradeX.Venue.Demo;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MyTradeX.Venue.Tests.Projection;

public class HistoryInSql
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task has_the_candles_that_the_tape_gives()
    {
        await using var fixture = new VenueFixture { Clock = new ManualClock(Noon) };
        await fixture.OpenAsync();
        await using var demo = await DemoMarket.StartAsync(fixture.Venue, new DemoOptions { Past = TimeSpan.FromMinutes(7) }, fixture.Clock, NullLogger.Instance, TestContext.Current.CancellationToken);
        await fixture.Venue.WaitForHistoryAsync(fixture.Venue.Sequence, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        for (var instrument = 1; instrument <= 6; instrument++)
        {
            var tape = await fixture.TapeAsync(instrument);
            var computed = tape.GroupBy(trade => trade.ExecutedAt / 60_000_000).Select(minute => (
                Open: minute.First().Price, High: minute.Max(t => t.Price), Low: minute.Min(t => t.Price), Close: minute.Last().Price,
                Volume: minute.Sum(t => t.Quantity), Notional: minute.Sum(t => t.Notional), Count: (long)minute.Count()));
            var stored = await new CandleHistory(fixture.Database).ListAsync(instrument, CandleHistory.MinuteMicros, null, null, 1_000, TestContext.Current.CancellationToken);
            Assert.InRange(stored.Count, 5, 8);
            Assert.Equal(computed, stored.Select(c => (c.Open, c.High, c.Low, c.Close, c.Volume, c.Notional, c.TradeCount)));
        }
    }

    [Fact]
    public async Task waits_while_the_database_is_away_and_then_catches_up()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        await fixture.ListAsync();
        await fixture.Venue.WaitForHistoryAsync(fixture.Venue.Sequence, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await using var other = new SqliteConnection($"Data Source={Path.Combine(fixture.Folder, "store.db")};Pooling=False");
        await other.OpenAsync(TestContext.Current.CancellationToken);
        Execute(other, "BEGIN IMMEDIATE");
        var order = await fixture.Do(VenueFixture.Limit(1, Side.Buy, 1, 1_000_000));
        await Eventually.IsTrue(() => fixture.Venue.Status.HistoryFailingBecause is not null);
        Assert.True(fixture.Venue.Status.ProjectedSequence < order.Sequence);
        await Assert.ThrowsAsync<VenueUnavailableException>(() =>
            fixture.Venue.WaitForHistoryAsync(order.Sequence, TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken));
        Assert.Equal(RejectCode.None, (await fixture.Do(VenueFixture.Limit(1, Side.Buy, 2, 1_000_000))).Code);

        Execute(other, "ROLLBACK");
        await fixture.Venue.WaitForHistoryAsync(order.Sequence + 1, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Null(fixture.Venue.Status.HistoryFailingBecause);
        Assert.Equal(1, (await new OrderHistory(fixture.Database).GetAsync(order.SubjectId, TestContext.Current.CancellationToken))!.Quantity);
    }

    [Fact]
    public async Task forgets_what_concerns_simulated_participants_alone_after_its_time()
    {
        var clock = new ManualClock(Noon);
        await using var fixture = new VenueFixture { Clock = clock };
        await fixture.OpenAsync();
        await using var demo = await DemoMarket.StartAsync(fixture.Venue, new DemoOptions { Past = TimeSpan.FromMinutes(3) }, clock, NullLogger.Instance, TestContext.Current.CancellationToken);
        await fixture.Venue.WaitForHistoryAsync(fixture.Venue.Sequence, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.NotEmpty(await fixture.TapeAsync(1));

        clock.Advance(TimeSpan.FromHours(25));

        await Eventually.IsTrue(async () => (await fixture.TapeAsync(1)).All(trade => trade.ExecutedAt > Venue.MicrosecondsOf(Noon)));
        Assert.NotEmpty(await new CandleHistory(fixture.Database).ListAsync(1, CandleHistory.MinuteMicros, null, null, 1_000, TestContext.Current.CancellationToken));
    }

    static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
