namespace MyTradeX.Core;

/// <summary>Placing, amending and cancelling: every check, then the order is handed to <see cref="OrderExecution"/>.</summary>
sealed class OrderEntry(ExchangeState state, OrderExecution execution)
{
    readonly List<long> _cancelling = new(64);

    public void Place(in CommandHeader header, in PlaceOrder command, ref CommandResult result)
    {
        if (!Check(header.UserId, in command, state.Time, ref result, out var plan)) return;
        if (result.Repeated) return;

        var id = ++state.LastOrderId;
        var slot = state.Orders.Allocate(id);
        ref var account = ref state.Accounts[command.AccountId];
        ref var order = ref state.Orders[slot];
        ref readonly var rules = ref plan.Instrument.State.Rules;
        // Cleared and filled in place: an initialiser would build these two hundred bytes twice.
        order = default;
        order.State.Id = id;
        order.State.AccountId = command.AccountId;
        order.State.UserId = account.State.OwnerId;
        order.State.InstrumentId = command.InstrumentId;
        order.State.Side = command.Side;
        order.State.Type = command.Type;
        order.State.TimeInForce = command.TimeInForce;
        order.State.SelfTradePrevention = command.SelfTradePrevention;
        order.State.Instructions = command.Instructions;
        order.State.Status = OrderStatus.New;
        order.State.Price = command.Price;
        order.State.StopPrice = command.StopPrice;
        order.State.Quantity = command.Quantity;
        order.State.CreatedAt = state.Time;
        order.State.ClientOrderId = command.ClientOrderId;
        order.WorkingPrice = plan.WorkingPrice;
        order.MakerFeePpm = rules.MakerFeePpm;
        order.TakerFeePpm = rules.TakerFeePpm;
        order.HoldsAtWorkingPrice = command.Type != OrderType.Market;
        order.Position = plan.Position;
        state.Orders.Link(slot, ref account);
        account.State.OpenOrders++;
        state.Ledger.Touch(ref account);
        state.Orders.Hot[slot] = new BookOrder { Id = id, Open = command.Quantity, Owner = account.Owner, Next = -1, Previous = -1, Level = -1 };
        if (!command.ClientOrderId.IsEmpty)
            state.Requests.Add(-command.AccountId, command.ClientOrderId.Digest(), Fingerprint(in command), state.Sequence, id, state.Time);

        if (command.Side == Side.Buy) execution.Hold(ref order, plan.Cash);
        else execution.HoldShares(ref order, command.Quantity);
        execution.Tell(ref order, OrderChange.Accepted);
        execution.Enter(slot, plan.Instrument);
        result.SubjectId = id;
        // No order begins while one is worked off, so the slot still holds this one, ended or not.
        result.Order = state.Orders[slot].State;
    }

    public void Amend(in CommandHeader header, in AmendOrder command, ref CommandResult result)
    {
        if (!TryFindOwn(header.UserId, command.OrderId, ref result, out var slot)) return;
        ref var order = ref state.Orders[slot];
        var instrument = state.InstrumentOf(order.State.InstrumentId)!;
        var quantity = command.Quantity == 0 ? order.State.Quantity : command.Quantity;
        var price = command.Price == 0 ? order.State.Price : command.Price;
        var stopPrice = command.StopPrice == 0 ? order.State.StopPrice : command.StopPrice;
        if (!CheckAmend(ref order, instrument, in command, quantity, price, stopPrice, ref result)) return;

        var workingPrice = order.State.Type == OrderType.Stop ? instrument.ProtectionPrice(order.State.Side, stopPrice) : price;
        var samePrices = price == order.State.Price && stopPrice == order.State.StopPrice;
        var open = quantity - order.State.Filled;
        if (samePrices) workingPrice = order.WorkingPrice;
        if (!OrderTerms.IsNotTooLarge(instrument, workingPrice, open, ref result)) return;
        var postOnly = (order.State.Instructions & ExecutionInstructions.PostOnly) != 0;
        if (postOnly && order.Place == OrderPlace.Book && price != order.State.Price && !OrderTerms.DoesNotTake(instrument, order.State.Side, price, ref result)) return;
        var cash = OrderExecution.CashNeeded(instrument, workingPrice, open, order.MakerFeePpm, order.TakerFeePpm);
        if (!CanHold(ref order, cash, open, ref result)) return;

        result.SubjectId = order.State.Id;
        if (!samePrices || quantity != order.State.Quantity)
        {
            var keepsPlace = samePrices && quantity < order.State.Quantity;
            if (keepsPlace) execution.Reduce(slot, instrument, open);
            else execution.Leave(slot, instrument);
            if (order.State.Side == Side.Buy) execution.Hold(ref order, (long)cash);
            else execution.HoldShares(ref order, open - order.State.Remaining);
            order.State.Quantity = quantity;
            order.State.Price = price;
            order.State.StopPrice = stopPrice;
            order.WorkingPrice = workingPrice;
            execution.Tell(ref order, OrderChange.Amended);
            if (!keepsPlace)
            {
                state.Orders.Hot[slot].Open = open;
                execution.Enter(slot, instrument);
            }
        }
        result.Order = state.Orders[slot].State;
    }

