namespace MyTradeX.Core;

/// <summary>An accepted order at work: it arrives, trades, rests, waits for its stop price, ends. Holds follow it at every step.</summary>
sealed class OrderExecution(ExchangeState state)
{
    readonly OrderStore _orders = state.Orders;
    readonly BookOrders _hot = state.Orders.Hot;

    /// <summary>What a buy must hold to be covered at a price, its fees at the higher of its rates.</summary>
    public static Int128 CashNeeded(Instrument instrument, long price, long quantity, int makerFeePpm, int takerFeePpm)
    {
        var notional = instrument.WideNotional(price, quantity);
        return notional > Limits.MaxIssued ? notional : notional + Fee.Of((long)notional, Math.Max(makerFeePpm, takerFeePpm));
    }

    /// <summary>Tells an order's state.</summary>
    public void Tell(ref OrderRecord order, OrderChange change)
    {
        order.State.Change = change;
        order.State.UpdatedAt = state.Time;
        order.State.Sequence = state.Sequence;
        state.Events.Add<OrderUpdated>().Order = order.State;
    }

    /// <summary>Sets what an order holds, and the account or position with it.</summary>
    public void Hold(ref OrderRecord order, long cash)
    {
        state.Ledger.HoldCash(ref state.Accounts[order.State.AccountId], cash - order.HeldCash);
        order.HeldCash = cash;
    }

    /// <summary>A new or amended order, or one whose place in the queue is lost, begins to work or to wait.</summary>
    public void Enter(int slot, Instrument instrument)
    {
        ref var order = ref state.Orders[slot];
        var waits = order.State.Type is OrderType.Stop or OrderType.StopLimit && !order.State.Triggered;
        if (waits && !IsReached(instrument, order.State.Side, order.State.StopPrice))
        {
            order.Place = OrderPlace.Stops;
            instrument.Stops.Add(slot, Instrument.StopSide(order.State.Side), order.State.StopPrice);
            return;
        }
        if (waits) Trigger(slot, instrument);
        else Arrive(slot, instrument);
        RunStops(instrument);
    }

    /// <summary>Takes an open order from where it rests or waits.</summary>
    public void Leave(int slot, Instrument instrument)
    {
        ref var order = ref state.Orders[slot];
        if (order.Place == OrderPlace.Stops)
        {
            instrument.Stops.Remove(slot, Instrument.StopSide(order.State.Side));
        }
        else
        {
            Invariant.Require(order.Place == OrderPlace.Book, "an open order rests or waits");
            instrument.Book.Remove(slot, order.State.Side);
            TellLevel(instrument, order.State.Side, _hot[slot].Level, order.WorkingPrice);
        }
        order.Place = OrderPlace.Arriving;
    }

    /// <summary>Ends an open order that has left its place: gives back what it holds and tells so.</summary>
    public void Close(int slot, OrderStatus status, OrderChange change)
    {
        ref var order = ref state.Orders[slot];
        if (order.State.Side == Side.Buy) Hold(ref order, 0);
        else if (order.State.Remaining > 0) HoldShares(ref order, -order.State.Remaining);
        order.State.Status = status;
        Tell(ref order, change);
        Forget(slot, ref order);
    }

    /// <summary>Lowers the quantity of a resting or waiting order that keeps its place.</summary>
    public void Reduce(int slot, Instrument instrument, long newOpen)
    {
        ref var order = ref state.Orders[slot];
        if (order.Place == OrderPlace.Stops)
        {
            instrument.Stops.Reduce(slot, Instrument.StopSide(order.State.Side), newOpen);
            return;
        }
        instrument.Book.Reduce(slot, order.State.Side, newOpen);
        TellLevel(instrument, order.State.Side, _hot[slot].Level, order.WorkingPrice);
    }

    /// <summary>Reserves a sell's shares (+) or gives them back (−).</summary>
    public void HoldShares(ref OrderRecord order, long quantity)
    {
        ref var position = ref state.Positions[order.Position].State;
        Invariant.Require(position.AccountId == order.State.AccountId && position.InstrumentId == order.State.InstrumentId, "a sell order delivers from its own position");
        state.Ledger.HoldShares(order.Position, quantity);
    }

    static bool IsReached(Instrument instrument, Side side, long stopPrice)
    {
        var last = instrument.State.LastPrice;
        return last != 0 && (side == Side.Buy ? last >= stopPrice : last <= stopPrice);
    }

