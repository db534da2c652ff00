namespace MyTradeX.Store;

/// <summary>An order as the exchange's last event left it. Written whole; the row with the larger sequence wins.</summary>
public sealed record OrderRow
{
    /// <summary>The order's number.</summary>
    public long Id { get; init; }

    /// <summary>The account that pays and receives.</summary>
    public long AccountId { get; init; }

    /// <summary>Whose order it is.</summary>
    public long UserId { get; init; }

    /// <summary>The instrument's number.</summary>
    public long InstrumentId { get; init; }

    /// <summary>The instrument's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary><c>BUY</c> or <c>SELL</c>.</summary>
    public required string Side { get; init; }

    /// <summary><c>LIMIT</c>, <c>MARKET</c>, <c>STOP</c> or <c>STOP_LIMIT</c>.</summary>
    public required string OrderType { get; init; }

    /// <summary><c>DAY</c>, <c>GTC</c>, <c>IOC</c> or <c>FOK</c>.</summary>
    public required string TimeInForce { get; init; }

    /// <summary>What happens when the order would meet its owner's other order.</summary>
    public required string SelfTradePrevention { get; init; }

    /// <summary>True when the order was refused rather than take.</summary>
    public bool PostOnly { get; init; }

    /// <summary>The client's own name for the order.</summary>
    public string? ClientOrderId { get; init; }

    /// <summary>Limit price, in the instrument's price units; null for a market order.</summary>
    public long? Price { get; init; }

    /// <summary>Trigger price, in the instrument's price units.</summary>
    public long? StopPrice { get; init; }

    /// <summary>Ordered quantity, in the instrument's quantity units.</summary>
    public long Quantity { get; init; }

    /// <summary>Quantity traded so far.</summary>
    public long FilledQuantity { get; init; }

    /// <summary>Cash value traded so far, in the currency's units; divided by the filled quantity it is the average price.</summary>
    public long FilledNotional { get; init; }

    /// <summary>Fees charged so far, in the currency's units.</summary>
    public long Fees { get; init; }

    /// <summary><c>NEW</c>, <c>PARTIAL</c>, <c>FILLED</c>, <c>CANCELLED</c>, <c>EXPIRED</c> or <c>REJECTED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>The code that explains a cancelled, expired or rejected order.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was accepted, in microseconds since 1970-01-01 UTC.</summary>
    public long CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public long UpdatedAt { get; init; }

    /// <summary>Sequence of the command that last changed it.</summary>
    public long Sequence { get; init; }
}
