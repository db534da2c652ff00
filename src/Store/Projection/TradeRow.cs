namespace MyTradeX.Store;

/// <summary>A trade. Written once.</summary>
public sealed record TradeRow
{
    /// <summary>The trade's number, rising with time.</summary>
    public long Id { get; init; }

    /// <summary>The instrument's number.</summary>
    public long InstrumentId { get; init; }

    /// <summary>The instrument's symbol.</summary>
    public required string Symbol { get; init; }

    /// <summary>In the instrument's price units.</summary>
    public long Price { get; init; }

    /// <summary>In the instrument's quantity units.</summary>
    public long Quantity { get; init; }

    /// <summary>Cash value, in the currency's units.</summary>
    public long Notional { get; init; }

    /// <summary>Side of the order that came second: <c>BUY</c> or <c>SELL</c>.</summary>
    public required string TakerSide { get; init; }

    /// <summary>The buying order.</summary>
    public long BuyOrderId { get; init; }

    /// <summary>The selling order.</summary>
    public long SellOrderId { get; init; }

    /// <summary>The buying account.</summary>
    public long BuyAccountId { get; init; }

    /// <summary>The selling account.</summary>
    public long SellAccountId { get; init; }

    /// <summary>Fee of the buyer, in the currency's units; negative is a rebate.</summary>
    public long BuyFee { get; init; }

    /// <summary>Fee of the seller, in the currency's units; negative is a rebate.</summary>
    public long SellFee { get; init; }

    /// <summary>Sequence of the command that made it.</summary>
    public long Sequence { get; init; }

    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    public long ExecutedAt { get; init; }
}
