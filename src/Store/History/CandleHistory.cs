namespace MyTradeX.Store;

/// <summary>Candles of any interval, put together from the stored minutes.</summary>
public sealed class CandleHistory(Database database)
{
    /// <summary>Length of a stored candle, in microseconds.</summary>
    public const long MinuteMicros = 60_000_000;

    /// <summary>Most candles given at once; of a day each, that is four years of trading.</summary>
    public const int CandlesMax = 1_500;

    /// <summary>Most stored candles given to a starting venue.</summary>
    public const int RecentMax = 500_000;

    /// <summary>Stored minutes read at a time.</summary>
    private const int ChunkRows = 10_000;

    /// <summary>
    /// The latest candles of an instrument, oldest first. Intervals begin at whole multiples since 1970-01-01 UTC, so a day
    /// is a UTC day. An interval without trades has no candle.
    /// </summary>
    /// <param name="instrumentId">The instrument.</param>
    /// <param name="intervalMicros">A whole number of minutes, in microseconds.</param>
    /// <param name="from">Candles that open at or after; null for no bound.</param>
    /// <param name="to">Candles that open before; null for no bound.</param>
    /// <param name="limit">1 to <see cref="CandlesMax"/>; when there are more, the latest are given.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public Task<IReadOnlyList<CandleRow>> ListAsync(
        long instrumentId, long intervalMicros, long? from, long? to, int limit, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(intervalMicros, MinuteMicros);
        ArgumentOutOfRangeException.ThrowIfNotEqual(intervalMicros % MinuteMicros, 0, nameof(intervalMicros));
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, CandlesMax);
        // Bounds are on the opening of the whole interval, so both are moved up to the next opening.
        var first = from is { } lower ? NextOpening(lower, intervalMicros) : long.MinValue;
        var end = to is { } upper ? NextOpening(upper, intervalMicros) : long.MaxValue;
        return database.ReadAsync(session => ListAsync(session, instrumentId, intervalMicros, first, end, limit), cancellation);
    }

    /// <summary>
    /// The stored minutes of all instruments since a time, and the last minute there is however old it be: a venue goes on with it. By time then
    /// instrument; the latest <see cref="RecentMax"/> when there are more.
    /// </summary>
    /// <param name="since">Microseconds since 1970-01-01 UTC.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    public async Task<IReadOnlyList<CandleRow>> LoadRecentAsync(long since, CancellationToken cancellation = default)
    {
        var candles = await database.ReadAsync(
            session => session.ListAsync<CandleRow>(
                "SELECT * FROM candles WHERE open_time >= @since OR open_time = (SELECT MAX(open_time) FROM candles) ORDER BY open_time DESC, instrument_id DESC LIMIT @max",
                new { since, max = (long)RecentMax }),
            cancellation);
        candles.Reverse();
        return candles;
    }

    // Reads backwards from the end until enough intervals are whole; gaps in trading cost nothing.
    private static async Task<IReadOnlyList<CandleRow>> ListAsync(Session session, long instrumentId, long interval, long first, long end, int limit)
    {
        var candles = new List<CandleRow>();
        var chunk = (int)Math.Min(ChunkRows, limit * (interval / MinuteMicros));
        while (true)
        {
            var minutes = await session.ListAsync<CandleRow>(
                "SELECT * FROM candles WHERE instrument_id = @instrumentId AND open_time >= @first AND open_time < @end ORDER BY open_time DESC LIMIT @chunk",
                new { instrumentId, first, end, chunk = (long)chunk });
            foreach (var minute in minutes)
            {
                var opening = minute.OpenTime - (minute.OpenTime % interval);
                if (candles.Count > 0 && candles[^1].OpenTime == opening)
                {
                    candles[^1] = WithEarlier(candles[^1], minute);
                    continue;
                }

                if (candles.Count == limit)
                {
                    candles.Reverse();
                    return candles;
                }

                candles.Add(minute with { OpenTime = opening });
            }

            if (minutes.Count < chunk)
            {
                candles.Reverse();
                return candles;
            }

            end = minutes[^1].OpenTime;
        }
    }

    private static CandleRow WithEarlier(CandleRow candle, CandleRow minute) => candle with
    {
        Open = minute.Open,
        High = Math.Max(candle.High, minute.High),
        Low = Math.Min(candle.Low, minute.Low),
        Volume = checked(candle.Volume + minute.Volume),
        Notional = checked(candle.Notional + minute.Notional),
        TradeCount = candle.TradeCount + minute.TradeCount,
    };

    private static long NextOpening(long time, long interval)
    {
        var remainder = time % interval;
        return remainder <= 0 ? time - remainder : time - remainder > long.MaxValue - interval ? long.MaxValue : time - remainder + interval;
    }
}
