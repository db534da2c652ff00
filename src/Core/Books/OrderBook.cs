using System.Runtime.CompilerServices;

namespace MyTradeX.Core;

/// <summary>
/// The resting orders of one instrument by price, then time. Knows nothing of money: it keeps quantities and links, and tells a
/// handler what traded. Orders live in a slab that many books share.
/// </summary>
public sealed class OrderBook(BookOrders orders)
{
    // By the lowest bit of the side: which side an order is on is a coin's toss, and a processor that guesses it is wrong half the time.
    readonly PriceLevels[] _sides = [new(highestFirst: false), new(highestFirst: true)];

    /// <summary>Buy orders, highest price first.</summary>
    public PriceLevels Bids => _sides[(int)Side.Buy & 1];

    /// <summary>Sell orders, lowest price first.</summary>
    public PriceLevels Asks => _sides[(int)Side.Sell & 1];

    /// <summary>The side that orders of a side rest on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PriceLevels On(Side side) => _sides[(int)side & 1];

    /// <summary>The side that orders of a side trade with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PriceLevels Against(Side side) => _sides[~(int)side & 1];

    /// <summary>Puts an order behind all others at its price. Its slot holds id, open quantity and owner.</summary>
    /// <returns>Slot of its level.</returns>
    public int Add(int slot, Side side, long price)
    {
        var levels = On(side);
        var at = levels.FindOrAdd(price);
        ref var level = ref levels[at];
        ref var order = ref orders[slot];
        order.Level = at;
        order.Next = -1;
        order.Previous = level.Tail;
        if (level.Tail >= 0) orders[level.Tail].Next = slot;
        else level.Head = slot;
        level.Tail = slot;
        level.Quantity += order.Open;
        level.OrderCount++;
        return at;
    }

    /// <summary>Takes an order out of the book. Its slot keeps its values.</summary>
    public void Remove(int slot, Side side)
    {
        var levels = On(side);
        ref var level = ref levels[orders[slot].Level];
        level.Quantity -= orders[slot].Open;
        Unlink(levels, ref level, slot);
    }

    /// <summary>Lowers an order's open quantity, its place unchanged. The new quantity must be above zero.</summary>
    public void Reduce(int slot, Side side, long newOpen)
    {
        ref var order = ref orders[slot];
        Invariant.Require(newOpen > 0 && newOpen < order.Open, "a reduced order keeps less than it had, and more than nothing");
        On(side)[order.Level].Quantity -= order.Open - newOpen;
        order.Open = newOpen;
    }

    /// <summary>Quantity and count at a price; zeros when there is no such level.</summary>
    public (long Quantity, int OrderCount) LevelOf(int levelSlot, Side side)
    {
        ref var level = ref On(side)[levelSlot];
        return (level.Quantity, level.OrderCount);
    }

    /// <summary>
    /// Trades an arriving order with the opposite side, best price first, then time, as long as prices are at
    /// <paramref name="limit"/> or better.
    /// </summary>
    /// <param name="side">Side of the arriving order.</param>
    /// <param name="limit">The worst price it takes.</param>
    /// <param name="quantity">Its open quantity; lowered by what trades.</param>
    /// <param name="owner">Its user's slot.</param>
    /// <param name="prevention">What to do on meeting an order of the same user.</param>
    /// <param name="handler">Told of each fill, in order.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MatchOutcome Match<THandler>(Side side, long limit, ref long quantity, int owner, SelfTradePrevention prevention, ref THandler handler)
        where THandler : struct, IMatchHandler, allows ref struct
    {
        // Most orders only rest: for them this is one comparison.
        var levels = Against(side);
        return levels.Meets(limit) ? Take(levels, limit, ref quantity, owner, prevention, ref handler) : MatchOutcome.Done;
    }

    MatchOutcome Take<THandler>(PriceLevels levels, long limit, ref long quantity, int owner, SelfTradePrevention prevention, ref THandler handler)
        where THandler : struct, IMatchHandler, allows ref struct
    {
        while (quantity > 0 && levels.Meets(limit))
        {
            ref var level = ref levels[levels.Best];
            var price = level.Price;
            var before = level.Quantity;
            var outcome = MatchLevel(levels, ref level, ref quantity, owner, prevention, ref handler);
            // An own order at the head may end the arriving one with nothing done.
            if (level.Quantity != before) handler.OnLevel(price, level.Quantity, level.OrderCount);
            if (outcome == MatchOutcome.SelfTrade) return outcome;
        }
        return MatchOutcome.Done;
    }

    MatchOutcome MatchLevel<THandler>(PriceLevels levels, ref PriceLevel level, ref long quantity, int owner, SelfTradePrevention prevention, ref THandler handler)
        where THandler : struct, IMatchHandler, allows ref struct
    {
        while (quantity > 0 && level.Head >= 0)
        {
            var slot = level.Head;
            ref var resting = ref orders[slot];
            if (resting.Owner == owner && prevention != SelfTradePrevention.None)
            {
                if (prevention != SelfTradePrevention.CancelNewest)
                {
                    level.Quantity -= resting.Open;
                    Unlink(levels, ref level, slot);
                    handler.OnRestingRemoved(slot);
                }
                if (prevention != SelfTradePrevention.CancelOldest) return MatchOutcome.SelfTrade;
                continue;
            }

            var traded = Math.Min(quantity, resting.Open);
            quantity -= traded;
            resting.Open -= traded;
            level.Quantity -= traded;
            if (resting.Open == 0) Unlink(levels, ref level, slot);
            handler.OnFill(slot, level.Price, traded);
        }
        return MatchOutcome.Done;
    }

    /// <summary>What <see cref="Match"/> would trade, without doing it.</summary>
    public long Probe<THandler>(Side side, long limit, long quantity, int owner, SelfTradePrevention prevention, ref THandler handler)
        where THandler : struct, IProbeHandler, allows ref struct
    {
        var levels = Against(side);
        var left = quantity;
        for (var rank = 0; rank < levels.Count && left > 0; rank++)
        {
            ref var level = ref levels[levels.AtRank(rank)];
            if (!levels.IsAsGood(level.Price, limit)) break;
            for (var slot = level.Head; slot >= 0 && left > 0; slot = orders[slot].Next)
            {
                ref var resting = ref orders[slot];
                if (resting.Owner == owner && prevention != SelfTradePrevention.None)
                {
                    if (prevention != SelfTradePrevention.CancelOldest) return quantity - left;
                    continue;
                }
                var traded = Math.Min(left, resting.Open);
                left -= traded;
                handler.OnFill(level.Price, traded);
            }
        }
        return quantity - left;
    }

    void Unlink(PriceLevels levels, ref PriceLevel level, int slot)
    {
        ref var order = ref orders[slot];
        if (order.Previous >= 0) orders[order.Previous].Next = order.Next;
        else level.Head = order.Next;
        if (order.Next >= 0) orders[order.Next].Previous = order.Previous;
        else level.Tail = order.Previous;
        if (--level.OrderCount == 0)
        {
            Invariant.Require(level.Quantity == 0, "a level without orders has no quantity");
            level.Head = -1;
            levels.Remove(order.Level);
        }
    }
}
