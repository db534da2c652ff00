using MyTradeX.Core;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.MarketData;

/// <summary><c>market:SYMBOL</c>: an instrument's market at a glance, whole, whenever anything of it has changed.</summary>
internal sealed class MarketTopics(RealtimeTopics topics, Listings listings, MarketReads reads) : ITopicFamily
{
    const string Update = "market:update";

    readonly HashSet<int> _changed = [];
    readonly Dictionary<int, ReadOnlyMemory<byte>> _last = [];

    public string Name => "market";

    public TopicScope Scope => TopicScope.Instrument;

    public Delivery Delivery => Delivery.Latest;

    public TopicDoc Doc { get; } = new("A market at a glance, whole, whenever anything of it has changed; at the beginning as it is.",
        new EventDoc(Update, "The market as `GET /market-data/{symbol}` shows it.", MarketDataEndpoints.Example));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.TradeExecuted: _changed.Add(e.As<TradeExecuted>().InstrumentId); break;
            case EventKind.LevelChanged: _changed.Add(e.As<LevelChanged>().InstrumentId); break;
            case EventKind.InstrumentChanged: _changed.Add(e.As<InstrumentChanged>().Instrument.Id); break;
        }
    }

    public void Flush()
    {
        foreach (var instrument in _changed)
        {
            if (topics.Find(this, instrument) is not { } topic)
            {
                _last.Remove(instrument);
                continue;
            }
            lock (StateGate)
            {
                var data = RealtimeEvent.ToJson(reads.MarketOf(listings.Of(instrument)));
                // A change deep in the book changes nothing at a glance.
                if (_last.TryGetValue(instrument, out var last) && last.Span.SequenceEqual(data.Span))
                    continue;
                _last[instrument] = data;
                topics.Publish(topic, Update, topic.Sequence + 1, topic.Sequence + 1, data);
            }
        }
        _changed.Clear();
    }

    public TopicState? StateOf(Topic topic) => new(Update, topic.Sequence, RealtimeEvent.ToJson(reads.MarketOf(listings.Of((int)topic.Key))));
}
