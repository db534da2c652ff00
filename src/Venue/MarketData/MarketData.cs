using MyTradeX.Core;
using MyTradeX.Store;

namespace MyTradeX.Venue.MarketData;

/// <summary>What has been traded lately, kept in memory beside the exchange and read under the same lock.</summary>
sealed class MarketData
{
    readonly List<RollingDay> _days = [];

    /// <summary>Takes in the candles that SQL has kept, oldest first.</summary>
    public void Restore(IEnumerable<CandleRow> candles)
    {
        foreach (var row in candles)
        {
            DayOf((int)row.InstrumentId).Restore(new Candle
            {
                OpenTime = row.OpenTime,
                Open = row.Open,
                High = row.High,
                Low = row.Low,
                Close = row.Close,
                Volume = row.Volume,
                Notional = row.Notional,
                TradeCount = row.TradeCount,
            });
        }
    }

    /// <summary>Takes in what has just happened.</summary>
    public void Fold(EventBuffer events)
    {
        foreach (var e in events)
        {
            if (e.Kind != EventKind.TradeExecuted) continue;
            ref readonly var trade = ref e.As<TradeExecuted>();
            DayOf(trade.InstrumentId).Add(e.Header.Time, in trade);
        }
    }

    /// <summary>An instrument's market now.</summary>
    public Ticker TickerOf(Exchange exchange, in InstrumentState instrument, long now)
    {
        Span<BookLevel> bid = stackalloc BookLevel[1];
        Span<BookLevel> ask = stackalloc BookLevel[1];
        exchange.CopyDepth(instrument.Id, Side.Buy, bid);
        exchange.CopyDepth(instrument.Id, Side.Sell, ask);
        var day = DayOf(instrument.Id);
        var (volume, high, low, open) = day.Over24Hours(now);
        return new Ticker(
            instrument.Id, instrument.ReferencePrice, bid[0].Price, bid[0].Quantity, ask[0].Price, ask[0].Quantity,
            volume, high, low, open, day.LastTradeAt != 0 ? day.LastTradeAt : instrument.CreatedAt, exchange.Sequence);
    }

    RollingDay DayOf(int instrumentId)
    {
        while (_days.Count < instrumentId) _days.Add(new RollingDay());
        return _days[instrumentId - 1];
    }
}
