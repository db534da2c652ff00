using System.Runtime.CompilerServices;
using MyTradeX.Core;

namespace MyTradeX.Bench.Matching;

/// <summary>
/// The exchange's book behind the benchmark's messages: one instrument, no accounts, no self-trade prevention. A modification is a cancel and
/// a new order under the same id.
/// </summary>
sealed class Venue
{
    readonly BookOrders _orders = new(Capacity);
    readonly OrderBook _book;
    readonly LongMap _slots = new(Capacity * 2);
    readonly Reports _reports;

    /// <summary>Orders there is room for at the start; more make the slab and the map grow.</summary>
    const int Capacity = 1 << 16;

    public Venue(Reports reports)
    {
        _reports = reports;
        _book = new OrderBook(_orders);
        TouchMemory();
    }

    public void Run(ReadOnlySpan<Message> messages)
    {
        foreach (ref readonly var message in messages)
        {
            if (message.Kind == 0) New(in message.Body);
            else if (message.Kind == 1) Cancel(in message.Body);
            else Modify(in message.Body);
        }
    }

    public void New(in Body order)
    {
        _reports.Send(ReportKind.OrderAck, order.Side, order.Sequence, order.OrderId, order.Price, order.Quantity);
        var open = Match(in order);
        if (open == 0) return;
        if (order.Immediate != 0) _reports.Send(ReportKind.CancelAck, order.Side, order.Sequence, order.OrderId, order.Price, open);
        else Rest(in order, open);
    }

    public void Cancel(in Body cancel)
    {
        if (!_slots.TryGet(KeyOf(cancel.OrderId), out var slot))
        {
            _reports.Send(ReportKind.CancelReject, 0, cancel.Sequence, cancel.OrderId, 0, 0);
            return;
        }
        var side = _orders[slot].Owner;
        var price = _book.On(SideOf(side))[_orders[slot].Level].Price;
        var open = _orders[slot].Open;
        Leave(slot);
        _reports.Send(ReportKind.CancelAck, side, cancel.Sequence, cancel.OrderId, price, open);
    }

    public void Modify(in Body order)
    {
        if (!_slots.TryGet(KeyOf(order.OrderId), out var slot))
        {
            _reports.Send(ReportKind.ModifyReject, 0, order.Sequence, order.OrderId, 0, 0);
            return;
        }
        Leave(slot);
        _reports.Send(ReportKind.ModifyAck, order.Side, order.Sequence, order.OrderId, order.Price, order.Quantity);
        var open = Match(in order);
        if (open > 0) Rest(in order, open);
    }

    public long BestBid => _book.Bids.Best < 0 ? long.MinValue : _book.Bids.BestPrice;

    public long BestAsk => _book.Asks.Best < 0 ? long.MaxValue : _book.Asks.BestPrice;

    /// <summary>Open quantity at a price.</summary>
    public long DepthAt(long price, int side)
    {
        var levels = _book.On(SideOf(side));
        var slot = levels.Find(price);
        return slot < 0 ? 0 : levels[slot].Quantity;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    long Match(in Body order)
    {
        long open = order.Quantity;
        var fills = new Fills(this, in order);
        _book.Match(SideOf(order.Side), order.Price, ref open, 0, SelfTradePrevention.None, ref fills);
        return open;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Rest(in Body order, long open)
    {
        var slot = _orders.Allocate();
        ref var resting = ref _orders[slot];
        resting.Id = (long)order.OrderId;
        resting.Open = open;
        // Without self-trade prevention the book does not ask for the owner: the side is kept there.
        resting.Owner = order.Side;
        _slots.Add(KeyOf(order.OrderId), slot);
        _book.Add(slot, SideOf(order.Side), order.Price);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void Leave(int slot)
    {
        _book.Remove(slot, SideOf(_orders[slot].Owner));
        Forget(slot);
    }

    void Forget(int slot)
    {
        _slots.Remove(KeyOf((ulong)_orders[slot].Id));
        _orders.Free(slot);
    }

    /// <summary>Uses every slot and most of the map once, so that no page of them is met for the first time while the clock runs.</summary>
    void TouchMemory()
    {
        for (var i = 0; i < Capacity; i++)
        {
            _orders[_orders.Allocate()].Id = i;
            _slots.Add(i + 1, i);
        }
        // Last first: the next order gets slot 0.
        for (var i = Capacity - 1; i >= 0; i--)
        {
            _orders.Free(i);
            _slots.Remove(i + 1);
        }
    }

    static Side SideOf(int side) => (Side)(side + 1);

    /// <summary>The map keeps zero for itself; the benchmark's ids may begin at zero and never reach the last.</summary>
    static long KeyOf(ulong orderId) => (long)(orderId + 1);

    /// <summary>Reports what one arriving order trades.</summary>
    readonly ref struct Fills(Venue venue, ref readonly Body arriving) : IMatchHandler
    {
        readonly ref readonly Body _arriving = ref arriving;

        public void OnFill(int restingSlot, long price, long quantity)
        {
            ref var resting = ref venue._orders[restingSlot];
            venue._reports.Trade(_arriving.Sequence, price, quantity, resting.Id, _arriving.OrderId);
            if (resting.Open == 0) venue.Forget(restingSlot);
        }

        public void OnRestingRemoved(int restingSlot) => throw new InvalidOperationException("nobody's orders are prevented from meeting here");

        public void OnLevel(long price, long quantity, int orderCount)
        {
        }
    }
}