    public void Cancel(in CommandHeader header, in CancelOrder command, ref CommandResult result)
    {
        if (!TryFindOwn(header.UserId, command.OrderId, ref result, out var slot)) return;
        result.SubjectId = command.OrderId;
        End(slot, OrderStatus.Cancelled, OrderChange.CancelRequested);
        result.Order = state.Orders[slot].State;
    }

    public void CancelAll(in CommandHeader header, in CancelAllOrders command, ref CommandResult result)
    {
        if (command.AccountId != 0 && !state.MayUse(header.UserId, command.AccountId)) { result.Refuse(RejectCode.AccountNotFound, CommandField.Account); return; }
        if (command.InstrumentId != 0 && state.InstrumentOf(command.InstrumentId) is null) { result.Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol); return; }
        if (command.AccountId != 0) Collect(command.AccountId, command.InstrumentId);
        else if (state.Accounts.TryFindOwner(header.UserId, out var owner)) CollectOf(owner, command.InstrumentId);
        result.Count = EndCollected(OrderChange.CancelRequested);
    }

    public void SetKillSwitch(in CommandHeader header, in SetKillSwitch command, ref CommandResult result)
    {
        if (command.OwnerId <= 0 || (header.UserId != 0 && header.UserId != command.OwnerId)) { result.Refuse(RejectCode.AccountNotFound, CommandField.User); return; }
        result.SubjectId = command.OwnerId;
        var slot = state.Accounts.FindOrAddOwner(command.OwnerId);
        if (state.Accounts.Owner(slot).KillSwitch != command.Engaged)
        {
            state.Accounts.Owner(slot).KillSwitch = command.Engaged;
            state.Events.Add<KillSwitchChanged>() = new KillSwitchChanged { UserId = command.OwnerId, Engaged = command.Engaged };
        }
        if (!command.Engaged) return;
        CollectOf(slot, 0);
        result.Count = EndCollected(OrderChange.KillSwitch);
    }

    /// <summary>Expires the DAY orders of an instrument.</summary>
    public void ExpireDay(Instrument instrument)
    {
        CollectDay(instrument.Book.Bids);
        CollectDay(instrument.Book.Asks);
        CollectDay(instrument.Stops.Asks);
        CollectDay(instrument.Stops.Bids);
        foreach (var orderId in _cancelling)
        {
            state.Orders.TryFind(orderId, out var slot);
            End(slot, OrderStatus.Expired, OrderChange.SessionClosed);
        }
        _cancelling.Clear();
    }

    /// <summary>What placing would do now; changes nothing.</summary>
    public void Preview(long userId, in PlaceOrder command, long time, out OrderPreview preview)
    {
        preview = default;
        if (!Check(userId, in command, time, ref preview.Refusal, out var plan) || preview.Refusal.Repeated) return;
        preview.HoldCash = command.Side == Side.Buy ? plan.Cash : 0;
        preview.HoldQuantity = command.Side == Side.Sell ? command.Quantity : 0;
        var last = plan.Instrument.State.LastPrice;
        var waits = command.StopPrice != 0 && (last == 0 || (command.Side == Side.Buy ? last < command.StopPrice : last > command.StopPrice));
        var endsAtOnce = false;
        if (!waits)
        {
            // Only a stop-limit order that is triggered at once can still be post-only and taking here: it is rejected.
            var unused = default(CommandResult);
            if ((command.Instructions & ExecutionInstructions.PostOnly) != 0 && !OrderTerms.DoesNotTake(plan.Instrument, command.Side, command.Price, ref unused)) return;
            var book = plan.Instrument.Book;
            var owner = state.Accounts[command.AccountId].Owner;
            var cost = new TakerCost(plan.Instrument);
            var quantity = book.Probe(command.Side, plan.WorkingPrice, command.Quantity, owner, command.SelfTradePrevention, ref cost);
            if (command.TimeInForce != TimeInForce.Fok || quantity == command.Quantity)
                (preview.FillQuantity, preview.FillNotional, preview.FillFee) = (quantity, (long)cost.Notional, (long)cost.Fees);
            // More would trade without self-trade prevention: an own order is in the way, and what is left ends there.
            var anybody = new TakerCost(plan.Instrument);
            endsAtOnce = command.SelfTradePrevention is SelfTradePrevention.CancelNewest or SelfTradePrevention.CancelBoth
                && book.Probe(command.Side, plan.WorkingPrice, command.Quantity, owner, SelfTradePrevention.None, ref anybody) > quantity;
        }
        var rests = waits || (command.Type is OrderType.Limit or OrderType.StopLimit && command.TimeInForce is TimeInForce.Day or TimeInForce.Gtc);
        preview.RestingQuantity = rests && !endsAtOnce ? command.Quantity - preview.FillQuantity : 0;
    }

    bool Check(long userId, in PlaceOrder command, long time, ref CommandResult result, out PlacePlan plan)
    {
        plan = default;
        if (!state.Accounts.Exists(command.AccountId)) return result.Refuse(RejectCode.AccountNotFound, CommandField.Account);
        ref var account = ref state.Accounts[command.AccountId];
        if (userId != 0 && userId != account.State.OwnerId) return result.Refuse(RejectCode.AccountNotFound, CommandField.Account);
        if (account.State.IsClosed) return result.Refuse(RejectCode.AccountClosed, CommandField.Account);
        if (account.State.Type != AccountType.Trading) return result.Refuse(RejectCode.AccountNotTradable, CommandField.Account);
        if (state.InstrumentOf(command.InstrumentId) is not { } instrument) return result.Refuse(RejectCode.InstrumentNotFound, CommandField.Symbol);
        if (account.State.CurrencyId != instrument.State.CurrencyId) return result.Refuse(RejectCode.CurrencyMismatch, CommandField.Account);
        if (!OrderTerms.IsWellFormed(in command, ref result)) return false;
        if (!command.ClientOrderId.IsEmpty
            && state.Requests.TryFind(-command.AccountId, command.ClientOrderId.Digest(), time, out var earlier))
        {
            result.SubjectId = earlier.Subject;
            if (earlier.Fingerprint != Fingerprint(in command)) return result.Refuse(RejectCode.DuplicateClientOrderId, CommandField.ClientOrderId);
            Repeat(in earlier, ref result);
            if (state.Orders.TryFind(earlier.Subject, out var slot)) result.Order = state.Orders[slot].State;
            return true;
        }
        if (state.Accounts.Owner(account.Owner).KillSwitch) return result.Refuse(RejectCode.TradingBlocked, CommandField.User);
        if (instrument.State.Halted) return result.Refuse(RejectCode.MarketHalted, CommandField.Symbol);
        if (!instrument.IsOpenAt(time)) return result.Refuse(RejectCode.MarketClosed, CommandField.Symbol);
        if (!OrderTerms.IsInRange(command.Quantity, command.Price, command.StopPrice, ref result)) return false;
        if (!OrderTerms.IsOnLot(instrument, command.Quantity, ref result)) return false;
        if (!OrderTerms.IsOnTick(instrument, CommandField.Price, command.Price, ref result)) return false;
        if (!OrderTerms.IsOnTick(instrument, CommandField.StopPrice, command.StopPrice, ref result)) return false;
        if (command.Price != 0 && !OrderTerms.IsInBand(instrument, command.Price, ref result)) return false;

        var workingPrice = command.Type switch
        {
            OrderType.Market => instrument.MarketLimit(command.Side),
            OrderType.Stop => instrument.ProtectionPrice(command.Side, command.StopPrice),
            _ => command.Price,
        };
        if (command.Type != OrderType.Market && !OrderTerms.IsNotTooLarge(instrument, workingPrice, command.Quantity, ref result)) return false;
        var mayStay = command.Type != OrderType.Market && (command.Type != OrderType.Limit || command.TimeInForce is TimeInForce.Day or TimeInForce.Gtc);
        if (mayStay && account.State.OpenOrders >= Limits.MaxOpenOrdersPerAccount) return result.Refuse(RejectCode.TooManyOpenOrders, limit: Limits.MaxOpenOrdersPerAccount);
        if (mayStay && state.Orders.Count >= Limits.MaxOpenOrders) return result.Refuse(RejectCode.TooManyOpenOrders, limit: Limits.MaxOpenOrders);
        var postOnly = (command.Instructions & ExecutionInstructions.PostOnly) != 0;
        if (postOnly && command.Type == OrderType.Limit && !OrderTerms.DoesNotTake(instrument, command.Side, command.Price, ref result)) return false;
        plan.Instrument = instrument;
        plan.WorkingPrice = workingPrice;
        return CanHold(ref account, in command, ref plan, ref result);
    }

    bool CanHold(ref AccountRecord account, in PlaceOrder command, ref PlacePlan plan, ref CommandResult result)
    {
        if (command.Side == Side.Sell)
        {
            var available = state.Positions.TryFind(command.AccountId, command.InstrumentId, out plan.Position) ? state.Positions[plan.Position].State.Available : 0;
            return command.Quantity <= available || result.Refuse(RejectCode.InsufficientPosition, CommandField.Quantity, available, command.Quantity, available);
        }
        Int128 needed;
        ref readonly var rules = ref plan.Instrument.State.Rules;
        if (command.Type == OrderType.Market)
        {
            var cost = new TakerCost(plan.Instrument);
            var fillable = plan.Instrument.Book.Probe(Side.Buy, plan.WorkingPrice, command.Quantity, account.Owner, command.SelfTradePrevention, ref cost);
            needed = command.TimeInForce == TimeInForce.Fok && fillable < command.Quantity ? 0 : cost.Notional + cost.Fees;
        }
        else
        {
            needed = OrderExecution.CashNeeded(plan.Instrument, plan.WorkingPrice, command.Quantity, rules.MakerFeePpm, rules.TakerFeePpm);
        }
        if (needed > account.State.Available)
            return result.Refuse(RejectCode.InsufficientFunds, CommandField.Quantity, account.State.Available, (long)Int128.Min(needed, long.MaxValue));
        plan.Cash = (long)needed;
        return true;
    }

    bool CheckAmend(ref OrderRecord order, Instrument instrument, in AmendOrder command, long quantity, long price, long stopPrice, ref CommandResult result)
    {
        if (state.Accounts.Owner(state.Accounts[order.State.AccountId].Owner).KillSwitch) return result.Refuse(RejectCode.TradingBlocked, CommandField.User);
        if (instrument.State.Halted) return result.Refuse(RejectCode.MarketHalted, CommandField.Symbol);
        if (!instrument.IsOpenAt(state.Time)) return result.Refuse(RejectCode.MarketClosed, CommandField.Symbol);
        if (command.Price < 0 || (command.Price != 0 && order.State.Type == OrderType.Stop)) return result.Refuse(RejectCode.InvalidCommand, CommandField.Price);
        if (command.StopPrice < 0 || (command.StopPrice != 0 && (order.State.Type == OrderType.Limit || order.State.Triggered))) return result.Refuse(RejectCode.InvalidCommand, CommandField.StopPrice);
        if (command.Quantity < 0) return result.Refuse(RejectCode.InvalidCommand, CommandField.Quantity);
        if (!OrderTerms.IsInRange(quantity, price, stopPrice, ref result)) return false;
        if (quantity != order.State.Quantity && !OrderTerms.IsOnLot(instrument, quantity, ref result)) return false;
        if (quantity <= order.State.Filled) return result.Refuse(RejectCode.QuantityBelowFilled, CommandField.Quantity, quantity, order.State.Filled);
        if (price != order.State.Price && !OrderTerms.IsOnTick(instrument, CommandField.Price, price, ref result)) return false;
        if (stopPrice != order.State.StopPrice && !OrderTerms.IsOnTick(instrument, CommandField.StopPrice, stopPrice, ref result)) return false;
        return price == order.State.Price || OrderTerms.IsInBand(instrument, price, ref result);
    }

    bool CanHold(ref OrderRecord order, Int128 cash, long open, ref CommandResult result)
    {
        if (order.State.Side == Side.Buy)
        {
            ref var account = ref state.Accounts[order.State.AccountId].State;
            var available = account.Available + order.HeldCash;
            return cash <= available || result.Refuse(RejectCode.InsufficientFunds, CommandField.Quantity, available, (long)Int128.Min(cash, long.MaxValue));
        }
        var shares = state.Positions[order.Position].State.Available + order.State.Remaining;
        return open <= shares || result.Refuse(RejectCode.InsufficientPosition, CommandField.Quantity, shares, open, shares);
    }

    bool TryFindOwn(long userId, long orderId, ref CommandResult result, out int slot) =>
        (state.Orders.TryFind(orderId, out slot) && (userId == 0 || state.Orders[slot].State.UserId == userId))
        || result.Refuse(RejectCode.OrderNotFound);

    void End(int slot, OrderStatus status, OrderChange change)
    {
        execution.Leave(slot, state.InstrumentOf(state.Orders[slot].State.InstrumentId)!);
        execution.Close(slot, status, change);
    }

    void CollectOf(int owner, int instrumentId)
    {
        for (var id = state.Accounts.Owner(owner).FirstAccount; id != 0; id = state.Accounts[id].NextOfOwner) Collect(id, instrumentId);
    }

    void Collect(long accountId, int instrumentId)
    {
        for (var slot = state.Accounts[accountId].FirstOrder; slot >= 0; slot = state.Orders.NextOfAccount(slot))
            if (instrumentId == 0 || state.Orders[slot].State.InstrumentId == instrumentId)
                _cancelling.Add(state.Orders[slot].State.Id);
    }

    void CollectDay(PriceLevels levels)
    {
        for (var rank = 0; rank < levels.Count; rank++)
            for (var slot = levels[levels.AtRank(rank)].Head; slot >= 0; slot = state.Orders.Hot[slot].Next)
                if (state.Orders[slot].State.TimeInForce == TimeInForce.Day)
                    _cancelling.Add(state.Orders[slot].State.Id);
    }

    int EndCollected(OrderChange change)
    {
        _cancelling.Sort();
        foreach (var orderId in _cancelling)
        {
            state.Orders.TryFind(orderId, out var slot);
            End(slot, OrderStatus.Cancelled, change);
        }
        var count = _cancelling.Count;
        _cancelling.Clear();
        return count;
    }

    /// <summary>Answers with an earlier request's outcome.</summary>
    public static void Repeat(in RememberedRequest earlier, ref CommandResult result)
    {
        result.Repeated = true;
        result.Sequence = earlier.Sequence;
        result.SubjectId = earlier.Subject;
    }

    static ulong Fingerprint(in PlaceOrder command)
    {
        var terms = (long)command.Side | (long)command.Type << 8 | (long)command.TimeInForce << 16 | (long)command.SelfTradePrevention << 24 | (long)command.Instructions << 32;
        var fingerprint = Mixing.Fold(Mixing.Fold(0, command.InstrumentId), terms);
        return Mixing.Fold(Mixing.Fold(Mixing.Fold(fingerprint, command.Price), command.StopPrice), command.Quantity);
    }

    /// <summary>What the checks of a new order have found out for its acceptance.</summary>
    ref struct PlacePlan
    {
        public Instrument Instrument;
        public long WorkingPrice;
        /// <summary>Money that a buy must hold.</summary>
        public long Cash;
        /// <summary>Slot of the position that a sell delivers from.</summary>
        public int Position;
    }

    /// <summary>Sums what an arriving order would pay.</summary>
    struct TakerCost(Instrument instrument) : IProbeHandler
    {
        public Int128 Notional;
        public Int128 Fees;

        public void OnFill(long price, long quantity)
        {
            var notional = instrument.WideNotional(price, quantity);
            Notional += notional;
            Fees += notional > Limits.MaxIssued ? 0 : Fee.Of((long)notional, instrument.State.Rules.TakerFeePpm);
        }
    }
}
