using System.Numerics;

namespace MyTradeX.Core.Tests.Reference;

/// <summary>"Placing an order", check by check.</summary>
sealed partial class NaiveExchange
{
    const int MaxOpenOrdersPerAccount = 50_000;
    const int MaxOpenOrders = 4_000_000;

    CommandResult Carry(long user, PlaceOrder command)
    {
        // 2. account
        if (Account(command.AccountId) is not { } account || !MayActFor(user, account.OwnerId)) return Refuse(RejectCode.AccountNotFound, CommandField.Account);
        if (IsClosed(account)) return Refuse(RejectCode.AccountClosed, CommandField.Account);
        if (account.Type != AccountType.Trading) return Refuse(RejectCode.AccountNotTradable, CommandField.Account);
        // 3. and 4.
        if (Instrument(command.InstrumentId) is not { } instrument) return Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol);
        if (account.CurrencyId != instrument.State.CurrencyId) return Refuse(RejectCode.CurrencyMismatch, CommandField.Account);
        // 5. terms that exclude each other
        if (Fault(command) is { } field) return Invalid(field);
        // 6. client order id
        if (!command.ClientOrderId.IsEmpty && _memory.Order(account.Id, command.ClientOrderId) is { } known)
            return TermsOf(known.Terms).Equals(TermsOf(command)) ? Again(known) : Refuse(RejectCode.DuplicateClientOrderId, CommandField.ClientOrderId, subject: known.Subject);
        // 7. to 9.
        if (MayNotTrade(account.OwnerId, instrument) is { } notNow) return notNow;
        // 10. to 12.
        if (BeyondOneOrder(command.Quantity, command.Price, command.StopPrice) is { } beyond) return beyond;
        if (OffLot(instrument, command.Quantity) is { } offLot) return offLot;
        if (OffTick(instrument, command.Price, command.StopPrice) is { } offTick) return offTick;
        // 13.
        if (OutOfBand(instrument, command.Price) is { } outOfBand) return outOfBand;

        var order = new NaiveOrder
        {
            State = new()
            {
                Id = _lastOrderId + 1,
                AccountId = account.Id,
                UserId = account.OwnerId,
                InstrumentId = instrument.State.Id,
                Side = command.Side,
                Type = command.Type,
                TimeInForce = command.TimeInForce,
                SelfTradePrevention = command.SelfTradePrevention,
                Instructions = command.Instructions,
                Price = command.Price,
                StopPrice = command.StopPrice,
                Quantity = command.Quantity,
                CreatedAt = Time,
                ClientOrderId = command.ClientOrderId,
            },
            MakerFeePpm = instrument.State.Rules.MakerFeePpm,
            TakerFeePpm = instrument.State.Rules.TakerFeePpm,
            WorkingPrice = instrument.WorkingPrice(command.Type, command.Side, command.Price, command.StopPrice),
        };
        // 14. to 17.
        if (TooLarge(instrument, order) is { } tooLarge) return tooLarge;
        if (TooMany(order) is { } tooMany) return tooMany;
        if (command.Type == OrderType.Limit && PostOnlyWouldTake(order) is { } wouldTake) return wouldTake;
        if (Uncovered(order) is { } uncovered) return uncovered;

