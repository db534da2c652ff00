using Xunit;
using static MyTradeX.Store.Tests.History.Rows;

namespace MyTradeX.Store.Tests.History;

public abstract class Candles(Engine engine) : HistoryTests(engine)
{
    private const long Hour = 60 * Minute;

    // The start of a UTC day.
    private const long Day = 20_000L * 24 * Hour;

    private CandleHistory History => new(Database);

    [Fact]
    public async Task the_same_minute_written_again_replaces_the_candle()
    {
        Write(Candle(Day, 1, 1, 1, 1));
        Write(Candle(Day, 1, 9, 1, 5, volume: 3), Candle(Day, 1, 9, 1, 6, volume: 4));

        Assert.Equal([Candle(Day, 1, 9, 1, 6, volume: 4)], await History.ListAsync(7, Minute, null, null, 10, Cancel));
    }

    [Fact]
    public async Task an_interval_opens_with_its_first_minute_closes_with_its_last_and_sums_the_rest()
    {
        Write(
            Candle(Day + (4 * Minute), 10, 12, 9, 11, 2),
            Candle(Day + (5 * Minute), 20, 25, 18, 21, 3),
            Candle(Day + (7 * Minute), 21, 30, 20, 29, 4),
            Candle(Day + (9 * Minute), 29, 29, 5, 6, 5),
            Candle(Day + (10 * Minute), 7, 7, 7, 7, 1),
            Candle(Day + (6 * Minute), 99, 99, 1, 99, 9) with { InstrumentId = 8 });

        var candles = await History.ListAsync(7, 5 * Minute, null, null, 10, Cancel);

        Assert.Equal(
            [
                Candle(Day, 10, 12, 9, 11, 2),
                Candle(Day + (5 * Minute), 20, 30, 5, 6, 12) with { TradeCount = 3 },
                Candle(Day + (10 * Minute), 7, 7, 7, 7, 1),
            ],
            candles);
    }

    [Fact]
    public async Task bounds_are_on_the_opening_of_the_whole_interval()
    {
        for (var minute = 0; minute < 20; minute++)
            Write(Candle(Day + (minute * Minute), minute, minute, minute, minute));
        async Task<IEnumerable<long>> Openings(long? from, long? to) =>
            (await History.ListAsync(7, 5 * Minute, from, to, 100, Cancel)).Select(candle => (candle.OpenTime - Day) / Minute).ToArray();

        Assert.Equal([5, 10, 15], await Openings(Day + 1, null));
        Assert.Equal([0, 5], await Openings(Day, Day + (10 * Minute)));
        Assert.Equal([0, 5, 10], await Openings(null, Day + (10 * Minute) + 1));
        Assert.Equal([0, 5, 10, 15], await Openings(long.MinValue, long.MaxValue));
        Assert.All(await History.ListAsync(7, 5 * Minute, Day, Day + (6 * Minute), 9, Cancel), candle => Assert.Equal(5, candle.Volume));
    }

    [Fact]
    public async Task the_latest_are_given_whole_across_gaps_when_there_are_more_than_asked()
    {
        var minutes = Enumerable.Range(0, 500).Where(minute => minute % 60 < 20).Select(minute => (object)Candle(Day + (minute * Minute), minute, minute, minute, minute)).ToArray();
        Write(minutes);

        var hours = await History.ListAsync(7, Hour, null, null, 3, Cancel);

        Assert.Equal([6, 7, 8], hours.Select(candle => (candle.OpenTime - Day) / Hour));
        Assert.Equal((360, 379, 20), ((int)hours[0].Open, (int)hours[0].Close, (int)hours[0].Volume));
    }

    [Fact]
    public async Task a_starting_venue_gets_the_recent_minutes_in_order()
    {
        Write(Candle(Day, 1, 1, 1, 1), Candle(Day + Minute, 2, 2, 2, 2) with { InstrumentId = 8 }, Candle(Day + Minute, 2, 2, 2, 2), Candle(Day + (2 * Minute), 3, 3, 3, 3));

        var recent = await History.LoadRecentAsync(Day + Minute, Cancel);

        Assert.Equal([(7, 1), (8, 1), (7, 2)], recent.Select(candle => ((int)candle.InstrumentId, (int)((candle.OpenTime - Day) / Minute))));
    }

    [Fact]
    public async Task a_starting_venue_gets_the_last_minute_however_old()
    {
        Write(Candle(Day, 1, 1, 1, 1), Candle(Day + Minute, 2, 2, 2, 2) with { InstrumentId = 8 }, Candle(Day + Minute, 2, 2, 2, 2));

        var recent = await History.LoadRecentAsync(Day + (7 * Day), Cancel);

        Assert.Equal([(7, 1), (8, 1)], recent.Select(candle => ((int)candle.InstrumentId, (int)((candle.OpenTime - Day) / Minute))));
    }

    public sealed class OnSqlite() : Candles(Engine.Sqlite);

    public sealed class OnPostgres() : Candles(Engine.Postgres);
}
