namespace MyTradeX.Core.Tests.Reference;

/// <summary>"Matching", "Stop orders", and the settlement of a trade.</summary>
sealed partial class NaiveExchange
{
    /// <summary>Resting orders of the other side, best price first, in each price the one that came first.</summary>
    List<NaiveOrder> Opposite(NaiveOrder order)
    {
        var others = _orders.Where(other =>
            other.State.InstrumentId == order.State.InstrumentId && other.State.Side != order.State.Side && other.Whereabouts == Whereabouts.Resting);
        var sorted = order.IsBuy ? others.OrderBy(other => other.State.Price) : others.OrderByDescending(other => other.State.Price);
        return [.. sorted.ThenBy(other => other.Arrival)];
    }

    /// <summary>What an order would trade now, its own orders treated by its self-trade prevention.</summary>
    List<(NaiveOrder Resting, long Quantity)> WithinReach(NaiveOrder order)
    {
        var fills = new List<(NaiveOrder, long)>();
        var wanted = order.State.Remaining;
        foreach (var resting in Opposite(order).TakeWhile(resting => order.Accepts(resting.State.Price)))
        {
            if (wanted == 0) break;
            if (resting.State.UserId == order.State.UserId)
            {
                if (order.State.SelfTradePrevention is SelfTradePrevention.CancelNewest or SelfTradePrevention.CancelBoth) break;
                if (order.State.SelfTradePrevention == SelfTradePrevention.CancelOldest) continue;
            }
            var quantity = Math.Min(wanted, resting.State.Remaining);
            fills.Add((resting, quantity));
            wanted -= quantity;
        }
        return fills;
    }

    bool CanFillNow(NaiveOrder order) => WithinReach(order).Sum(fill => fill.Quantity) == order.State.Remaining;

    /// <summary>A new, amended or triggered order comes in; then the stops whose condition holds are worked off.</summary>
    void Arrive(NaiveOrder order)
    {
        order.Whereabouts = Whereabouts.Arriving;
        var instrument = InstrumentOf(order);
        if (!order.IsStop || order.State.Triggered) Work(order);
        else if (order.IsSetOffBy(instrument.State.LastPrice)) Trigger(order);
        else Stay(order, Whereabouts.Waiting);

        while (NextSetOff(instrument) is { } stop) Trigger(stop);
    }

    NaiveOrder? NextSetOff(NaiveInstrument instrument)
    {
        var due = _orders.Where(order =>
            InstrumentOf(order) == instrument && order.Whereabouts == Whereabouts.Waiting && order.IsSetOffBy(instrument.State.LastPrice)).ToList();
        return due.Where(order => order.IsBuy).OrderBy(order => order.State.StopPrice).ThenBy(order => order.Arrival).FirstOrDefault()
            ?? due.Where(order => !order.IsBuy).OrderByDescending(order => order.State.StopPrice).ThenBy(order => order.Arrival).FirstOrDefault();
    }

    void Trigger(NaiveOrder stop)
    {
        stop.Whereabouts = Whereabouts.Arriving;
        stop.State.Triggered = true;
        Tell(stop, OrderChange.Triggered);
        if (WouldTake(stop)) End(stop, OrderStatus.Rejected, OrderChange.PostOnlyWouldTake);
        else Work(stop);
    }

    void Work(NaiveOrder order)
    {
        if (order.State.TimeInForce == TimeInForce.Fok && !CanFillNow(order))
        {
            End(order, OrderStatus.Expired, OrderChange.NotFillable);
            return;
        }
        while (order.State.IsOpen && Opposite(order).FirstOrDefault() is { } best && order.Accepts(best.State.Price))
        {
            if (WorkThrough(order, best.State.Side, best.State.Price)) continue;
            End(order, OrderStatus.Cancelled, OrderChange.SelfTrade);
            return;
        }
        if (!order.State.IsOpen) return;
        var rests = order.State.Type is OrderType.Limit or OrderType.StopLimit && order.State.TimeInForce is TimeInForce.Day or TimeInForce.Gtc;
        if (rests) Stay(order, Whereabouts.Resting);
        else End(order, OrderStatus.Expired, OrderChange.Unfilled);
    }

    /// <summary>Meets one order of a price after the other; false when an own order ends the arriving one.</summary>
    bool WorkThrough(NaiveOrder arriving, Side side, long price)
    {
        var (before, goesOn) = (Level(arriving.State.InstrumentId, side, price), true);
        while (goesOn && arriving.State.IsOpen && Opposite(arriving).FirstOrDefault() is { } resting && resting.State.Price == price)
        {
            var mode = arriving.State.UserId == resting.State.UserId ? arriving.State.SelfTradePrevention : SelfTradePrevention.None;
            if (mode == SelfTradePrevention.None) Trade(arriving, resting);
            if (mode is SelfTradePrevention.CancelOldest or SelfTradePrevention.CancelBoth)
            {
                resting.Whereabouts = Whereabouts.Arriving;
                End(resting, OrderStatus.Cancelled, OrderChange.SelfTrade);
            }
            goesOn = mode is SelfTradePrevention.None or SelfTradePrevention.CancelOldest;
        }
        if (Level(arriving.State.InstrumentId, side, price) != before) TellLevel(InstrumentOf(arriving), side, price);
        return goesOn;
    }

