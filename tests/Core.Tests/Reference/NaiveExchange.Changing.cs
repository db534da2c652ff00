namespace MyTradeX.Core.Tests.Reference;

/// <summary>"Amending" and "Cancelling".</summary>
sealed partial class NaiveExchange
{
    CommandResult Carry(long user, AmendOrder command)
    {
        if (OrderOf(user, command.OrderId) is not { } order) return Refuse(RejectCode.OrderNotFound);
        var instrument = InstrumentOf(order);
        if (MayNotTrade(order.State.UserId, instrument) is { } notNow) return notNow;
        if (command.Price < 0 || (command.Price > 0 && order.State.Type == OrderType.Stop)) return Invalid(CommandField.Price);
        if (command.StopPrice < 0 || (command.StopPrice > 0 && order.Whereabouts != Whereabouts.Waiting)) return Invalid(CommandField.StopPrice);
        if (command.Quantity < 0) return Invalid(CommandField.Quantity);
        if (BeyondOneOrder(command.Quantity, command.Price, command.StopPrice) is { } beyond) return beyond;

        var amended = new NaiveOrder
        {
            State = order.State, Whereabouts = order.Whereabouts, Arrival = order.Arrival,
            MakerFeePpm = order.MakerFeePpm, TakerFeePpm = order.TakerFeePpm, WorkingPrice = order.WorkingPrice,
        };
        if (command.Quantity != 0) amended.State.Quantity = command.Quantity;
        if (command.Price != 0) amended.State.Price = command.Price;
        if (command.StopPrice != 0) amended.State.StopPrice = command.StopPrice;
        var newPrice = amended.State.Price != order.State.Price;
        var newStop = amended.State.StopPrice != order.State.StopPrice;
        var more = amended.State.Quantity > order.State.Quantity;
        var less = amended.State.Quantity < order.State.Quantity;
        var arrivesAnew = newPrice || newStop || more;
        if (newPrice || newStop)
            amended.WorkingPrice = instrument.WorkingPrice(amended.State.Type, amended.State.Side, amended.State.Price, amended.State.StopPrice);

        // A value that stays as it is is not looked at again, whatever the rules are by now.
        if ((more || less) && OffLot(instrument, command.Quantity) is { } offLot) return offLot;
        if (amended.State.Quantity <= order.State.Filled)
            return Refuse(RejectCode.QuantityBelowFilled, CommandField.Quantity, amended.State.Quantity, order.State.Filled);
        if (OffTick(instrument, newPrice ? command.Price : 0, newStop ? command.StopPrice : 0) is { } offTick) return offTick;
        if (newPrice && OutOfBand(instrument, command.Price) is { } outOfBand) return outOfBand;
        if (TooLarge(instrument, amended) is { } tooLarge) return tooLarge;
        if (newPrice && order.Whereabouts == Whereabouts.Resting && PostOnlyWouldTake(amended) is { } wouldTake) return wouldTake;
        if (Uncovered(amended, heldAlready: Need(order)) is { } uncovered) return uncovered;

        if (!arrivesAnew && !less) return Accept(order.State.Id, order: order);
        if (!order.IsBuy && (more || less)) Touch(order);
        if (arrivesAnew) Leave(order);
        order.State = amended.State;
        order.WorkingPrice = amended.WorkingPrice;
        if (order.Whereabouts == Whereabouts.Resting) TellLevel(instrument, order.State.Side, order.State.Price);
        Tell(order, OrderChange.Amended);
        if (arrivesAnew) Arrive(order);
        return Accept(order.State.Id, order: order);
    }

    CommandResult Carry(long user, CancelOrder command)
    {
        if (OrderOf(user, command.OrderId) is not { } order) return Refuse(RejectCode.OrderNotFound);
        End(order, OrderStatus.Cancelled, OrderChange.CancelRequested);
        return Accept(order.State.Id, order: order);
    }

    CommandResult Carry(long user, CancelAllOrders command)
    {
        if (command.AccountId != 0 && (UserAccount(command.AccountId) is not { } account || !MayActFor(user, account.OwnerId)))
            return Refuse(RejectCode.AccountNotFound, CommandField.Account);
        if (command.InstrumentId != 0 && Instrument(command.InstrumentId) is null) return Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol);
        var cancelled = CancelAll(OrderChange.CancelRequested, order =>
            (command.AccountId == 0 ? order.UserId == user : order.AccountId == command.AccountId) &&
            (command.InstrumentId == 0 || order.InstrumentId == command.InstrumentId));
        return Accept(0, cancelled);
    }

    CommandResult Carry(long user, SetKillSwitch command)
    {
        if (command.OwnerId <= 0 || !MayActFor(user, command.OwnerId)) return Refuse(RejectCode.AccountNotFound, CommandField.User);
        if (!command.Engaged)
        {
            _killed.Remove(command.OwnerId);
            return Accept(command.OwnerId);
        }
        _killed.Add(command.OwnerId);
        return Accept(command.OwnerId, CancelAll(OrderChange.KillSwitch, order => order.UserId == command.OwnerId));
    }

    NaiveOrder? OrderOf(long user, long orderId) => _orders.Find(order => order.State.Id == orderId && MayActFor(user, order.State.UserId));

    int CancelAll(OrderChange why, Func<OrderState, bool> which)
    {
        var chosen = _orders.Where(order => which(order.State)).OrderBy(order => order.State.Id).ToList();
        foreach (var order in chosen) End(order, OrderStatus.Cancelled, why);
        return chosen.Count;
    }
}
