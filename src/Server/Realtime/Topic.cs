namespace MyTradeX.Server.Realtime;

/// <summary>What becomes of a topic's events for a reader who does not keep up.</summary>
internal enum Delivery
{
    /// <summary>Each event replaces the one before: only the newest is sent.</summary>
    Latest,

    /// <summary>Events are changes of a state that can be told whole: the whole state is sent instead of what was passed over.</summary>
    Diffs,

    /// <summary>What is passed over is told as a gap.</summary>
    Tape,

    /// <summary>Nothing is passed over: the connection is closed instead, and can resume.</summary>
    Lossless,
}

/// <summary>
/// One stream of events with a sequence of its own, the last of them kept for those who come back. The events kept are also what waits for slow readers:
/// nobody has a queue of their own, only a place in this one.
/// </summary>
/// <remarks>Written under the hub's gate, read from anywhere.</remarks>
internal sealed class Topic(ITopicFamily family, long key, string name, long sequence, long begin)
{
    /// <summary>Bounds on what is kept: some seconds of the busiest topic, minutes of a usual one.</summary>
    const int EventsMax = 8_192, BytesMax = 4 * 1024 * 1024;

    readonly Lock _gate = new();
    // A ring in order of ids, so that a place in it is found by halving.
    RealtimeEvent[] _kept = new RealtimeEvent[16];
    int _first;
    int _count;
    Subscription[] _subscriptions = [];
    long _bytes;
    long _sequence = sequence;
    long _newestId = begin;
    // What was told before this topic was there counts as forgotten.
    long _forgottenThrough = begin;

    public ITopicFamily Family => family;

    /// <summary>The instrument, the user, or 0.</summary>
    public long Key => key;

    /// <summary>As its subscribers know it, for example <c>market:AAPL</c> or <c>orders</c>.</summary>
    public string Name => name;

    /// <summary>The last sequence number told.</summary>
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>Id of the newest event told, kept or not.</summary>
    public long NewestId => Interlocked.Read(ref _newestId);

    /// <summary>About how much memory the events kept take.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>When somebody last listened; meaningful while nobody does.</summary>
    public DateTimeOffset LastUsed { get; set; }

    public bool HasSubscribers => Volatile.Read(ref _subscriptions).Length > 0;

    /// <summary>Keeps an event and returns who is to hear of it.</summary>
    public Subscription[] Append(RealtimeEvent e)
    {
        lock (_gate)
        {
            if (_count == _kept.Length)
                Grow();
            _kept[(_first + _count++) & (_kept.Length - 1)] = e;
            Interlocked.Exchange(ref _sequence, e.Sequence);
            Interlocked.Exchange(ref _newestId, e.Id);
            Interlocked.Add(ref _bytes, e.Bytes);
            while (_count > EventsMax || _bytes > BytesMax)
                Forget();
            return _subscriptions;
        }
    }

    /// <summary>Forgets what is older than a moment.</summary>
    public void Forget(DateTimeOffset before)
    {
        lock (_gate)
            while (_count > 0 && At(0).Time < before)
                Forget();
    }

    /// <summary>
    /// Adds the events after one and up to another, oldest first and no more than asked. False when some of them are no longer kept: then those that are follow, and
    /// <paramref name="forgotten"/> is the last that is not, by id and sequence number.
    /// </summary>
    public bool Read(long after, long through, int max, List<RealtimeEvent> target, out (long Id, long Sequence) forgotten)
    {
        lock (_gate)
        {
            var whole = after >= _forgottenThrough;
            forgotten = whole ? default : (_forgottenThrough, _count > 0 ? At(0).FirstSequence - 1 : _sequence);
            for (var i = PlaceAfter(after); i < _count && max > 0 && At(i) is var e && e.Id <= through; i++, max--)
                target.Add(e);
            return whole;
        }
    }

    /// <summary>The newest event up to one, or null when none is kept.</summary>
    public RealtimeEvent? Newest(long through)
    {
        lock (_gate)
        {
            var place = PlaceAfter(through);
            return place > 0 ? At(place - 1) : null;
        }
    }

    /// <summary>The last sequence number told up to an event, as far as events are kept.</summary>
    public long SequenceAt(long id)
    {
        lock (_gate)
        {
            var place = PlaceAfter(id);
            return place > 0 ? At(place - 1).Sequence : _count > 0 ? At(0).FirstSequence - 1 : _sequence;
        }
    }

    public void Add(Subscription subscription)
    {
        lock (_gate)
            _subscriptions = [.. _subscriptions, subscription];
    }

    public void Remove(Subscription subscription, DateTimeOffset now)
    {
        lock (_gate)
        {
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
            LastUsed = now;
        }
    }

    RealtimeEvent At(int place) => _kept[(_first + place) & (_kept.Length - 1)];

    /// <summary>Place of the first event after an id.</summary>
    int PlaceAfter(long id)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (At(middle).Id <= id)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    void Forget()
    {
        var oldest = At(0);
        _kept[_first] = null!;
        _first = (_first + 1) & (_kept.Length - 1);
        _count--;
        _forgottenThrough = oldest.Id;
        Interlocked.Add(ref _bytes, -oldest.Bytes);
    }

    void Grow()
    {
        var larger = new RealtimeEvent[_kept.Length * 2];
        for (var i = 0; i < _count; i++)
            larger[i] = At(i);
        (_kept, _first) = (larger, 0);
    }
}
