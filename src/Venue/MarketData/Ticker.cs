namespace MyTradeX.Venue.MarketData;

/// <summary>An instrument's market at a glance. Prices and quantities in the instrument's units; 0 where there is none yet.</summary>
/// <param name="InstrumentId">The instrument.</param>
/// <param name="LastPrice">Price of the last trade; before the first one the listing's reference price.</param>
/// <param name="BidPrice">Best bid.</param>
/// <param name="BidQuantity">Quantity at the best bid.</param>
/// <param name="AskPrice">Best ask.</param>
/// <param name="AskQuantity">Quantity at the best ask.</param>
/// <param name="Volume">Quantity traded in the last 24 hours.</param>
/// <param name="High">Highest price of the last 24 hours.</param>
/// <param name="Low">Lowest price of the last 24 hours.</param>
/// <param name="Open">Price 24 hours ago, or the first after that.</param>
/// <param name="Time">Time of the last trade, microseconds since 1970 UTC; before the first one, of the listing.</param>
/// <param name="Sequence">The venue's sequence that this is as of.</param>
public readonly record struct Ticker(
    int InstrumentId, long LastPrice, long BidPrice, long BidQuantity, long AskPrice, long AskQuantity,
    long Volume, long High, long Low, long Open, long Time, long Sequence);
