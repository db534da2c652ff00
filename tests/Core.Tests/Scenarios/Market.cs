using System.Globalization;

namespace MyTradeX.Core.Tests.Scenarios;

/// <summary>
/// A small venue to write specifications with: one share with two decimals of price, traded in USD, and three traders, each with
/// 1,000,000.00 USD and 10,000 shares that cost 100.00 each. Every command also goes to the reference.
/// </summary>
sealed class Market
{
    /// <summary>The traders; Maker draws the book. Alice has a second account.</summary>
    public const int Maker = 1, Alice = 2, Bob = 3;

    /// <summary>Accounts 1 and 2 are the venue's own, for fees and issuance.</summary>
    public const long FeesAccount = 1, IssuanceAccount = 2, AliceSecond = 6;

    const long MinuteUs = 60_000_000;

    readonly Duel _duel = new();
    CommandResult _result;
    long _time = new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;

    public Market(
        decimal tick = 0.01m, long lot = 1, int bandBps = 0, int makerFeePpm = 0, int takerFeePpm = 0,
        string session = "00:00-00:00", decimal reference = 100m, byte scale = 2)
    {
        Rules = new() { TickSize = Price(tick), LotSize = lot, BandBps = bandBps, MakerFeePpm = makerFeePpm, TakerFeePpm = takerFeePpm };
        Rules = WithSession(session);
        Do(0, new CreateCurrency { Code = Text16.From("USD"), Scale = scale });
        Do(0, new CreateInstrument { Symbol = Text16.From("ACME"), CurrencyId = 1, PriceScale = 2, Rules = Rules, ReferencePrice = Price(reference) });
        foreach (var user in (ReadOnlySpan<int>)[Maker, Alice, Bob]) Do(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading });
        Do(0, new OpenAccount { OwnerId = Alice, CurrencyId = 1, Type = AccountType.Trading });
        foreach (var account in (ReadOnlySpan<long>)[3, 4, 5])
        {
            Do(0, new Deposit { AccountId = account, Amount = 1_000_000 * (long)Math.Pow(10, scale) });
            Do(0, new DeliverPosition { AccountId = account, InstrumentId = 1, Quantity = 10_000, UnitCost = Price(100m) });
        }
    }

    public InstrumentRules Rules { get; private set; }

    public Exchange Core => _duel.Core;

    public CommandResult Result => _result;

    public static long AccountOf(int user) => user + 2;

    public static long Price(decimal price) => (long)(price * 100);

    // What traders do

    public long Buy(long quantity, decimal at = 0, decimal stop = 0, TimeInForce tif = TimeInForce.Gtc, SelfTradePrevention stp = SelfTradePrevention.CancelNewest,
        bool postOnly = false, string id = "", int by = Alice, long account = 0, UInt128 key = default, ulong fingerprint = 0) =>
        Place(Side.Buy, quantity, at, stop, tif, stp, postOnly, id, by, account, key, fingerprint);

    public long Sell(long quantity, decimal at = 0, decimal stop = 0, TimeInForce tif = TimeInForce.Gtc, SelfTradePrevention stp = SelfTradePrevention.CancelNewest,
        bool postOnly = false, string id = "", int by = Alice, long account = 0, UInt128 key = default, ulong fingerprint = 0) =>
        Place(Side.Sell, quantity, at, stop, tif, stp, postOnly, id, by, account, key, fingerprint);

    public void Amend(long order, long quantity = 0, decimal at = 0, decimal stop = 0, int by = Alice) =>
        Do(by, new AmendOrder { OrderId = order, Quantity = quantity, Price = Price(at), StopPrice = Price(stop) });

    public void Cancel(long order, int by = Alice) => Do(by, new CancelOrder { OrderId = order });

    // What the venue does

    public void Update(Func<InstrumentRules, InstrumentRules> change)
    {
        Rules = change(Rules);
        Do(0, new UpdateInstrument { InstrumentId = 1, Rules = Rules });
    }

    public InstrumentRules WithSession(string hours)
    {
        static short Minute(string clock) => (short)(int.Parse(clock[..2]) * 60 + int.Parse(clock[3..]));
        var parts = hours.Split('-');
        return Rules with { SessionOpenMinute = Minute(parts[0]), SessionCloseMinute = Minute(parts[1]) };
    }

    public void Halt(bool halted = true) => Do(0, new SetHalt { InstrumentId = 1, Halted = halted });

    public void KillSwitch(bool engaged = true, int of = Alice) => Do(of, new SetKillSwitch { OwnerId = of, Engaged = engaged });

    /// <summary>Lets time pass without anything being told to the venue.</summary>
    public void Wait(double minutes) => _time += (long)(minutes * MinuteUs);

    public void WaitUs(long microseconds) => _time += microseconds;

    public void Do<TPayload>(long user, in TPayload payload) where TPayload : struct => Send(payload switch
    {
        CreateCurrency command => Command.From(user, command),
        CreateInstrument command => Command.From(user, command),
        UpdateInstrument command => Command.From(user, command),
        SetHalt command => Command.From(user, command),
        OpenAccount command => Command.From(user, command),
        Deposit command => Command.From(user, command),
        DeliverPosition command => Command.From(user, command),
        PlaceOrder command => Command.From(user, command),
        AmendOrder command => Command.From(user, command),
        CancelOrder command => Command.From(user, command),
        CancelAllOrders command => Command.From(user, command),
        SetKillSwitch command => Command.From(user, command),
        TransferCash command => Command.From(user, command),
        ScheduleTransfer command => Command.From(user, command),
        CancelTransfer command => Command.From(user, command),
        CloseAccount command => Command.From(user, command),
        RenameAccount command => Command.From(user, command),
        _ => throw new ArgumentException($"No command: {typeof(TPayload)}"),
    });

    public void Send(Command command)
    {
        command.Header.Time = _time;
        _result = _duel.Apply(command);
    }

    /// <summary>Time has come to the venue's attention.</summary>
    public void Tick() => Send(Command.AdvanceTime());

    /// <summary>Places one resting order a line, such as <c>ask 5 @ 101.00</c> or <c>bid 10 @ 100.00 Alice</c>, from the top; the Maker's when nobody is named.</summary>
    public void Book(string lines)
    {
        foreach (var line in Lines(lines))
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (quantity, price) = (long.Parse(words[1]), decimal.Parse(words[3], CultureInfo.InvariantCulture));
            var by = words.Length == 4 ? Maker : words[4] switch { "Alice" => Alice, "Bob" => Bob, _ => throw new ArgumentException(line) };
            if (words[0] == "bid") Buy(quantity, at: price, by: by);
            else Sell(quantity, at: price, by: by);
            Assert.Equal((RejectCode.None, 0L), (_result.Code, _result.Order.Filled));
        }
    }

    // What is seen

    /// <summary>The orders' and trades' events of the last command, one a line: <c>#3 Accepted New 0/8</c>, <c>5 @ 101.00 #3 takes #1</c>.</summary>
    public void Happens(string lines)
    {
        Assert.Equal(RejectCode.None, _result.Code);
        Assert.Equal(string.Join('\n', Lines(lines)), string.Join('\n', Story()));
    }

    public void NothingHappens() => Happens("");

    /// <summary>The ledger lines of the last command, one a line: <c>5 -505.00 Trade</c>: account, money or shares, why.</summary>
    public void Posts(string lines) => Assert.Equal(
        string.Join('\n', Lines(lines)),
        string.Join('\n', _duel.Events.OfType<LedgerPosted>().Select(line => line.CurrencyId != 0
            ? $"{line.AccountId} {line.Amount / 100m:+0.00;-0.00} {line.Kind}"
            : $"{line.AccountId} {line.Amount:+0;-0} shares {line.Kind}")));

    /// <summary>The last command's events of one kind.</summary>
    public IEnumerable<TEvent> Told<TEvent>() => _duel.Events.OfType<TEvent>();

    public void Refused(RejectCode code, CommandField field = CommandField.None, long observed = 0, long limit = 0, long suggested = 0)
    {
        Assert.Equal((code, field), (_result.Code, _result.Field));
        if (code != RejectCode.InvalidCommand) Assert.Equal((observed, limit, suggested), (_result.Observed, _result.Limit, _result.Suggested));
        Assert.Empty(_duel.Events);
    }

    public void Accepted() => Assert.Equal(RejectCode.None, _result.Code);

    /// <summary>The book drawn as a ladder: asks from the highest, then bids; <c>(2)</c> for a level of two orders.</summary>
    public void BookIs(string lines)
    {
        static string Draw(string side, (long Price, long Quantity, int Orders) level) =>
            $"{side} {level.Quantity} @ {level.Price / 100m:0.00}{(level.Orders == 1 ? "" : $" ({level.Orders})")}";
        var core = new CoreState(Core);
        var ladder = core.Depth(1, Side.Sell).Reverse().Select(level => Draw("ask", level)).Concat(core.Depth(1, Side.Buy).Select(level => Draw("bid", level)));
        Assert.Equal(string.Join('\n', Lines(lines)), string.Join('\n', ladder));
    }

    public AccountState Account(long id)
    {
        Assert.True(Core.TryGetAccount(id, out var account));
        return account;
    }

    public PositionState Position(int user)
    {
        Assert.True(Core.TryGetPosition(AccountOf(user), 1, out var position));
        return position;
    }

    public InstrumentState Instrument
    {
        get
        {
            Assert.True(Core.TryGetInstrument(1, out var instrument));
            return instrument;
        }
    }

    long Place(Side side, long quantity, decimal at, decimal stop, TimeInForce tif, SelfTradePrevention stp, bool postOnly, string id, int by, long account, UInt128 key, ulong fingerprint)
    {
        var command = Command.From(by, new PlaceOrder
        {
            AccountId = account == 0 ? AccountOf(by) : account,
            InstrumentId = 1,
            Side = side,
            Type = (at != 0, stop != 0) switch { (true, true) => OrderType.StopLimit, (true, false) => OrderType.Limit, (false, true) => OrderType.Stop, _ => OrderType.Market },
            TimeInForce = tif,
            SelfTradePrevention = stp,
            Instructions = postOnly ? ExecutionInstructions.PostOnly : ExecutionInstructions.None,
            Price = Price(at),
            StopPrice = Price(stop),
            Quantity = quantity,
            ClientOrderId = Text64.From(id),
        });
        (command.Header.RequestKey, command.Header.RequestFingerprint) = (key, fingerprint);
        Send(command);
        return _result.SubjectId;
    }

    IEnumerable<string> Story() => _duel.Events.Where(told => told is OrderUpdated or TradeExecuted).Select(told => told switch
    {
        OrderUpdated update => $"#{update.Order.Id} {update.Order.Change} {update.Order.Status} {update.Order.Filled}/{update.Order.Quantity}",
        TradeExecuted trade => trade.TakerSide == Side.Buy
            ? $"{trade.Quantity} @ {trade.Price / 100m:0.00} #{trade.BuyOrderId} takes #{trade.SellOrderId}"
            : $"{trade.Quantity} @ {trade.Price / 100m:0.00} #{trade.SellOrderId} takes #{trade.BuyOrderId}",
        _ => throw new ArgumentException($"No event of orders or trades: {told}"),
    });

    static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
