using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Places an order.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct PlaceOrder
{
    /// <summary>The account that pays and receives.</summary>
    public long AccountId;
    /// <summary>The instrument.</summary>
    public int InstrumentId;
    /// <summary>Buy or sell.</summary>
    public Side Side;
    /// <summary>How its price is found.</summary>
    public OrderType Type;
    /// <summary>How long it works; MARKET and STOP orders take DAY, GTC and IOC alike, and FOK.</summary>
    public TimeInForce TimeInForce;
    /// <summary>What to do on meeting an own order.</summary>
    public SelfTradePrevention SelfTradePrevention;
    /// <summary>Execution instructions.</summary>
    public ExecutionInstructions Instructions;
    /// <summary>Limit price in price units; 0 for MARKET and STOP.</summary>
    public long Price;
    /// <summary>Stop price in price units; 0 for LIMIT and MARKET.</summary>
    public long StopPrice;
    /// <summary>Quantity in quantity units.</summary>
    public long Quantity;
    /// <summary>The client's own id; empty for none.</summary>
    public Text64 ClientOrderId;
}
