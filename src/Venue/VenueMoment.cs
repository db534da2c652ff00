using MyTradeX.Core;
using MyTradeX.Venue.MarketData;

namespace MyTradeX.Venue;

/// <summary>The exchange and its market between two commands. Lives as long as the read that was given it.</summary>
public readonly ref struct VenueMoment
{
    readonly MarketData.MarketData _marketData;

    internal VenueMoment(Exchange exchange, MarketData.MarketData marketData, long now)
    {
        (Exchange, _marketData) = (exchange, marketData);
        Time = Math.Max(now, exchange.Time);
    }

    /// <summary>The exchange.</summary>
    public Exchange Exchange { get; }

    /// <summary>The time of the read, microseconds since 1970 UTC; never before that of the last command.</summary>
    public long Time { get; }

    /// <summary>An instrument's market.</summary>
    public Ticker TickerOf(in InstrumentState instrument) => _marketData.TickerOf(Exchange, in instrument, Time);
}
