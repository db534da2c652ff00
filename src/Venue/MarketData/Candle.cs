using MyTradeX.Core;

namespace MyTradeX.Venue.MarketData;

/// <summary>The trades of one minute. Prices and quantities in the instrument's units, value in the currency's.</summary>
public struct Candle
{
    /// <summary>Length of a minute in microseconds.</summary>
    public const long MinuteUs = 60_000_000;

    /// <summary>Start of the minute, microseconds since 1970 UTC.</summary>
    public long OpenTime { get; set; }
    /// <summary>First price.</summary>
    public long Open { get; set; }
    /// <summary>Highest price.</summary>
    public long High { get; set; }
    /// <summary>Lowest price.</summary>
    public long Low { get; set; }
    /// <summary>Last price.</summary>
    public long Close { get; set; }
    /// <summary>Quantity traded.</summary>
    public long Volume { get; set; }
    /// <summary>Value traded.</summary>
    public long Notional { get; set; }
    /// <summary>Trades.</summary>
    public long TradeCount { get; set; }

    /// <summary>The minute that a time lies in.</summary>
    public static long MinuteOf(long time) => time / MinuteUs * MinuteUs;

    /// <summary>A candle of one trade.</summary>
    public static Candle From(long time, in TradeExecuted trade) => new()
    {
        OpenTime = MinuteOf(time),
        Open = trade.Price,
        High = trade.Price,
        Low = trade.Price,
        Close = trade.Price,
        Volume = trade.Quantity,
        Notional = trade.Notional,
        TradeCount = 1,
    };

    /// <summary>Takes in a later trade of the same minute.</summary>
    public void Add(in TradeExecuted trade)
    {
        High = Math.Max(High, trade.Price);
        Low = Math.Min(Low, trade.Price);
        Close = trade.Price;
        Volume += trade.Quantity;
        Notional += trade.Notional;
        TradeCount++;
    }
}
