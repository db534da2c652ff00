using System.Text.Json;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Realtime;

/// <summary>
/// One client's view of the hub, whatever the door: its topics, and how far it has read. The door asks for what is new when it can send; what it
/// does not ask for stays in the topics, so that a slow client costs no memory of its own.
/// </summary>
internal sealed class RealtimeSession : IDisposable
{
    public const string HeartbeatName = "heartbeat";

    /// <summary>Events of one topic handed to a door at once.</summary>
    const int TakenAtOnce = 256;

    readonly RealtimeHub _hub;
    readonly IWakeable _taker;
    readonly Lock _gate = new();
    // Both are there only while there is something in them: most connections of a crowd follow little and have nothing waiting.
    Dictionary<string, Subscription>? _subscriptions;
    List<RealtimeEvent>? _own;
    // What a taking thread notes on its way: one list a thread, since most sessions are not being taken from.
    [ThreadStatic]
    static List<Subscription>? t_visited;
    [ThreadStatic]
    static List<RealtimeEvent>? t_gathered;

    long _position;
    DateTimeOffset _beatAt;
    int _isAwake;
    bool _isBeatAsked;
    bool _isDisposed;

    public RealtimeSession(RealtimeHub hub, SignedIn signedIn, long position, IWakeable taker) => (_hub, SignedIn, _position, _taker, _beatAt) = (hub, signedIn, position, taker, hub.Topics.Now.AddSeconds(hub.Options.HeartbeatSeconds));

    /// <summary>Who listens, and on what token; a door may bring a newer one of the same user.</summary>
    public SignedIn SignedIn { get; set; }

    public Caller Caller => SignedIn.Caller;

    /// <summary>Why it must end, or null while it may go on.</summary>
    public Refusal? ClosedBecause { get; private set; }

    /// <summary>Set by the door while the client does not keep up: states that were passed over are then not sent one by one.</summary>
    public bool IsSlow { get; set; }

    /// <summary>Follows a topic: first its state, if it has one, then everything that comes. Following it already is no fault.</summary>
    /// <param name="name">For example <c>market:AAPL</c>.</param>
    /// <param name="after">The last event the client had, to go on from there; null to begin now.</param>
    /// <returns>The refusal when there is no such topic or it may not be followed.</returns>
    public Refusal? Subscribe(string name, long? after = null)
    {
        if (_hub.Resolve(name, Caller, out var address) is { } refusal)
            return refusal;
        lock (_gate)
        {
            if (_isDisposed || _subscriptions?.ContainsKey(address.Name) == true)
                return null;
            if (_subscriptions?.Count >= _hub.Options.TopicsPerConnection)
                return new(ErrorCode.ValidationError, $"A connection follows at most {_hub.Options.TopicsPerConnection} topics.", new() { Field = "topics", Limit = _hub.Options.TopicsPerConnection });
            var family = address.Family;
            lock (family.StateGate)
            {
                var topic = _hub.Topics.Open(address);
                var subscription = new Subscription(this, topic, after ?? _hub.Topics.LastId) { IsLive = after is null };
                topic.Add(subscription);
                if (after is null && family.StateOf(topic) is { } state)
                    Enqueue(StateEvent(topic, state));
                (_subscriptions ??= new(StringComparer.OrdinalIgnoreCase)).Add(topic.Name, subscription);
                // A resumed one has news already; a fresh one may have its state.
                Wake();
            }
        }
        return null;
    }

    /// <summary>
    /// Holds taking back until it is disposed of: for following several topics from one event on. Were the first one's events taken before the next is followed, the client
    /// would be told later ones first, and a cut in between would lose the others.
    /// </summary>
    public Lock.Scope Together() => _gate.EnterScope();

    /// <summary>Follows a topic no more. Not following it is no fault.</summary>
    public void Unsubscribe(string name)
    {
        lock (_gate)
        {
            if (_subscriptions?.Remove(name, out var subscription) != true)
                return;
            _hub.Topics.Leave(subscription!);
            if (_subscriptions.Count == 0)
                _subscriptions = null;
        }
    }

    /// <summary>Adds what is new, in the order in which it happened across all topics. True when there is more at once; otherwise the session wakes its door when there is.</summary>
    public bool Take(List<RealtimeEvent> target)
    {
        Interlocked.Exchange(ref _isAwake, 0);
        var (visited, gathered) = (t_visited ??= [], t_gathered ??= []);
        // A turn that failed may have left some, which are another session's.
        visited.Clear();
        gathered.Clear();
        lock (_gate)
        {
            if (_own is not null)
            {
                target.AddRange(_own);
                _own = null;
            }
            // Every event up to this one is in its topic, so nothing earlier can still come.
            var through = _hub.Topics.LastId;
            if (_subscriptions is not null)
                foreach (var (_, subscription) in _subscriptions)
                    if (subscription.HasNews)
                        visited.Add(subscription);
            var cut = GatherAll(visited, gathered, through);
            if (cut < through)
            {
                // More than is taken at once. What stands for a run of events must then stand for those up to the cut, so all are gathered anew.
                gathered.Clear();
                cut = GatherAll(visited, gathered, cut);
            }
            if (visited.Count > 1)
                gathered.Sort(static (left, right) => left.Id.CompareTo(right.Id));
            if (ClosedBecause is null)
                target.AddRange(gathered);
            foreach (var subscription in visited)
            {
                subscription.IsLive |= !subscription.IsPostponed;
                subscription.After = Math.Max(cut, subscription.StateThrough);
            }
            _position = cut;
            if (_isBeatAsked && cut == through)
            {
                _isBeatAsked = false;
                target.Add(OwnEvent(HeartbeatName, JsonSerializer.SerializeToUtf8Bytes(new { sequences = Sequences() })));
            }
            visited.Clear();
            gathered.Clear();
            return cut < through;
        }
    }

