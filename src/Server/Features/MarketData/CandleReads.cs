using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.MarketData;

/// <summary>Candles of a symbol.</summary>
internal sealed class CandleReads(Venue.Venue venue, Listings listings, CandleHistory history)
{
    /// <summary>Candles given unless asked otherwise.</summary>
    public const int LimitDefault = 500;

    const long Minute = CandleHistory.MinuteMicros;

    static readonly Dictionary<string, long> Intervals = new(StringComparer.Ordinal)
    {
        ["1m"] = Minute, ["5m"] = 5 * Minute, ["15m"] = 15 * Minute, ["1h"] = 60 * Minute, ["1d"] = 24 * 60 * Minute,
    };

    public async Task<ApiResult<IReadOnlyList<CandleDto>>> ListAsync(string symbol, QueryReader query, CancellationToken cancellation)
    {
        // Letter case counts: elsewhere 1M is a month.
        var name = query.Text("interval") ?? "1m";
        query.Faults.Require(Intervals.TryGetValue(name, out var interval), "interval", "must be one of " + string.Join(", ", Intervals.Keys));
        var (from, to) = (query.Instant("from"), query.Instant("to"));
        query.Faults.Require(from is null || to is null || from < to, "to", "must be after from");
        var limit = (int)(query.Number("limit", 1, CandleHistory.CandlesMax) ?? LimitDefault);
        query.Faults.ThrowIfAny();

        var instrument = listings.Require(symbol);
        await venue.CatchUpAsync(cancellation);
        var candles = await history.ListAsync(
            instrument.Id, interval, from is { } first ? Micros.From(first) : null, to is { } end ? Micros.From(end) : null, limit, cancellation);
        return Api.Ok<IReadOnlyList<CandleDto>>([.. candles.Select(candle => Show(instrument, candle))]).Cacheable();
    }

    static CandleDto Show(ListedInstrument instrument, CandleRow candle) => new()
    {
        Timestamp = Micros.ToInstant(candle.OpenTime),
        Open = instrument.Price(candle.Open),
        High = instrument.Price(candle.High),
        Low = instrument.Price(candle.Low),
        Close = instrument.Price(candle.Close),
        Volume = instrument.Quantity(candle.Volume),
        Trades = candle.TradeCount,
    };
}
