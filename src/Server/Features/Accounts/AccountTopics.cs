using MyTradeX.Core;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.Accounts;

/// <summary><c>accounts</c>: the user's own accounts, whenever money or holds of one have changed.</summary>
internal sealed class AccountTopics(RealtimeTopics topics, AccountService accounts) : ITopicFamily
{
    public string Name => "accounts";

    public TopicScope Scope => TopicScope.User;

    public Delivery Delivery => Delivery.Lossless;

    public TopicDoc Doc { get; } = new("Your accounts, whenever money or holds of one have changed.",
        new EventDoc("balance:update", "The account after the change.", AccountEndpoints.Example));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        if (e.Kind != EventKind.AccountChanged)
            return;
        ref readonly var account = ref e.As<AccountChanged>().Account;
        if (account.OwnerId != 0 && topics.Find(this, account.OwnerId) is { } topic)
            topics.Publish(topic, "balance:update", accounts.Show(in account));
    }
}