    void Trade(NaiveOrder arriving, NaiveOrder resting)
    {
        var instrument = InstrumentOf(arriving);
        var price = resting.State.Price;
        var quantity = Math.Min(arriving.State.Remaining, resting.State.Remaining);
        var notional = NaiveArithmetic.Notional(instrument.State, price, quantity);
        var arrivingFee = (long)NaiveArithmetic.Fee(notional, arriving.TakerFeePpm);
        var restingFee = (long)NaiveArithmetic.Fee(notional, resting.MakerFeePpm);
        var (buy, buyFee) = arriving.IsBuy ? (arriving, arrivingFee) : (resting, restingFee);
        var (sell, sellFee) = arriving.IsBuy ? (resting, restingFee) : (arriving, arrivingFee);

        instrument.State.LastPrice = instrument.State.ReferencePrice = price;
        _lastTradeId++;
        _events.Add(new TradeExecuted
        {
            TradeId = _lastTradeId, InstrumentId = instrument.State.Id, TakerSide = arriving.State.Side, Price = price, Quantity = quantity,
            Notional = (long)notional, BuyOrderId = buy.State.Id, SellOrderId = sell.State.Id,
            BuyAccountId = buy.State.AccountId, SellAccountId = sell.State.AccountId, BuyFee = buyFee, SellFee = sellFee,
        });
        Settle(instrument, buy.State.AccountId, sell.State.AccountId, quantity, (long)notional, buyFee, sellFee);
        Fill(resting, quantity, (long)notional, restingFee);
        Fill(arriving, quantity, (long)notional, arrivingFee);
    }

    void Fill(NaiveOrder order, long quantity, long notional, long fee)
    {
        order.State.Filled += quantity;
        order.State.FilledNotional += notional;
        order.State.Fees += fee;
        order.State.Status = order.State.Remaining == 0 ? OrderStatus.Filled : OrderStatus.Partial;
        if (order.State.Remaining == 0) _orders.Remove(order);
        Tell(order, OrderChange.Traded);
    }

    /// <summary>"Ledger entry of a trade, in this order, lines of zero left out."</summary>
    void Settle(NaiveInstrument instrument, long buyer, long seller, long quantity, long notional, long buyFee, long sellFee)
    {
        _lastEntryId++;
        byte line = 0;
        var fees = CurrencyOf(instrument).FeeAccountId;
        PostMoney(ref line, PostingKind.Trade, _lastTradeId, buyer, -notional);
        PostMoney(ref line, PostingKind.Trade, _lastTradeId, seller, notional);
        PostMoney(ref line, PostingKind.Fee, _lastTradeId, buyer, -buyFee);
        PostMoney(ref line, PostingKind.Fee, _lastTradeId, seller, -sellFee);
        PostMoney(ref line, PostingKind.Fee, _lastTradeId, fees, buyFee + sellFee);

        var bought = Position(buyer, instrument.State.Id);
        bought.Buy(instrument, quantity, notional, buyFee);
        bought.State.UpdatedAt = Time;
        PostShares(ref line, PostingKind.Trade, _lastTradeId, buyer, instrument, quantity, bought.State.Quantity);
        var sold = Position(seller, instrument.State.Id);
        sold.Sell(instrument, quantity, notional, sellFee);
        PostShares(ref line, PostingKind.Trade, _lastTradeId, seller, instrument, -quantity, sold.State.Quantity);
    }

    void Stay(NaiveOrder order, Whereabouts whereabouts)
    {
        order.Whereabouts = whereabouts;
        order.Arrival = ++_lastArrival;
        if (whereabouts == Whereabouts.Resting) TellLevel(InstrumentOf(order), order.State.Side, order.State.Price);
    }

    /// <summary>Takes an order from its place.</summary>
    void Leave(NaiveOrder order)
    {
        var rested = order.Whereabouts == Whereabouts.Resting;
        order.Whereabouts = Whereabouts.Arriving;
        if (rested) TellLevel(InstrumentOf(order), order.State.Side, order.State.Price);
    }

    void End(NaiveOrder order, OrderStatus status, OrderChange why)
    {
        Leave(order);
        order.State.Status = status;
        _orders.Remove(order);
        Tell(order, why);
    }

    void TellLevel(NaiveInstrument instrument, Side side, long price)
    {
        var level = Level(instrument.State.Id, side, price);
        _events.Add(new LevelChanged
        {
            InstrumentId = instrument.State.Id, Side = side, Price = price, Quantity = level.Quantity, OrderCount = level.Orders,
            BookSequence = ++instrument.State.BookSequence,
        });
    }

    void Touch(NaiveOrder sell)
    {
        if (_positions.TryGetValue((sell.State.AccountId, sell.State.InstrumentId), out var position)) position.State.UpdatedAt = Time;
    }

    void Tell(NaiveOrder order, OrderChange change)
    {
        order.State.Change = change;
        order.State.UpdatedAt = Time;
        order.State.Sequence = Sequence;
        _events.Add(new OrderUpdated { Order = order.State });
        // A sell that comes, goes or trades changes what its position holds.
        if (!order.IsBuy && change is not (OrderChange.Triggered or OrderChange.Amended)) Touch(order);
    }
}
