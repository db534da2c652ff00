using System.Diagnostics;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Bench.FanOut.Publishing;

/// <summary>One topic for everybody, told what a trade's topic tells, at the benchmark's pace instead of the exchange's. The trade's number is the monotonic nanosecond at which it was told.</summary>
sealed class BenchTopics(RealtimeTopics topics) : ITopicFamily
{
    public const string Topic = "fanout";

    public string Name => Topic;

    public TopicScope Scope => TopicScope.Everyone;

    public Delivery Delivery => Delivery.Tape;

    public TopicDoc Doc { get; } = new("The benchmark's messages.", new EventDoc("trade:new", "A trade that never was.", Trade()));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        // Nothing of the exchange is told here.
    }

    public void Publish()
    {
        if (topics.Find(this, 0) is { } topic)
            topics.Publish(topic, "trade:new", Trade());
    }

    static TradeDto Trade() => new()
    {
        Id = $"trade-{Stopwatch.GetTimestamp()}", Symbol = "NVDA", Price = 167.52m, Quantity = 100, Side = OrderSide.Buy, Timestamp = DateTimeOffset.UtcNow,
    };
}
