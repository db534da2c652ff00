using MyTradeX.Contracts.Identity;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Realtime;
using MyTradeX.Server.Tests.Host;

namespace MyTradeX.Server.Tests.Realtime;

/// <summary>A hub without a venue, with one kind of topic for each way of delivery.</summary>
internal sealed class HubGround
{
    public const string LatestName = "latest", DiffsName = "diffs", TapeName = "tape", LosslessName = "lossless";

    readonly Dictionary<string, TestFamily> _families = new[] { (LatestName, Delivery.Latest), (DiffsName, Delivery.Diffs), (TapeName, Delivery.Tape), (LosslessName, Delivery.Lossless) }
        .ToDictionary(kind => kind.Item1, kind => new TestFamily(kind.Item1, kind.Item2));

    public HubGround(RealtimeOptions? options = null)
    {
        options ??= new();
        Topics = new(options, Clock);
        // Listings are for topics of instruments alone.
        Hub = new(Topics, _families.Values, null!, options);
    }

    public MovableClock Clock { get; } = new();

    public RealtimeTopics Topics { get; }

    public RealtimeHub Hub { get; }

    public static SignedIn User(long id = 7) => new(new(id, UserRole.Trader, "session"), new());

    public RealtimeSession Open(long? position = null, Action? wake = null, params string[] topics)
    {
        var session = Hub.Open(User(), position, new Taker(wake));
        foreach (var topic in topics)
            if (session.Subscribe(topic, position) is { } refusal)
                throw new InvalidOperationException(refusal.Message);
        return session;
    }

    public void Publish(string topic, object data)
    {
        if (Topics.Find(_families[topic], 7) is not { } found)
            return;
        lock (_families[topic].StateGate)
        {
            _families[topic].State = data;
            Topics.Publish(found, topic + ":event", data);
        }
    }

    /// <summary>Everything there is to take, as <c>name sequence-since-the-first data</c>.</summary>
    public static List<RealtimeEvent> TakeAll(RealtimeSession session)
    {
        var taken = new List<RealtimeEvent>();
        while (session.Take(taken))
        {
        }
        return taken;
    }

    public static string[] Data(IEnumerable<RealtimeEvent> events) => [.. events.Select(e => e.Name is "gap" ? "gap" : System.Text.Encoding.UTF8.GetString(e.Data.Span))];

    sealed class TestFamily(string name, Delivery delivery) : ITopicFamily
    {
        public object? State { get; set; }

        public string Name => name;

        public TopicScope Scope => TopicScope.User;

        public Delivery Delivery => delivery;

        public TopicDoc Doc { get; } = new("For tests.");

        public Lock StateGate { get; } = new();

        public void Follow(in ExchangeEvent e) => throw new NotSupportedException();

        public TopicState? StateOf(Topic topic) => delivery is Delivery.Latest or Delivery.Diffs && State is not null ? new(name + ":state", topic.Sequence, RealtimeEvent.ToJson(State)) : null;
    }

    sealed class Taker(Action? wake) : IWakeable
    {
        public void Wake() => wake?.Invoke();
    }
}
