using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>
/// The real exchange core with one instrument in LOBSTER's units: prices of four decimals, tick and lot of one unit, no band, no fees, no session.
/// Resting orders and the orders that hit them belong to different users with ample cash and shares, so nothing but the book decides.
/// </summary>
internal sealed class ReplayVenue
{
    const int PriceDecimals = 4;
    const long MakerUser = 1;
    const long TakerUser = 2;
    // An account may have 50,000 open orders; sixteen hold more than any day's book.
    const int MakerAccounts = 16;
    // Of the 1,000 deposits that fit into what may be issued of a currency, so that each account can rest any book.
    const int DepositsPerAccount = 50;

    readonly Exchange _exchange = new();
    readonly int _instrument;
    readonly long[] _makers;
    readonly long _taker;
    readonly BookLevel[] _best = new BookLevel[1];
    readonly List<Fill> _fills = [];
    int _nextMaker;

    /// <summary>A part of an execution: which order rested, and how much of it traded.</summary>
    public readonly record struct Fill(long RestingOrderId, long Quantity);

    public ReplayVenue(string symbol, DateOnly date)
    {
        MidnightUs = (date.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        TimeUs = MidnightUs;
        var currency = (int)Require(Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = PriceDecimals }));
        _instrument = (int)Require(Command.From(0, new CreateInstrument
        {
            Symbol = Text16.From(symbol),
            CurrencyId = currency,
            PriceScale = PriceDecimals,
            Rules = new() { TickSize = 1, LotSize = 1 },
        }));
        _makers = [.. Enumerable.Range(0, MakerAccounts).Select(_ => OpenFunded(MakerUser, currency))];
        _taker = OpenFunded(TakerUser, currency);
    }

    long MidnightUs { get; }

    /// <summary>The exchange's time, microseconds since 1970.</summary>
    public long TimeUs { get; private set; }

    /// <summary>Commands applied.</summary>
    public long Commands => _exchange.Sequence;

    /// <summary>Digest of the exchange's whole state.</summary>
    public UInt128 StateHash() => _exchange.StateHash();

    /// <summary>Moves the exchange's clock to a time of the file's day.</summary>
    public void AdvanceTo(long timeNs) => TimeUs = Math.Max(TimeUs, MidnightUs + timeNs / 1_000);

    /// <summary>The best level of a side; quantity 0 when it is empty.</summary>
    public BookLevel Best(Side side) => _exchange.CopyDepth(_instrument, side, _best) == 1 ? _best[0] : default;

    /// <summary>The best levels of a side, as many as there are and fit.</summary>
    public int Depth(Side side, Span<BookLevel> target) => _exchange.CopyDepth(_instrument, side, target);

    /// <summary>Enters a resting order; refused when it would trade on arrival.</summary>
    public RejectCode Rest(Side side, long price, long quantity, out long orderId)
    {
        // Post-only, so that an order which the file rests can never trade here unnoticed.
        var code = Apply(Command.From(MakerUser, Limit(_makers[_nextMaker], side, TimeInForce.Gtc, price, quantity, ExecutionInstructions.PostOnly)), out var result);
        _nextMaker = (_nextMaker + 1) % _makers.Length;
        orderId = result.SubjectId;
        return code;
    }

    /// <summary>Takes some of a resting order away; it keeps its place.</summary>
    public RejectCode Reduce(long orderId, long newTotal) =>
        Apply(Command.From(MakerUser, new AmendOrder { OrderId = orderId, Quantity = newTotal }), out _);

    /// <summary>Takes a resting order away.</summary>
    public RejectCode Cancel(long orderId) => Apply(Command.From(MakerUser, new CancelOrder { OrderId = orderId }), out _);

    /// <summary>Sends an order that trades at once at a price or better, and tells what it hit.</summary>
    public RejectCode Take(Side side, long price, long quantity, out IReadOnlyList<Fill> fills)
    {
        _fills.Clear();
        fills = _fills;
        return Apply(Command.From(TakerUser, Limit(_taker, side, TimeInForce.Ioc, price, quantity, ExecutionInstructions.None)), out _);
    }

    PlaceOrder Limit(long account, Side side, TimeInForce timeInForce, long price, long quantity, ExecutionInstructions instructions) => new()
    {
        AccountId = account,
        InstrumentId = _instrument,
        Side = side,
        Type = OrderType.Limit,
        TimeInForce = timeInForce,
        SelfTradePrevention = SelfTradePrevention.None,
        Instructions = instructions,
        Price = price,
        Quantity = quantity,
    };

    long OpenFunded(long user, int currency)
    {
        var account = Require(Command.From(user, new OpenAccount { OwnerId = user, CurrencyId = currency, Type = AccountType.Trading }));
        for (var deposit = 0; deposit < DepositsPerAccount; deposit++)
            Require(Command.From(0, new Deposit { AccountId = account, Amount = Limits.MaxAmount }));
        Require(Command.From(0, new DeliverPosition { AccountId = account, InstrumentId = _instrument, Quantity = Limits.MaxAmount }));
        return account;
    }

    long Require(Command command)
    {
        var code = Apply(command, out var result);
        return code == RejectCode.None ? result.SubjectId : throw new InvalidOperationException($"The exchange refused to set up the replay: {code}.");
    }

    RejectCode Apply(Command command, out CommandResult result)
    {
        command.Header.Time = TimeUs;
        _exchange.Events.Clear();
        _exchange.Apply(in command, out result);
        foreach (var e in _exchange.Events)
            if (e.Kind == EventKind.TradeExecuted)
            {
                ref readonly var trade = ref e.As<TradeExecuted>();
                _fills.Add(new(trade.TakerSide == Side.Buy ? trade.SellOrderId : trade.BuyOrderId, trade.Quantity));
            }
        return result.Code;
    }
}
