using System.Text.Json;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Features.Accounts;
using MyTradeX.Server.Features.Orders;
using MyTradeX.Server.Features.Transfers;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Webhooks;

/// <summary>What happened, in the forms that REST gives it.</summary>
internal sealed class WebhookBodies(Listings listings, TransferService transfers, TransactionList transactions)
{
    public string BodyOf(AnnouncementRow told) => WebhookMessages.BodyOf(told.EventType, Micros.ToInstant(told.OccurredAt), DataOf(told));

    object DataOf(AnnouncementRow told) => told.EventType.Split('.')[0] switch
    {
        "order" => Show(Read<OrderRow>(told)),
        // A transfer looks otherwise to who sends it than to who is paid.
        "transfer" => transfers.Show(Read<TransferRow>(told), new Caller(told.UserId, UserRole.Trader, "")),
        "deposit" => Show(Read<LedgerLineRow>(told)),
        "account" => Show(Read<AccountRow>(told)),
        var unknown => throw new InvalidDataException($"the store holds an announcement of '{unknown}'"),
    };

    OrderDto Show(OrderRow row) => OrderMapping.ToOrder(row, listings.Require(row.Symbol));

    TransactionDto Show(LedgerLineRow row) => transactions.Show(row, listings.RequireCurrency(row.Asset));

    AccountDto Show(AccountRow row)
    {
        var currency = listings.RequireCurrency(row.Currency);
        return new()
        {
            Id = Ids.Account(row.Id),
            Number = AccountNumber.Of(row.Id),
            Name = row.Name,
            Type = Parse<AccountType>(row.Type),
            Currency = row.Currency,
            Balance = currency.Cash(row.Balance),
            Available = currency.Cash(row.Balance - row.Held),
            Held = currency.Cash(row.Held),
            Status = Parse<AccountStatus>(row.Status),
        };
    }

    static TRow Read<TRow>(AnnouncementRow told) =>
        JsonSerializer.Deserialize<TRow>(told.Payload) ?? throw new InvalidDataException("the store holds an announcement of nothing");

    static T Parse<T>(string stored) where T : struct, Enum =>
        WireName.TryParse<T>(stored, out var value) ? value : throw new InvalidDataException($"the store holds '{stored}' as a {typeof(T).Name}");
}