        _lastOrderId++;
        _orders.Add(order);
        if (!command.ClientOrderId.IsEmpty)
            _memory.Add(new(Time, Sequence, order.State.Id) { ClientOrderId = (account.Id, command.ClientOrderId), Terms = command });
        order.State.Status = OrderStatus.New;
        Tell(order, OrderChange.Accepted);
        Arrive(order);
        return Accept(order.State.Id, order: order);
    }

    static CommandField? Fault(in PlaceOrder command)
    {
        if (!Enum.IsDefined(command.Side)) return CommandField.Side;
        if (!Enum.IsDefined(command.Type)) return CommandField.OrderType;
        if (!Enum.IsDefined(command.TimeInForce)) return CommandField.TimeInForce;
        if (!Enum.IsDefined(command.SelfTradePrevention)) return CommandField.SelfTradePrevention;
        if (!Enum.IsDefined(command.Instructions)) return CommandField.PostOnly;
        var takesPrice = command.Type is OrderType.Limit or OrderType.StopLimit;
        if (takesPrice ? command.Price <= 0 : command.Price != 0) return CommandField.Price;
        var takesStop = command.Type is OrderType.Stop or OrderType.StopLimit;
        if (takesStop ? command.StopPrice <= 0 : command.StopPrice != 0) return CommandField.StopPrice;
        if (command.Quantity <= 0) return CommandField.Quantity;
        var mayRest = takesPrice && command.TimeInForce is TimeInForce.Day or TimeInForce.Gtc;
        if (command.Instructions == ExecutionInstructions.PostOnly && !(takesPrice && mayRest)) return CommandField.PostOnly;
        return null;
    }

    static object TermsOf(in PlaceOrder order) => (
        order.InstrumentId, order.Side, order.Type, order.TimeInForce, order.SelfTradePrevention, order.Instructions,
        (order.Price, order.StopPrice, order.Quantity));

    CommandResult? MayNotTrade(long owner, NaiveInstrument instrument)
    {
        if (_killed.Contains(owner)) return Refuse(RejectCode.TradingBlocked, CommandField.User);
        if (instrument.State.Halted) return Refuse(RejectCode.MarketHalted, CommandField.Symbol);
        if (!instrument.IsOpenAt(Time)) return Refuse(RejectCode.MarketClosed, CommandField.Symbol);
        return null;
    }

    static CommandResult? BeyondOneOrder(long quantity, long price, long stopPrice)
    {
        if (quantity > MaxAmount) return Refuse(RejectCode.QuantityOutOfRange, CommandField.Quantity, quantity, MaxAmount, MaxAmount);
        if (price > MaxAmount) return Refuse(RejectCode.QuantityOutOfRange, CommandField.Price, price, MaxAmount, MaxAmount);
        if (stopPrice > MaxAmount) return Refuse(RejectCode.QuantityOutOfRange, CommandField.StopPrice, stopPrice, MaxAmount, MaxAmount);
        return null;
    }

    static CommandResult? OffLot(NaiveInstrument instrument, long quantity)
    {
        var lot = instrument.State.Rules.LotSize;
        return quantity % lot == 0 ? null
            : Refuse(RejectCode.InvalidLotSize, CommandField.Quantity, quantity, lot, NaiveArithmetic.NearestMultiple(quantity, lot));
    }

    static CommandResult? OffTick(NaiveInstrument instrument, long price, long stopPrice)
    {
        var tick = instrument.State.Rules.TickSize;
        if (price % tick != 0) return Refuse(RejectCode.InvalidTickSize, CommandField.Price, price, tick, NaiveArithmetic.NearestMultiple(price, tick));
        if (stopPrice % tick != 0) return Refuse(RejectCode.InvalidTickSize, CommandField.StopPrice, stopPrice, tick, NaiveArithmetic.NearestMultiple(stopPrice, tick));
        return null;
    }

    static CommandResult? OutOfBand(NaiveInstrument instrument, long price)
    {
        if (price == 0 || !instrument.HasBand) return null;
        var (low, high) = ((long)instrument.BandLow, (long)instrument.BandHigh);
        if (price < low) return Refuse(RejectCode.PriceOutOfBand, CommandField.Price, price, low, low);
        if (price > high) return Refuse(RejectCode.PriceOutOfBand, CommandField.Price, price, high, high);
        return null;
    }

    static CommandResult? TooLarge(NaiveInstrument instrument, NaiveOrder order)
    {
        if (order.State.Type == OrderType.Market || order.WorkingPrice is not { } price || price == 0) return null;
        var most = MaxIssued / (price * instrument.State.NotionalMultiplier);
        return order.State.Remaining <= most ? null
            : Refuse(RejectCode.OrderTooLarge, CommandField.Quantity, order.State.Remaining, (long)most,
                (long)NaiveArithmetic.DownToMultiple(most, instrument.State.Rules.LotSize));
    }

    CommandResult? TooMany(NaiveOrder order)
    {
        var state = order.State;
        var couldStay = state.Type != OrderType.Market && (order.IsStop || state.TimeInForce is TimeInForce.Day or TimeInForce.Gtc);
        if (!couldStay) return null;
        if (_orders.Count(other => other.State.AccountId == state.AccountId) >= MaxOpenOrdersPerAccount)
            return Refuse(RejectCode.TooManyOpenOrders, limit: MaxOpenOrdersPerAccount);
        if (_orders.Count >= MaxOpenOrders) return Refuse(RejectCode.TooManyOpenOrders, limit: MaxOpenOrders);
        return null;
    }

    CommandResult? PostOnlyWouldTake(NaiveOrder order)
    {
        if (!WouldTake(order)) return null;
        var best = Opposite(order).First().State.Price;
        var tick = InstrumentOf(order).State.Rules.TickSize;
        var suggested = (long)(order.IsBuy ? NaiveArithmetic.DownToMultiple(best - 1, tick) : NaiveArithmetic.UpToMultiple(best + 1, tick));
        return Refuse(RejectCode.PostOnlyWouldTake, CommandField.Price, order.State.Price, best, suggested);
    }

    bool WouldTake(NaiveOrder order) => order.IsPostOnly && Opposite(order).FirstOrDefault() is { } best && order.Accepts(best.State.Price);

    /// <summary>Refuses an order that is not covered by what is available, counting what it holds already.</summary>
    CommandResult? Uncovered(NaiveOrder order, BigInteger heldAlready = default)
    {
        var needed = order.State.Type == OrderType.Market && order.IsBuy ? CostNow(order) : Need(order);
        var available = (long)heldAlready +
            (order.IsBuy ? AvailableMoney(order.State.AccountId) : AvailableShares(order.State.AccountId, order.State.InstrumentId));
        if (needed <= available) return null;
        return order.IsBuy
            ? Refuse(RejectCode.InsufficientFunds, CommandField.Quantity, available, (long)BigInteger.Min(needed, long.MaxValue))
            : Refuse(RejectCode.InsufficientPosition, CommandField.Quantity, available, (long)needed, available);
    }

    /// <summary>"Exactly what the book asks at this moment: the notional and taker fee, trade by trade."</summary>
    BigInteger CostNow(NaiveOrder order)
    {
        if (order.State.TimeInForce == TimeInForce.Fok && !CanFillNow(order)) return 0;
        return WithinReach(order).Aggregate(BigInteger.Zero, (sum, fill) =>
        {
            var notional = NaiveArithmetic.Notional(InstrumentOf(order).State, fill.Resting.State.Price, fill.Quantity);
            return sum + notional + NaiveArithmetic.Fee(notional, order.TakerFeePpm);
        });
    }
}
