using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>An order as the world sees it, whole, after one of its changes. Prices and quantities are in the instrument's units, money in the currency's.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct OrderState
{
    /// <summary>The order's number, counted by the core from 1.</summary>
    public long Id;
    /// <summary>The account that pays and receives.</summary>
    public long AccountId;
    /// <summary>The user the account belongs to.</summary>
    public long UserId;
    /// <summary>The instrument.</summary>
    public int InstrumentId;
    /// <summary>Buy or sell.</summary>
    public Side Side;
    /// <summary>Type as it was placed.</summary>
    public OrderType Type;
    /// <summary>Time in force as it was placed.</summary>
    public TimeInForce TimeInForce;
    /// <summary>Self-trade prevention as it was placed.</summary>
    public SelfTradePrevention SelfTradePrevention;
    /// <summary>Execution instructions.</summary>
    public ExecutionInstructions Instructions;
    /// <summary>Where it stands.</summary>
    public OrderStatus Status;
    /// <summary>What last happened to it.</summary>
    public OrderChange Change;
    /// <summary>Whether a stop order has been triggered.</summary>
    public bool Triggered;
    /// <summary>Limit price; 0 for MARKET and STOP.</summary>
    public long Price;
    /// <summary>Stop price; 0 for LIMIT and MARKET.</summary>
    public long StopPrice;
    /// <summary>Quantity asked for.</summary>
    public long Quantity;
    /// <summary>Quantity traded.</summary>
    public long Filled;
    /// <summary>Money traded: the sum of price × quantity of its fills.</summary>
    public long FilledNotional;
    /// <summary>Fees paid on its fills.</summary>
    public long Fees;
    /// <summary>Time of acceptance, microseconds since 1970 UTC.</summary>
    public long CreatedAt;
    /// <summary>Time of the last change, microseconds since 1970 UTC.</summary>
    public long UpdatedAt;
    /// <summary>Sequence of the command that last changed it.</summary>
    public long Sequence;
    /// <summary>The client's own id; empty when none was given.</summary>
    public Text64 ClientOrderId;

    /// <summary>Quantity not traded yet.</summary>
    public readonly long Remaining => Quantity - Filled;

    /// <summary>Whether the order still works.</summary>
    public readonly bool IsOpen => Status is OrderStatus.New or OrderStatus.Partial;
}
