using System.Numerics;

namespace MyTradeX.Core.Tests.Reference;

/// <summary>Where an open order is.</summary>
enum Whereabouts { Arriving, Resting, Waiting }

/// <summary>An open order: its state and what the world does not see of it.</summary>
sealed class NaiveOrder
{
    public OrderState State;
    public Whereabouts Whereabouts;

    /// <summary>Its place in the queue: the later, the greater.</summary>
    public long Arrival;

    /// <summary>The fee rates in force when it was accepted.</summary>
    public int MakerFeePpm;
    public int TakerFeePpm;

    /// <summary>The price beyond which it does not trade; null for no bound.</summary>
    public BigInteger? WorkingPrice;

    public bool IsBuy => State.Side == Side.Buy;

    public bool IsStop => State.Type is OrderType.Stop or OrderType.StopLimit;

    public bool IsPostOnly => State.Instructions.HasFlag(ExecutionInstructions.PostOnly);

    public int HigherFeePpm => Math.Max(MakerFeePpm, TakerFeePpm);

    /// <summary>Whether it would trade at this price.</summary>
    public bool Accepts(long price) => WorkingPrice is not { } bound || (IsBuy ? price <= bound : price >= bound);

    /// <summary>Whether the last trade's price sets it off.</summary>
    public bool IsSetOffBy(long lastPrice) => lastPrice > 0 && (IsBuy ? lastPrice >= State.StopPrice : lastPrice <= State.StopPrice);
}
