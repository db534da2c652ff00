using MyTradeX.Core;

namespace MyTradeX.Simulation.Checkers;

/// <summary>What an account holds is what its open orders may need, worked out from the orders alone.</summary>
static class Holds
{
    public static void Check(Exchange exchange)
    {
        var orders = new List<OrderState>();
        for (var id = 1L; id <= exchange.AccountCount; id++)
        {
            orders.Clear();
            exchange.CopyOpenOrders(id, orders);
            exchange.TryGetAccount(id, out var account);
            var cash = 0L;
            foreach (var order in orders)
                if (order.Side == Side.Buy) cash += Needed(exchange, in order);
            BrokenPromiseException.Unless(account.Held == cash, $"Account {id} holds {account.Held}; its open buys need {cash}.");
            for (var instrument = 1; instrument <= exchange.InstrumentCount; instrument++)
            {
                var shares = 0L;
                foreach (var order in orders)
                    if (order.Side == Side.Sell && order.InstrumentId == instrument) shares += order.Remaining;
                var held = exchange.TryGetPosition(id, instrument, out var position) ? position.Held : 0;
                BrokenPromiseException.Unless(held == shares, $"Account {id} holds {held} shares of instrument {instrument}; its open sells need {shares}.");
            }
        }
    }

    static long Needed(Exchange exchange, in OrderState order)
    {
        exchange.TryGetInstrument(order.InstrumentId, out var instrument);
        exchange.TryGetCurrency(instrument.CurrencyId, out var currency);
        var notional = order.Price * order.Remaining;
        for (var scale = instrument.PriceScale + instrument.QuantityScale; scale < currency.Scale; scale++) notional *= 10;
        return notional + (long)((Int128)notional * Math.Max(instrument.Rules.MakerFeePpm, instrument.Rules.TakerFeePpm) / 1_000_000);
    }
}
