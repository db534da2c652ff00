namespace MyTradeX.Core.Tests.Reference;

/// <summary>
/// The trading rules of docs/trading-rules.md a second time: lists, sorting and big integers, in the order in which the page
/// tells them. Slow, and written without looking at the core's way of doing it; that is its worth.
/// </summary>
sealed partial class NaiveExchange
{
    readonly List<NaiveCurrency> _currencies = [];
    readonly List<NaiveInstrument> _instruments = [];
    readonly List<AccountState> _accounts = [];
    readonly SortedDictionary<(long AccountId, int InstrumentId), NaivePosition> _positions = [];
    readonly List<NaiveOrder> _orders = [];
    readonly SortedSet<long> _killed = [];
    readonly Dictionary<ushort, (uint Epoch, ulong Number)> _producers = [];
    readonly NaiveMemory _memory = new();
    readonly List<object> _events = [];
    long _lastOrderId;
    long _lastTradeId;
    long _lastEntryId;
    long _lastArrival;

    public long Sequence { get; private set; }

    public long Time { get; private set; }

    /// <summary>The last command's events of orders, trades, postings, levels and transfers.</summary>
    public IReadOnlyList<object> Events => _events;

    public void Apply(in Command command, out CommandResult result)
    {
        _events.Clear();
        result = default;
        if (!IsTakenOnce(command.Header)) return;
        Sequence++;
        Time = Math.Max(Time, command.Header.Time);
        foreach (var instrument in _instruments.Where(instrument => instrument.State.DayEndsAt <= Time)) CloseDay(instrument);
        RunDue();
        _memory.Forget(Time, IsOpen);

        var header = command.Header;
        result = AnswerAgain(header) ?? CarryOut(command);
        if (!result.Repeated) result.Sequence = Sequence;
        result.Time = Time;

        if (result.IsAccepted && !result.Repeated && header.RequestKey != 0)
            _memory.Add(new(Time, Sequence, result.SubjectId) { Request = (header.UserId, header.RequestKey), Kind = header.Kind, Fingerprint = header.RequestFingerprint });
    }

    /// <summary>A server's commands count once, in order, and in its newest epoch; those without a number always.</summary>
    bool IsTakenOnce(CommandHeader header)
    {
        var starts = header.Kind == CommandKind.StartEpoch;
        if (header.Number == 0 && !starts) return true;
        var last = _producers.GetValueOrDefault(header.Producer);
        var counts = starts ? header.Epoch > last.Epoch : header.Epoch == last.Epoch && header.Number > last.Number;
        if (counts) _producers[header.Producer] = (header.Epoch, header.Number);
        return counts;
    }

    /// <summary>The answer to a request that was carried out before.</summary>
    CommandResult? AnswerAgain(CommandHeader header)
    {
        if (header.RequestKey == 0 || _memory.Request(header.UserId, header.RequestKey) is not { } known) return null;
        return (known.Kind, known.Fingerprint) == (header.Kind, header.RequestFingerprint)
            ? Again(known)
            : Refuse(RejectCode.IdempotencyConflict, subject: known.Subject);
    }

    CommandResult CarryOut(in Command command)
    {
        var user = command.Header.UserId;
        return command.Header.Kind switch
        {
            CommandKind.AdvanceTime or CommandKind.StartEpoch => Accept(0),
            CommandKind.CreateCurrency => Carry(user, command.CreateCurrency),
            CommandKind.CreateInstrument => Carry(user, command.CreateInstrument),
            CommandKind.UpdateInstrument => Carry(user, command.UpdateInstrument),
            CommandKind.SetHalt => Carry(user, command.SetHalt),
            CommandKind.OpenAccount => Carry(user, command.OpenAccount),
            CommandKind.Deposit => Carry(user, command.Deposit),
            CommandKind.DeliverPosition => Carry(user, command.DeliverPosition),
            CommandKind.PlaceOrder => Carry(user, command.PlaceOrder),
            CommandKind.AmendOrder => Carry(user, command.AmendOrder),
            CommandKind.CancelOrder => Carry(user, command.CancelOrder),
            CommandKind.CancelAllOrders => Carry(user, command.CancelAllOrders),
            CommandKind.SetKillSwitch => Carry(user, command.SetKillSwitch),
            CommandKind.TransferCash => Carry(user, command.TransferCash),
            CommandKind.ScheduleTransfer => Carry(user, command.ScheduleTransfer),
            CommandKind.CancelTransfer => Carry(user, command.CancelTransfer),
            CommandKind.CloseAccount => Carry(user, command.CloseAccount),
            CommandKind.RenameAccount => Carry(user, command.RenameAccount),
            _ => throw new InvalidOperationException($"No command: {command.Header.Kind}"),
        };
    }

    static CommandResult Accept(long subject, int count = 0, NaiveOrder? order = null) =>
        new() { SubjectId = subject, Count = count, Order = order?.State ?? default };

    static CommandResult Refuse(
        RejectCode code, CommandField field = CommandField.None, long observed = 0, long limit = 0, long suggested = 0, long subject = 0) =>
        new() { Code = code, Field = field, Observed = observed, Limit = limit, Suggested = suggested, SubjectId = subject };

    static CommandResult Invalid(CommandField field) => Refuse(RejectCode.InvalidCommand, field);

    /// <summary>The outcome of an earlier command, told once more.</summary>
    CommandResult Again(NaiveMemory.Entry known) =>
        new()
        {
            Repeated = true, Sequence = known.Sequence, SubjectId = known.Subject,
            Order = known.IsAboutOrder ? _orders.Find(order => order.State.Id == known.Subject)?.State ?? default : default,
        };

    static bool MayActFor(long user, long owner) => user == 0 || user == owner;

    bool IsOpen(long orderId) => _orders.Exists(order => order.State.Id == orderId);

    NaiveInstrument? Instrument(int id) => _instruments.Find(instrument => instrument.State.Id == id);

    NaiveInstrument InstrumentOf(NaiveOrder order) => _instruments[order.State.InstrumentId - 1];

    NaiveCurrency CurrencyOf(NaiveInstrument instrument) => _currencies[instrument.State.CurrencyId - 1];

    /// <summary>"Its open DAY orders expire; previousClose becomes the reference price, and dayEndsAt the next closing minute."</summary>
    void CloseDay(NaiveInstrument instrument)
    {
        var dayOrders = _orders.Where(order => InstrumentOf(order) == instrument && order.State.TimeInForce == TimeInForce.Day).ToList();
        var bids = dayOrders.Where(order => order.IsBuy && order.Whereabouts == Whereabouts.Resting).OrderByDescending(order => order.State.Price).ThenBy(order => order.Arrival);
        var asks = dayOrders.Where(order => !order.IsBuy && order.Whereabouts == Whereabouts.Resting).OrderBy(order => order.State.Price).ThenBy(order => order.Arrival);
        var buyStops = dayOrders.Where(order => order.IsBuy && order.Whereabouts == Whereabouts.Waiting).OrderBy(order => order.State.StopPrice).ThenBy(order => order.Arrival);
        var sellStops = dayOrders.Where(order => !order.IsBuy && order.Whereabouts == Whereabouts.Waiting).OrderByDescending(order => order.State.StopPrice).ThenBy(order => order.Arrival);
        foreach (var order in bids.Concat(asks).Concat(buyStops).Concat(sellStops).ToList()) End(order, OrderStatus.Expired, OrderChange.SessionClosed);
        instrument.BeginDay(Time);
    }
}
