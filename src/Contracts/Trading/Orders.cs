using System.Text.Json.Serialization;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Contracts.Trading;

/// <summary>An order, as its owner sees it.</summary>
public sealed record OrderDto
{
    /// <summary><c>order-345</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The owner's own id, unique in the account, 1–64 bytes.</summary>
    public string? ClientOrderId { get; init; }

    /// <summary><c>user-12</c>.</summary>
    public required string UserId { get; init; }

    /// <summary><c>account-3</c>: the account that pays and receives.</summary>
    public required string AccountId { get; init; }

    /// <summary>The instrument's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>Which way it trades.</summary>
    public required OrderSide Side { get; init; }

    /// <summary>How its price is found.</summary>
    public required OrderType OrderType { get; init; }

    /// <summary>Shares asked for in all.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public required decimal Quantity { get; init; }

    /// <summary>Limit price; absent on MARKET and STOP.</summary>
    public decimal? Price { get; init; }

    /// <summary>Stop price; absent on LIMIT and MARKET.</summary>
    public decimal? StopPrice { get; init; }

    /// <summary>Shares traded.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal FilledQuantity { get; init; }

    /// <summary>Shares not traded yet.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal RemainingQuantity { get; init; }

    /// <summary>Value traded divided by shares traded; absent before the first fill.</summary>
    public decimal? AverageFillPrice { get; init; }

    /// <summary>Fees paid on its fills, in the instrument's currency.</summary>
    public decimal Fees { get; init; }

    /// <summary>How long it works.</summary>
    public TimeInForce TimeInForce { get; init; }

    /// <summary>Whether it may only add liquidity.</summary>
    public bool PostOnly { get; init; }

    /// <summary>What it does on meeting an order of its own user.</summary>
    public SelfTradePrevention SelfTradePrevention { get; init; }

    /// <summary>Where it stands.</summary>
    public required OrderStatus Status { get; init; }

    /// <summary>Why it was cancelled, expired or rejected; absent otherwise.</summary>
    public OrderReason? Reason { get; init; }

    /// <summary>Acceptance, UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Sequence of the command that last changed it.</summary>
    public long Sequence { get; init; }

    /// <summary>Its fills, oldest first, up to 1,000; only where one order was asked for.</summary>
    public IReadOnlyList<FillDto>? Trades { get; init; }
}

/// <summary>One order's half of a trade.</summary>
public sealed record FillDto
{
    /// <summary><c>trade-9</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Shares.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public required decimal Quantity { get; init; }

    /// <summary>Price: the resting order's.</summary>
    public required decimal Price { get; init; }

    /// <summary>Fee of this order.</summary>
    public decimal Fee { get; init; }

    /// <summary>Whether this order rested or arrived.</summary>
    public Liquidity Liquidity { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Timestamp { get; init; }
}

/// <summary>Places an order, or asks with <c>/orders/preview</c> what placing it would do.</summary>
/// <param name="Symbol">The instrument.</param>
/// <param name="Side">BUY or SELL.</param>
/// <param name="OrderType">LIMIT, MARKET, STOP or STOP_LIMIT.</param>
/// <param name="Quantity">Shares, a multiple of the lot.</param>
/// <param name="Price">Limit price, a multiple of the tick; for LIMIT and STOP_LIMIT only.</param>
/// <param name="StopPrice">For STOP and STOP_LIMIT only.</param>
/// <param name="TimeInForce">DAY unless given.</param>
/// <param name="PostOnly">Refuse rather than take liquidity.</param>
/// <param name="ClientOrderId">The sender's own id, unique in the account, 1–64 bytes; makes a retry safe.</param>
/// <param name="AccountId">The sender's first trading account in the instrument's currency unless given.</param>
/// <param name="SelfTradePrevention">CANCEL_NEWEST unless given.</param>
public sealed record PlaceOrderRequest(
    string? Symbol, OrderSide? Side, OrderType? OrderType,
    [property: JsonConverter(typeof(QuantityConverter))] decimal? Quantity,
    decimal? Price = null, decimal? StopPrice = null, TimeInForce? TimeInForce = null, bool? PostOnly = null,
    string? ClientOrderId = null, string? AccountId = null, SelfTradePrevention? SelfTradePrevention = null);

/// <summary>Changes an open order; what is absent keeps its value. A smaller quantity alone keeps the place in the queue.</summary>
/// <param name="Quantity">New total quantity, what has traded included.</param>
/// <param name="Price">New limit price.</param>
/// <param name="StopPrice">New stop price.</param>
public sealed record AmendOrderRequest(
    [property: JsonConverter(typeof(QuantityConverter))] decimal? Quantity = null, decimal? Price = null, decimal? StopPrice = null);

/// <summary>What became of a cancel for many.</summary>
public sealed record CancelOrdersDto
{
    /// <summary>Orders cancelled.</summary>
    public required int Cancelled { get; init; }
}

/// <summary>What placing an order would do at this moment. Nothing is placed, nothing promised.</summary>
public sealed record OrderPreviewDto
{
    /// <summary>Whether it would be accepted.</summary>
    public required bool Accepted { get; init; }

    /// <summary>Why it would be refused.</summary>
    public ApiError? Refusal { get; init; }

    /// <summary>Shares that would trade at once.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal FillQuantity { get; init; }

    /// <summary>Average price of what would trade at once; absent when nothing would.</summary>
    public decimal? AverageFillPrice { get; init; }

    /// <summary>Value of what would trade at once.</summary>
    public decimal FillValue { get; init; }

    /// <summary>Taker fee on it.</summary>
    public decimal Fees { get; init; }

    /// <summary>Shares that would rest in the book or wait for the stop price.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal RestingQuantity { get; init; }

    /// <summary>Money the order would hold on acceptance (buys).</summary>
    public decimal HeldCash { get; init; }

    /// <summary>Shares the order would hold on acceptance (sells).</summary>
    [JsonConverter(typeof(QuantityConverter))]
    public decimal HeldQuantity { get; init; }
}

/// <summary>A user's kill switch.</summary>
public sealed record KillSwitchDto
{
    /// <summary>Whether new orders and amendments are refused.</summary>
    public required bool Engaged { get; init; }

    /// <summary>Orders cancelled by engaging it.</summary>
    public int? Cancelled { get; init; }
}

/// <summary>Engages or lifts the kill switch.</summary>
public sealed record KillSwitchRequest(bool? Engaged);
