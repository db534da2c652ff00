using System.Globalization;
using MyTradeX.Core;
using MyTradeX.Store;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>An open order's place in the tables, which keep open orders by user. Told by its id.</summary>
readonly record struct OpenOrderKey(long UserId, long CreatedAt, long Id) : IComparable<OpenOrderKey>
{
    /// <summary>A row's key.</summary>
    public static OpenOrderKey Of(OrderRow row) => new(row.UserId, row.CreatedAt, row.Id);

    public int CompareTo(OpenOrderKey other) => (UserId, CreatedAt, Id).CompareTo((other.UserId, other.CreatedAt, other.Id));

    public override string ToString() => Id.ToString(CultureInfo.InvariantCulture);
}

static class OpenOrders
{
    /// <summary>The keys of all open orders, rising. 24 bytes an order, where their states would take two hundred.</summary>
    public static List<OpenOrderKey> KeysOf(Exchange exchange)
    {
        var (keys, orders) = (new List<OpenOrderKey>(exchange.OpenOrderCount), new List<OrderState>());
        for (var account = 1L; account <= exchange.AccountCount; account++)
        {
            orders.Clear();
            exchange.CopyOpenOrders(account, orders);
            foreach (var order in orders) keys.Add(new OpenOrderKey(order.UserId, order.CreatedAt, order.Id));
        }
        keys.Sort();
        return keys;
    }
}
