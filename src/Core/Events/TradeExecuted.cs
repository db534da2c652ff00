using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Two orders traded.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct TradeExecuted : IEventPayload
{
    /// <inheritdoc/>
    public static EventKind Kind => EventKind.TradeExecuted;

    /// <summary>The trade, counted by the core from 1.</summary>
    public long TradeId;
    /// <summary>The instrument.</summary>
    public int InstrumentId;
    /// <summary>The side that arrived.</summary>
    public Side TakerSide;
    /// <summary>Price: the resting order's.</summary>
    public long Price;
    /// <summary>Quantity.</summary>
    public long Quantity;
    /// <summary>Price × quantity in the currency's units.</summary>
    public long Notional;
    /// <summary>The buying order.</summary>
    public long BuyOrderId;
    /// <summary>The selling order.</summary>
    public long SellOrderId;
    /// <summary>The buying account.</summary>
    public long BuyAccountId;
    /// <summary>The selling account.</summary>
    public long SellAccountId;
    /// <summary>Fee of the buyer.</summary>
    public long BuyFee;
    /// <summary>Fee of the seller.</summary>
    public long SellFee;
}
