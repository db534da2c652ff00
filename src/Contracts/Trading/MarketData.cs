using System.Text.Json.Serialization;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Contracts.Trading;

/// <summary>An instrument's market at a glance. The 24 hours roll.</summary>
public sealed record MarketDataDto
{
    /// <summary>The instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Price of the last trade; before the first one, the reference price; absent when there is neither.</summary>
    public decimal? LastPrice { get; init; }

    /// <summary>Best bid; absent when nobody bids.</summary>
    public decimal? BidPrice { get; init; }

    /// <summary>Best ask; absent when nobody offers.</summary>
    public decimal? AskPrice { get; init; }

    /// <summary>Shares wanted at the best bid.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal BidQuantity { get; init; }

    /// <summary>Shares offered at the best ask.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal AskQuantity { get; init; }

    /// <summary>Shares traded in 24 hours.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal Volume { get; init; }

    /// <summary>Highest price in 24 hours.</summary>
    public decimal? High24h { get; init; }

    /// <summary>Lowest price in 24 hours.</summary>
    public decimal? Low24h { get; init; }

    /// <summary>Last price less the price 24 hours ago, or the first price since; absent before the first trade.</summary>
    public decimal? Change24h { get; init; }

    /// <summary>The same in per cent of that price, rounded to two decimals, halves away from zero.</summary>
    public decimal? ChangePercent24h { get; init; }

    /// <summary>Whether it trades now.</summary>
    public MarketStatus Status { get; init; }

    /// <summary>Time of the last trade, UTC; before the first one, of the listing.</summary>
    public DateTimeOffset Timestamp { get; init; }
}

/// <summary>Whether an instrument trades now.</summary>
public enum MarketStatus
{
    /// <summary>Orders are taken.</summary>
    Open,
    /// <summary>Outside the session.</summary>
    Closed,
    /// <summary>Halted by an administrator.</summary>
    Halted,
}

/// <summary>Asks for the market data of several instruments at once.</summary>
/// <param name="Symbols">1–100 symbols.</param>
public sealed record MarketDataBatchRequest(IReadOnlyList<string>? Symbols);

/// <summary>The aggregated book, best prices first.</summary>
public sealed record OrderBookDto
{
    /// <summary>The instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>The book's own counter of level changes; realtime diffs continue from here.</summary>
    public long Sequence { get; init; }

    /// <summary>When the book was read, UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Buying levels, highest first.</summary>
    public required IReadOnlyList<BookLevelDto> Bids { get; init; }

    /// <summary>Selling levels, lowest first.</summary>
    public required IReadOnlyList<BookLevelDto> Asks { get; init; }
}

/// <summary>A book told to its followers: whole at first, then by its changes.</summary>
public sealed record OrderBookUpdateDto
{
    /// <summary>The instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>The first change of the book that this stands for; one more than the <see cref="Sequence"/> before.</summary>
    public long FirstSequence { get; init; }

    /// <summary>The last one: the levels are as they were after it.</summary>
    public long Sequence { get; init; }

    /// <summary>When it was told, UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>Buying levels that changed, in no order; quantity 0: the level is gone. In a snapshot all levels, highest first.</summary>
    public required IReadOnlyList<BookLevelDto> Bids { get; init; }

    /// <summary>Selling levels that changed, in no order; in a snapshot all levels, lowest first.</summary>
    public required IReadOnlyList<BookLevelDto> Asks { get; init; }

    /// <summary>
    /// CRC-32 of the ten best bids, best first, then the ten best asks, each level as <c>price:quantity|</c> in plain decimals without trailing zeros, after the last change.
    /// </summary>
    public uint Checksum { get; init; }
}

/// <summary>One level of the book, on the wire <c>[150.20, 1000]</c>.</summary>
/// <param name="Price">The price.</param>
/// <param name="Quantity">All shares at it.</param>
[JsonConverter(typeof(BookLevelConverter))]
public readonly record struct BookLevelDto(decimal Price, decimal Quantity);

/// <summary>One trade on the public tape.</summary>
public sealed record TradeDto
{
    /// <summary><c>trade-9</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The instrument.</summary>
    public required string Symbol { get; init; }

    /// <summary>Price.</summary>
    public required decimal Price { get; init; }

    /// <summary>Shares.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public required decimal Quantity { get; init; }

    /// <summary>The side that arrived and took liquidity.</summary>
    public OrderSide Side { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }
}

/// <summary>Open, high, low and close of one interval.</summary>
public sealed record CandleDto
{
    /// <summary>The interval's first instant, UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }

    /// <summary>First price.</summary>
    public required decimal Open { get; init; }

    /// <summary>Highest price.</summary>
    public required decimal High { get; init; }

    /// <summary>Lowest price.</summary>
    public required decimal Low { get; init; }

    /// <summary>Last price.</summary>
    public required decimal Close { get; init; }

    /// <summary>Shares traded.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public required decimal Volume { get; init; }

    /// <summary>Trades.</summary>
    public long Trades { get; init; }
}