    /// <summary>Triggers waiting stops, one by one, until none is left whose price is reached.</summary>
    void RunStops(Instrument instrument)
    {
        while (true)
        {
            // Waiting buys lie on the ask side of the stop book, waiting sells on the bid side.
            var side = IsAnyReached(instrument, Side.Buy) ? Side.Buy : IsAnyReached(instrument, Side.Sell) ? Side.Sell : 0;
            if (side == 0) return;
            var waiting = instrument.Stops.Against(side);
            var slot = waiting[waiting.Best].Head;
            instrument.Stops.Remove(slot, Instrument.StopSide(side));
            state.Orders[slot].Place = OrderPlace.Arriving;
            Trigger(slot, instrument);
        }
    }

    static bool IsAnyReached(Instrument instrument, Side side)
    {
        var waiting = instrument.Stops.Against(side);
        return waiting.Best >= 0 && IsReached(instrument, side, waiting.BestPrice);
    }

    void Trigger(int slot, Instrument instrument)
    {
        ref var order = ref state.Orders[slot];
        order.State.Triggered = true;
        Tell(ref order, OrderChange.Triggered);
        var postOnly = (order.State.Instructions & ExecutionInstructions.PostOnly) != 0;
        var unused = default(CommandResult);
        if (postOnly && !OrderTerms.DoesNotTake(instrument, order.State.Side, order.WorkingPrice, ref unused))
        {
            Close(slot, OrderStatus.Rejected, OrderChange.PostOnlyWouldTake);
            return;
        }
        Arrive(slot, instrument);
    }

    void Arrive(int slot, Instrument instrument)
    {
        ref var order = ref state.Orders[slot];
        var side = order.State.Side;
        var remaining = order.State.Remaining;
        var owner = _hot[slot].Owner;
        if (order.State.TimeInForce == TimeInForce.Fok)
        {
            var nothing = default(NoCost);
            if (instrument.Book.Probe(side, order.WorkingPrice, remaining, owner, order.State.SelfTradePrevention, ref nothing) < remaining)
            {
                Close(slot, OrderStatus.Expired, OrderChange.NotFillable);
                return;
            }
        }

        var settlement = new Settlement(this, instrument, slot);
        var outcome = instrument.Book.Match(side, order.WorkingPrice, ref remaining, owner, order.State.SelfTradePrevention, ref settlement);
        Invariant.Require(remaining == order.State.Remaining, "matching and settlement count the same quantity");
        if (remaining == 0) return;
        if (outcome == MatchOutcome.SelfTrade) Close(slot, OrderStatus.Cancelled, OrderChange.SelfTrade);
        else if (order.IsImmediate) Close(slot, OrderStatus.Expired, OrderChange.Unfilled);
        else
        {
            order.Place = OrderPlace.Book;
            _hot[slot].Open = remaining;
            var level = instrument.Book.Add(slot, side, order.WorkingPrice);
            TellLevel(instrument, side, level, order.WorkingPrice);
            Invariant.Require(
                instrument.Book.Bids.Best < 0 || instrument.Book.Asks.Best < 0 || instrument.Book.Bids.BestPrice < instrument.Book.Asks.BestPrice,
                "a book is never crossed");
        }
    }

    void Fill(Instrument instrument, int restingSlot, int arrivingSlot, long price, long quantity)
    {
        ref var resting = ref state.Orders[restingSlot];
        ref var arriving = ref state.Orders[arrivingSlot];
        var restingBuys = resting.State.Side == Side.Buy;
        ref var buy = ref restingBuys ? ref resting : ref arriving;
        ref var sell = ref restingBuys ? ref arriving : ref resting;
        var notional = instrument.Notional(price, quantity);
        var buyFee = Fee.Of(notional, restingBuys ? buy.MakerFeePpm : buy.TakerFeePpm);
        var sellFee = Fee.Of(notional, restingBuys ? sell.TakerFeePpm : sell.MakerFeePpm);
        var tradeId = ++state.LastTradeId;
        instrument.State.LastPrice = price;
        instrument.State.ReferencePrice = price;
        state.Events.Add<TradeExecuted>() = new TradeExecuted
        {
            TradeId = tradeId,
            InstrumentId = instrument.State.Id,
            TakerSide = arriving.State.Side,
            Price = price,
            Quantity = quantity,
            Notional = notional,
            BuyOrderId = buy.State.Id,
            SellOrderId = sell.State.Id,
            BuyAccountId = buy.State.AccountId,
            SellAccountId = sell.State.AccountId,
            BuyFee = buyFee,
            SellFee = sellFee,
        };
        Count(ref resting, quantity, notional, restingBuys ? buyFee : sellFee);
        Count(ref arriving, quantity, notional, restingBuys ? sellFee : buyFee);
        Settle(instrument, ref buy, ref sell, tradeId, quantity, notional, buyFee, sellFee);

        Tell(ref resting, OrderChange.Traded);
        Tell(ref arriving, OrderChange.Traded);
        if (resting.State.Status == OrderStatus.Filled) Forget(restingSlot, ref resting);
        if (arriving.State.Status == OrderStatus.Filled) Forget(arrivingSlot, ref arriving);
    }

