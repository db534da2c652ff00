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
    // Only of books that somebody follows.
    readonly Dictionary<int, BookMirror> _mirrors = [];
    readonly HashSet<int> _changed = [];

    public string Name => "orderbook";

    public TopicScope Scope => TopicScope.Instrument;

    public Delivery Delivery => Delivery.Diffs;

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
