using MyTradeX.Core;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.Orders;

/// <summary><c>orders</c>: the user's own orders, after every change of each.</summary>
internal sealed class OrderTopics(RealtimeTopics topics, Listings listings) : ITopicFamily
{
    public string Name => "orders";

    public TopicScope Scope => TopicScope.User;

    public Delivery Delivery => Delivery.Lossless;

    public TopicDoc Doc { get; } = new("Your orders, after every change of each.",
        new EventDoc("order:update", "An order was accepted, amended, filled in part or whole, or ended. An order's events come in the order in which they happened.", OrderEndpoints.Example));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        if (e.Kind != EventKind.OrderUpdated)
            return;
        ref readonly var order = ref e.As<OrderUpdated>().Order;
        if (topics.Find(this, order.UserId) is { } topic)
            topics.Publish(topic, "order:update", OrderMapping.ToOrder(in order, listings.Of(order.InstrumentId)));
    }
}