    void Settle(Instrument instrument, ref OrderRecord buy, ref OrderRecord sell, long tradeId, long quantity, long notional, long buyFee, long sellFee)
    {
        var ledger = state.Ledger;
        // What was spent leaves the hold together with the balance, and a better price than reserved gives the difference free.
        Hold(ref buy, buy.HoldsAtWorkingPrice
            ? (long)CashNeeded(instrument, buy.WorkingPrice, buy.State.Remaining, buy.MakerFeePpm, buy.TakerFeePpm)
            : buy.HeldCash - notional - buyFee);
        HoldShares(ref sell, -quantity);

        var entry = ledger.Begin(tradeId);
        ledger.MoveCash(ref entry, PostingKind.Trade, buy.State.AccountId, -notional);
        ledger.MoveCash(ref entry, PostingKind.Trade, sell.State.AccountId, notional);
        ledger.MoveCash(ref entry, PostingKind.Fee, buy.State.AccountId, -buyFee);
        ledger.MoveCash(ref entry, PostingKind.Fee, sell.State.AccountId, -sellFee);
        ledger.MoveCash(ref entry, PostingKind.Fee, state.Currencies[instrument.State.CurrencyId - 1].FeeAccountId, buyFee + sellFee);

        var bought = state.Positions.FindOrAdd(ref state.Accounts[buy.State.AccountId], instrument.State.Id);
        ref var gaining = ref state.Positions[bought];
        PositionBooks.BeginChange(ref gaining, instrument);
        ledger.MoveShares(ref entry, PostingKind.Trade, ref gaining, quantity);
        PositionBooks.Bought(ref gaining, notional, buyFee);
        ledger.Touch(bought);

        ref var giving = ref state.Positions[sell.Position];
        PositionBooks.BeginChange(ref giving, instrument);
        ledger.MoveShares(ref entry, PostingKind.Trade, ref giving, -quantity);
        PositionBooks.Sold(ref giving, quantity, notional, sellFee);
        ledger.Touch(sell.Position);
        Ledger.Close(ref entry);
    }

    static void Count(ref OrderRecord order, long quantity, long notional, long fee)
    {
        order.State.Filled += quantity;
        order.State.FilledNotional += notional;
        order.State.Fees += fee;
        Invariant.Require(order.State.Filled <= order.State.Quantity, "no order trades more than its quantity");
        order.State.Status = order.State.Filled == order.State.Quantity ? OrderStatus.Filled : OrderStatus.Partial;
    }

    void Forget(int slot, ref OrderRecord order)
    {
        Invariant.Require(order.HeldCash == 0, "an ended order holds nothing");
        ref var account = ref state.Accounts[order.State.AccountId];
        _orders.Unlink(slot, ref account);
        account.State.OpenOrders--;
        state.Ledger.Touch(ref account);
        state.Orders.Free(slot);
    }

    void TellLevel(Instrument instrument, Side side, int levelSlot, long price)
    {
        var (quantity, count) = instrument.Book.LevelOf(levelSlot, side);
        TellLevel(instrument, side, price, quantity, count);
    }

    void TellLevel(Instrument instrument, Side side, long price, long quantity, int count) =>
        state.Events.Add<LevelChanged>() = new LevelChanged
        {
            InstrumentId = instrument.State.Id,
            Side = side,
            Price = price,
            Quantity = quantity,
            OrderCount = count,
            BookSequence = ++instrument.State.BookSequence,
        };

    /// <summary>Asks only how much would trade.</summary>
    struct NoCost : IProbeHandler
    {
        public readonly void OnFill(long price, long quantity)
        {
        }
    }

    /// <summary>Settles what a book matches for one arriving order.</summary>
    readonly struct Settlement(OrderExecution execution, Instrument instrument, int arrivingSlot) : IMatchHandler
    {
        public void OnFill(int restingSlot, long price, long quantity) =>
            execution.Fill(instrument, restingSlot, arrivingSlot, price, quantity);

        public void OnRestingRemoved(int restingSlot)
        {
            execution._orders[restingSlot].Place = OrderPlace.Arriving;
            execution.Close(restingSlot, OrderStatus.Cancelled, OrderChange.SelfTrade);
        }

        public void OnLevel(long price, long quantity, int orderCount) =>
            execution.TellLevel(instrument, Instrument.StopSide(execution._orders[arrivingSlot].State.Side), price, quantity, orderCount);
    }
}
