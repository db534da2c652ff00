using MyTradeX.Core;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.Portfolio;

/// <summary><c>portfolio</c>: the user's own positions, whenever shares or holds of one have changed. What prices do to their worth is the market's to tell.</summary>
internal sealed class PortfolioTopics(RealtimeTopics topics, AccountOwners owners, PortfolioReads portfolio) : ITopicFamily
{
    public string Name => "portfolio";

    public TopicScope Scope => TopicScope.User;

    public Delivery Delivery => Delivery.Lossless;

    public TopicDoc Doc { get; } = new("Your positions, whenever shares or holds of one have changed; what prices do to their worth is the market's to tell.",
        new EventDoc("portfolio:update", "The position after the change.", PortfolioEndpoints.ExamplePosition));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        if (e.Kind != EventKind.PositionChanged)
            return;
        ref readonly var position = ref e.As<PositionChanged>().Position;
        if (owners.Of(position.AccountId) is not 0 and var owner && topics.Find(this, owner) is { } topic)
            topics.Publish(topic, "portfolio:update", portfolio.Show(in position));
    }
}
