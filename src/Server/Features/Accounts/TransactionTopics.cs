using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;
using MyTradeX.Venue.Projection;

namespace MyTradeX.Server.Features.Accounts;

/// <summary><c>transactions</c>: every line of the ledger on the user's own accounts.</summary>
internal sealed class TransactionTopics(RealtimeTopics topics, AccountOwners owners, Listings listings) : ITopicFamily
{
    public string Name => "transactions";

    public TopicScope Scope => TopicScope.User;

    public Delivery Delivery => Delivery.Lossless;

    public TopicDoc Doc { get; } = new("Every line of the ledger on your accounts.",
        new EventDoc("transaction:new", "A movement of money or shares, as `GET /accounts/{id}/transactions` lists it.", AccountEndpoints.TransactionExample));

    public Lock StateGate { get; } = new();

    public void Follow(in ExchangeEvent e)
    {
        if (e.Kind != EventKind.LedgerPosted)
            return;
        ref readonly var line = ref e.As<LedgerPosted>();
        if (owners.Of(line.AccountId) is not 0 and var owner && topics.Find(this, owner) is { } topic)
            topics.Publish(topic, "transaction:new", Show(in line, e.Header.Time));
    }

    TransactionDto Show(in LedgerPosted line, long time)
    {
        var (asset, scale) = line.InstrumentId != 0
            ? (listings.Of(line.InstrumentId).Symbol, listings.Of(line.InstrumentId).QuantityScale)
            : (listings.Currency(line.CurrencyId).Code, listings.Currency(line.CurrencyId).Scale);
        return new()
        {
            Id = $"transaction-{line.EntryId}-{line.Line}",
            AccountId = Ids.Account(line.AccountId),
            Type = (TransactionType)(line.Kind - 1),
            Asset = asset,
            Amount = Scaled.ToDecimal(line.Amount, scale),
            BalanceAfter = Scaled.ToDecimal(line.BalanceAfter, scale),
            Reference = LedgerReference.Of(in line) is { Length: > 0 } reference ? reference : null,
            Timestamp = Micros.ToInstant(time),
        };
    }
}
