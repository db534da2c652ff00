namespace MyTradeX.Core;

/// <summary>Checks of an order that need only the order and its instrument. Each follows docs/trading-rules.md.</summary>
static class OrderTerms
{
    /// <summary>Values that no order may carry, whatever the market.</summary>
    public static bool IsWellFormed(in PlaceOrder order, ref CommandResult result)
    {
        var priced = order.Type is OrderType.Limit or OrderType.StopLimit;
        var stopped = order.Type is OrderType.Stop or OrderType.StopLimit;
        var postOnly = (order.Instructions & ExecutionInstructions.PostOnly) != 0;
        var field =
            order.Side is not (Side.Buy or Side.Sell) ? CommandField.Side
            : order.Type is < OrderType.Limit or > OrderType.StopLimit ? CommandField.OrderType
            : order.TimeInForce is < TimeInForce.Day or > TimeInForce.Fok ? CommandField.TimeInForce
            : order.SelfTradePrevention is < SelfTradePrevention.CancelNewest or > SelfTradePrevention.None ? CommandField.SelfTradePrevention
            : (order.Instructions & ~ExecutionInstructions.PostOnly) != 0 ? CommandField.PostOnly
            : priced ? order.Price <= 0 ? CommandField.Price : CommandField.None
            : order.Price != 0 ? CommandField.Price
            : CommandField.None;
        if (field == CommandField.None && (stopped ? order.StopPrice <= 0 : order.StopPrice != 0)) field = CommandField.StopPrice;
        if (field == CommandField.None && order.Quantity <= 0) field = CommandField.Quantity;
        if (field == CommandField.None && postOnly && (!priced || order.TimeInForce is TimeInForce.Ioc or TimeInForce.Fok)) field = CommandField.PostOnly;
        return field == CommandField.None || result.Refuse(RejectCode.InvalidCommand, field);
    }

    public static bool IsInRange(long quantity, long price, long stopPrice, ref CommandResult result)
    {
        if (quantity > Limits.MaxAmount) return result.Refuse(RejectCode.QuantityOutOfRange, CommandField.Quantity, quantity, Limits.MaxAmount, Limits.MaxAmount);
        if (price > Limits.MaxAmount) return result.Refuse(RejectCode.QuantityOutOfRange, CommandField.Price, price, Limits.MaxAmount, Limits.MaxAmount);
        if (stopPrice > Limits.MaxAmount) return result.Refuse(RejectCode.QuantityOutOfRange, CommandField.StopPrice, stopPrice, Limits.MaxAmount, Limits.MaxAmount);
        return true;
    }

    public static bool IsOnLot(Instrument instrument, long quantity, ref CommandResult result)
    {
        var lot = instrument.State.Rules.LotSize;
        return quantity % lot == 0 || result.Refuse(RejectCode.InvalidLotSize, CommandField.Quantity, quantity, lot, NearestMultiple(quantity, lot));
    }

    public static bool IsOnTick(Instrument instrument, CommandField field, long price, ref CommandResult result)
    {
        var tick = instrument.State.Rules.TickSize;
        return price % tick == 0 || result.Refuse(RejectCode.InvalidTickSize, field, price, tick, NearestMultiple(price, tick));
    }

    public static bool IsInBand(Instrument instrument, long price, ref CommandResult result)
    {
        if (instrument.State.Rules.BandBps == 0 || instrument.State.ReferencePrice == 0) return true;
        var (low, high) = instrument.Band();
        if (price < low) return result.Refuse(RejectCode.PriceOutOfBand, CommandField.Price, price, low, low);
        if (price > high) return result.Refuse(RejectCode.PriceOutOfBand, CommandField.Price, price, high, high);
        return true;
    }

    public static bool IsNotTooLarge(Instrument instrument, long workingPrice, long quantity, ref CommandResult result)
    {
        if (instrument.WideNotional(workingPrice, quantity) <= Limits.MaxIssued) return true;
        var most = (long)(Limits.MaxIssued / ((Int128)workingPrice * instrument.State.NotionalMultiplier));
        return result.Refuse(RejectCode.OrderTooLarge, CommandField.Quantity, quantity, most, most / instrument.State.Rules.LotSize * instrument.State.Rules.LotSize);
    }

    public static bool DoesNotTake(Instrument instrument, Side side, long price, ref CommandResult result)
    {
        var against = instrument.Book.Against(side);
        if (against.Best < 0 || !against.IsAsGood(against.BestPrice, price)) return true;
        var tick = instrument.State.Rules.TickSize;
        // The best price may lie off the tick when the tick has changed since; below the first tick there is none to suggest.
        var rests = side == Side.Buy ? (against.BestPrice - 1) / tick * tick : (against.BestPrice / tick + 1) * tick;
        return result.Refuse(RejectCode.PostOnlyWouldTake, CommandField.Price, price, against.BestPrice, rests);
    }

    static long NearestMultiple(long value, long step)
    {
        var below = value / step * step;
        if (below == 0) return step;
        return value - below <= below + step - value ? below : below + step;
    }
}
