using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.MarketData;

/// <summary><c>trades:SYMBOL</c>: every trade, as the public tape shows it.</summary>
internal sealed class TradeTopics(RealtimeTopics topics, Listings listings) : ITopicFamily
{
    public string Name => "trades";

    public TopicScope Scope => TopicScope.Instrument;

    public Delivery Delivery => Delivery.Tape;

    public TopicDoc Doc { get; } = new("Every trade, as the public tape shows it.",
        new EventDoc("trade:new", "A trade, without its parties.", MarketDataEndpoints.TradeExample));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        if (e.Kind != EventKind.TradeExecuted)
            return;
        ref readonly var trade = ref e.As<TradeExecuted>();
        if (topics.Find(this, trade.InstrumentId) is not { } topic)
            return;
        var instrument = listings.Of(trade.InstrumentId);
        topics.Publish(topic, "trade:new", new TradeDto
        {
            Id = Ids.Trade(trade.TradeId),
            Symbol = instrument.Symbol,
            Price = instrument.Price(trade.Price),
            Quantity = instrument.Quantity(trade.Quantity),
            Side = (OrderSide)(trade.TakerSide - 1),
            Timestamp = Micros.ToInstant(e.Header.Time),
        });
    }
}
