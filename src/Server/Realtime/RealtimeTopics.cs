using System.Collections.Concurrent;

namespace MyTradeX.Server.Realtime;

/// <summary>Where a topic is found.</summary>
/// <param name="Family">Its kind.</param>
/// <param name="Key">The instrument, the user, or 0.</param>
/// <param name="Name">As its subscribers know it.</param>
internal readonly record struct TopicAddress(ITopicFamily Family, long Key, string Name);

/// <summary>The topics that somebody listens to or lately did, and the one order of all their events.</summary>
/// <remarks>
/// Event ids rise from the microsecond at which the server started, so that an id of an earlier life is older than everything kept and whoever resumes
/// from it is told of a gap. A topic that begins later begins its sequence there, too: no number is ever given twice.
/// </remarks>
internal sealed class RealtimeTopics(RealtimeOptions options, TimeProvider clock)
{
    readonly Lock _publishing = new();
    readonly Lock _opening = new();
    readonly ConcurrentDictionary<(ITopicFamily Family, long Key), Topic> _topics = [];
    long _lastId = Venue.Venue.MicrosecondsOf(clock.GetUtcNow());

    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Id of the newest event; that and all before it can be read.</summary>
    public long LastId => Interlocked.Read(ref _lastId);

    public int Count => _topics.Count;

    /// <summary>The topic that somebody listens to or lately did, or null: then nobody need be told.</summary>
    public Topic? Find(ITopicFamily family, long key) => _topics.GetValueOrDefault((family, key));

    /// <summary>The topic at an address, made when it is not there. Called under the family's gate.</summary>
    public Topic Open(in TopicAddress address)
    {
        lock (_opening)
        {
            if (!_topics.TryGetValue((address.Family, address.Key), out var topic))
            {
                var begin = LastId;
                topic = new Topic(address.Family, address.Key, address.Name, address.Family.SequenceOf(address.Key) ?? begin, begin);
                _topics[(address.Family, address.Key)] = topic;
            }
            topic.LastUsed = Now;
            return topic;
        }
    }

    public void Leave(Subscription subscription) => subscription.Topic.Remove(subscription, Now);

    /// <summary>Tells the topic's next event.</summary>
    public void Publish<T>(Topic topic, string name, T data) => Publish(topic, name, topic.Sequence + 1, topic.Sequence + 1, RealtimeEvent.ToJson(data));

    /// <summary>Tells an event that stands for a run of sequence numbers. One thread publishes into a topic at a time.</summary>
    public void Publish(Topic topic, string name, long firstSequence, long sequence, ReadOnlyMemory<byte> data)
    {
        Subscription[] told;
        lock (_publishing)
        {
            var e = new RealtimeEvent(_lastId + 1, topic.Name, name, firstSequence, sequence, data, Now);
            told = topic.Append(e);
            Interlocked.Increment(ref _lastId);
        }
        RealtimeMetrics.Published(topic.Family.Name);
        foreach (var subscription in told)
            subscription.Notify();
    }

    /// <summary>Forgets what is too old, and topics that nobody has listened to for as long.</summary>
    public void Sweep()
    {
        var before = Now.AddSeconds(-options.KeepSeconds);
        lock (_opening)
            foreach (var (address, topic) in _topics)
            {
                topic.Forget(before);
                if (!topic.HasSubscribers && topic.LastUsed < before)
                    _topics.TryRemove(address, out _);
            }
    }
}