    /// <summary>Tells this client alone something, between what it has had and what it has not: a greeting, an answer. It can resume from there as from any event.</summary>
    public void Tell<T>(string name, T data)
    {
        lock (_gate)
            Enqueue(OwnEvent(name, RealtimeEvent.ToJson(data)));
        Wake();
    }

    /// <summary>An event that is none of a topic's.</summary>
    public void Tell(RealtimeEvent e)
    {
        lock (_gate)
            Enqueue(e);
        Wake();
    }

    /// <summary>An event for this client alone, from which it can resume as from any other.</summary>
    public RealtimeEvent OwnEvent(string name, ReadOnlyMemory<byte> data) => new(Position, "", name, 0, 0, data, _hub.Topics.Now);

    /// <summary>Whether it is time for a heartbeat; counts on from then.</summary>
    public bool IsBeatDue(DateTimeOffset now)
    {
        if (now < _beatAt)
            return false;
        _beatAt = now.AddSeconds(_hub.Options.HeartbeatSeconds);
        return true;
    }

    /// <summary>Asks for a heartbeat. It comes after the events that are waiting, so that nobody misses what is only on its way.</summary>
    public void Beat()
    {
        lock (_gate)
            _isBeatAsked = true;
        Wake();
    }

    /// <summary>The last sequence number of every topic it follows, as far as everything has been taken.</summary>
    public Dictionary<string, long> Sequences()
    {
        lock (_gate)
        {
            var sequences = new Dictionary<string, long>();
            if (_subscriptions is not null)
                foreach (var (_, subscription) in _subscriptions)
                    sequences.Add(subscription.Topic.Name, subscription.Topic.SequenceAt(_position));
            return sequences;
        }
    }

    /// <summary>The last event up to which everything has been taken; what a client goes on from.</summary>
    public long Position
    {
        get { lock (_gate) return _position; }
    }

    /// <summary>Ends it from the hub's side; the door tells the client why.</summary>
    public void Close(Refusal why)
    {
        ClosedBecause ??= why;
        Wake();
    }

    public void Wake()
    {
        if (Interlocked.Exchange(ref _isAwake, 1) == 0)
            _taker.Wake();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            if (_subscriptions is not null)
                foreach (var (_, subscription) in _subscriptions)
                    _hub.Topics.Leave(subscription);
            _subscriptions = null;
        }
        _hub.Ended(this);
    }

    void Enqueue(RealtimeEvent own) => (_own ??= []).Add(own);

    /// <summary>Gathers what is new up to an event and returns how far it reaches.</summary>
    long GatherAll(List<Subscription> visited, List<RealtimeEvent> gathered, long through)
    {
        var cut = through;
        foreach (var subscription in visited)
            cut = Math.Min(cut, Gather(subscription, gathered, through));
        return cut;
    }

    /// <summary>Gathers one topic's news and returns how far they reach.</summary>
    long Gather(Subscription subscription, List<RealtimeEvent> gathered, long through)
    {
        var topic = subscription.Topic;
        var delivery = topic.Family.Delivery;
        var start = gathered.Count;
        subscription.StateThrough = 0;
        var isWhole = topic.Read(subscription.After, through, TakenAtOnce, gathered, out var forgotten);
        // What is gone is told in its place, as what is there.
        subscription.IsPostponed = forgotten.Id > through;
        if (subscription.IsPostponed)
            return through;
        if (!isWhole)
        {
            if (subscription.IsLive && delivery == Delivery.Lossless)
            {
                Close(RealtimeHub.TooSlow);
                return through;
            }
            gathered.Insert(start, Gap(topic, forgotten));
            start++;
        }
        var count = gathered.Count - start;
        if (count > 1 && IsSlow && delivery == Delivery.Latest && topic.Newest(through) is { } newest)
        {
            gathered.RemoveRange(start, count);
            gathered.Add(newest);
            return through;
        }
        if (delivery == Delivery.Diffs && (!isWhole || (IsSlow && count > 1)))
        {
            gathered.RemoveRange(start, count);
            lock (topic.Family.StateGate)
                if (topic.Family.StateOf(topic) is { } state)
                {
                    gathered.Add(StateEvent(topic, state, through));
                    subscription.StateThrough = _hub.Topics.LastId;
                }
            return through;
        }
        return count == TakenAtOnce ? gathered[^1].Id : through;
    }

    RealtimeEvent StateEvent(Topic topic, TopicState state, long? id = null) => new(id ?? _position, topic.Name, state.Event, state.Sequence, state.Sequence, state.Data, _hub.Topics.Now);

    /// <summary>Tells that what lies between the last event the client had and a sequence number is no longer there.</summary>
    RealtimeEvent Gap(Topic topic, (long Id, long Sequence) forgotten) =>
        new(forgotten.Id, topic.Name, "gap", forgotten.Sequence, forgotten.Sequence, JsonSerializer.SerializeToUtf8Bytes(new { topic = topic.Name, missedThrough = forgotten.Sequence }), _hub.Topics.Now);
}
