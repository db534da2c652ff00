using MyTradeX.Core;

namespace MyTradeX.Venue.Reconciliation;

static class OpenOrders
{
    /// <summary>The ids of all open orders, rising. Eight bytes an order, where their states would take two hundred.</summary>
    public static List<long> IdsOf(Exchange exchange)
    {
        var (ids, orders) = (new List<long>(exchange.OpenOrderCount), new List<OrderState>());
        for (var account = 1L; account <= exchange.AccountCount; account++)
        {
            orders.Clear();
            exchange.CopyOpenOrders(account, orders);
            foreach (var order in orders) ids.Add(order.Id);
        }
        ids.Sort();
        return ids;
    }
}
