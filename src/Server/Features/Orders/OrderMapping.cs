using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;
using Wire = MyTradeX.Contracts.Trading;

namespace MyTradeX.Server.Features.Orders;

/// <summary>Orders of the exchange and of SQL history as the wire shows them.</summary>
internal static class OrderMapping
{
    // The wire's enums list the core's values in the core's order, less its reserved 0. A test holds them together.
    public static Side ToCore(OrderSide side) => (Side)(side + 1);
    public static Core.OrderType ToCore(Wire.OrderType type) => (Core.OrderType)(type + 1);
    public static Core.TimeInForce ToCore(Wire.TimeInForce timeInForce) => (Core.TimeInForce)(timeInForce + 1);
    public static Core.SelfTradePrevention ToCore(Wire.SelfTradePrevention mode) => (Core.SelfTradePrevention)(mode + 1);

    /// <summary>The wire's name of an order type.</summary>
    public static string Name(Wire.OrderType type) => WireName.Of(type);

    /// <summary>The wire's name of an order's status.</summary>
    public static string Name(Wire.OrderStatus status) => WireName.Of(status);

    /// <summary>An order that the exchange has just told of.</summary>
    public static OrderDto ToOrder(in OrderState order, ListedInstrument instrument) => new()
    {
        Id = Ids.Order(order.Id),
        ClientOrderId = order.ClientOrderId.IsEmpty ? null : order.ClientOrderId.ToString(),
        UserId = Ids.User(order.UserId),
        AccountId = Ids.Account(order.AccountId),
        Symbol = instrument.Symbol,
        Side = (OrderSide)(order.Side - 1),
        OrderType = (Wire.OrderType)(order.Type - 1),
        Quantity = instrument.Quantity(order.Quantity),
        Price = instrument.PriceOrNone(order.Price),
        StopPrice = instrument.PriceOrNone(order.StopPrice),
        FilledQuantity = instrument.Quantity(order.Filled),
        RemainingQuantity = instrument.Quantity(order.Remaining),
        AverageFillPrice = instrument.AveragePrice(order.FilledNotional, order.Filled),
        Fees = instrument.Cash(order.Fees),
        TimeInForce = (Wire.TimeInForce)(order.TimeInForce - 1),
        PostOnly = (order.Instructions & ExecutionInstructions.PostOnly) != 0,
        SelfTradePrevention = (Wire.SelfTradePrevention)(order.SelfTradePrevention - 1),
        Status = (Wire.OrderStatus)(order.Status - 1),
        Reason = order.Status is Core.OrderStatus.Cancelled or Core.OrderStatus.Expired or Core.OrderStatus.Rejected ? (OrderReason)(order.Change - 1) : null,
        CreatedAt = Micros.ToInstant(order.CreatedAt),
        UpdatedAt = Micros.ToInstant(order.UpdatedAt),
        Sequence = order.Sequence,
    };

    /// <summary>An order from SQL history.</summary>
    public static OrderDto ToOrder(OrderRow row, ListedInstrument instrument) => new()
    {
        Id = Ids.Order(row.Id),
        ClientOrderId = row.ClientOrderId,
        UserId = Ids.User(row.UserId),
        AccountId = Ids.Account(row.AccountId),
        Symbol = row.Symbol,
        Side = Parse<OrderSide>(row.Side),
        OrderType = Parse<Wire.OrderType>(row.OrderType),
        Quantity = instrument.Quantity(row.Quantity),
        Price = instrument.PriceOrNone(row.Price ?? 0),
        StopPrice = instrument.PriceOrNone(row.StopPrice ?? 0),
        FilledQuantity = instrument.Quantity(row.FilledQuantity),
        RemainingQuantity = instrument.Quantity(row.Quantity - row.FilledQuantity),
        AverageFillPrice = instrument.AveragePrice(row.FilledNotional, row.FilledQuantity),
        Fees = instrument.Cash(row.Fees),
        TimeInForce = Parse<Wire.TimeInForce>(row.TimeInForce),
        PostOnly = row.PostOnly,
        SelfTradePrevention = Parse<Wire.SelfTradePrevention>(row.SelfTradePrevention),
        Status = Parse<Wire.OrderStatus>(row.Status),
        Reason = row.Reason is { } reason ? Parse<OrderReason>(reason) : null,
        CreatedAt = Micros.ToInstant(row.CreatedAt),
        UpdatedAt = Micros.ToInstant(row.UpdatedAt),
        Sequence = row.Sequence,
    };

    /// <summary>One order's half of a trade.</summary>
    public static FillDto ToFill(TradeRow trade, long orderId, ListedInstrument instrument)
    {
        var bought = trade.BuyOrderId == orderId;
        return new()
        {
            Id = Ids.Trade(trade.Id),
            Quantity = instrument.Quantity(trade.Quantity),
            Price = instrument.Price(trade.Price),
            Fee = instrument.Cash(bought ? trade.BuyFee : trade.SellFee),
            Liquidity = bought == (Parse<OrderSide>(trade.TakerSide) == OrderSide.Buy) ? Liquidity.Taker : Liquidity.Maker,
            Timestamp = Micros.ToInstant(trade.ExecutedAt),
        };
    }

    static T Parse<T>(string stored) where T : struct, Enum =>
        WireName.TryParse<T>(stored, out var value) ? value : throw new InvalidDataException($"the store holds '{stored}' as a {typeof(T).Name}");
}
