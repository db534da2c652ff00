using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.MarketData;

/// <summary>
/// <c>orderbook:SYMBOL</c>: the whole book, then its changes. The sequence is the book's own, the one that <c>GET /orderbook</c> shows; a
/// message stands for all changes from <c>firstSequence</c> to <c>sequence</c> and gives the levels as they are after the last of them.
/// </summary>
internal sealed class BookTopics(RealtimeTopics topics, Venue.Venue venue, Listings listings, TimeProvider clock) : ITopicFamily
{
    // docs/realtime.md computes these checksums step by step.
    static readonly OrderBookUpdateDto Example = new()
    {
        Symbol = "AAPL", FirstSequence = 48_121, Sequence = 48_121, Timestamp = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero),
        Bids = [new(150.20m, 1000), new(150.15m, 1500)], Asks = [new(150.30m, 800), new(150.35m, 1200)], Checksum = 2_376_304_769,
    };

    // Only of books that somebody follows.
    readonly Dictionary<int, BookMirror> _mirrors = [];
    readonly HashSet<int> _changed = [];

    public string Name => "orderbook";

    public TopicScope Scope => TopicScope.Instrument;

    public Delivery Delivery => Delivery.Diffs;

    public TopicDoc Doc { get; } = new("A book: the whole, then its changes. The sequence is the book's own, the one that `GET /orderbook/{symbol}` shows.",
        new EventDoc("orderbook:snapshot", "All levels, best first: at the beginning, and where changes were passed over.", Example),
        new EventDoc("orderbook:update", "The levels that changed from `firstSequence` to `sequence`, as they are after the last change; quantity 0: the level is gone.", Example with
        {
            FirstSequence = 48_122, Sequence = 48_124, Bids = [new(150.20m, 900), new(150.10m, 2000)], Asks = [new(150.35m, 0)], Checksum = 459_224_234,
        }));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        if (e.Kind != EventKind.LevelChanged)
            return;
        ref readonly var level = ref e.As<LevelChanged>();
        lock (StateGate)
        {
            if (_mirrors.TryGetValue(level.InstrumentId, out var mirror) && mirror.Note(in level))
                _changed.Add(level.InstrumentId);
        }
    }

    public void Flush()
    {
        if (_changed.Count == 0)
            return;
        foreach (var instrument in _changed)
            lock (StateGate)
            {
                var mirror = _mirrors[instrument];
                if (topics.Find(this, instrument) is not { } topic)
                {
                    _mirrors.Remove(instrument);
                    continue;
                }
                // A book that was read anew since the change was noted has it already.
                if (!mirror.HasNoted)
                    continue;
                var first = mirror.Sequence + 1;
                var update = mirror.Apply(clock.GetUtcNow());
                topics.Publish(topic, "orderbook:update", first, mirror.Sequence, RealtimeEvent.ToJson(update));
            }
        _changed.Clear();
    }

    public long? SequenceOf(long key)
    {
        // A topic that was forgotten and is asked for again begins with a book read anew.
        var mirror = BookMirror.Read(venue, listings.Of((int)key));
        _mirrors[(int)key] = mirror;
        return mirror.Sequence;
    }

    public TopicState? StateOf(Topic topic)
    {
        var mirror = _mirrors[(int)topic.Key];
        return new("orderbook:snapshot", mirror.Sequence, RealtimeEvent.ToJson(mirror.Whole(clock.GetUtcNow())));
    }
}
