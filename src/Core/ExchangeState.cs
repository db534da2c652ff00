namespace MyTradeX.Core;

/// <summary>Everything the exchange knows. Shared by the parts of the core; only they change it.</summary>
sealed class ExchangeState
{
    public ExchangeState()
    {
        Requests = new RequestWindow(Orders);
        Ledger = new Ledger(Accounts, Positions, Instruments, Events);
    }

    /// <summary>Commands counted so far.</summary>
    public long Sequence;
    /// <summary>The latest time seen, microseconds since 1970 UTC.</summary>
    public long Time;
    /// <summary>When the next day of any instrument ends.</summary>
    public long NextDayEnd = long.MaxValue;
    public long LastOrderId;
    public long LastTradeId;
    public long LastTransferId;

    /// <summary>When time alone next changes something.</summary>
    public long NextDeadline => Math.Min(NextDayEnd, ScheduledTransfers.NextRunAt);

    public EventBuffer Events { get; } = new();
    public OrderStore Orders { get; } = new();
    public Accounts Accounts { get; } = new();
    public Positions Positions { get; } = new();
    public List<CurrencyState> Currencies { get; } = [];
    public List<Instrument> Instruments { get; } = [];
    public ScheduledTransfers ScheduledTransfers { get; } = new();
    public Producers Producers { get; } = new();
    public RequestWindow Requests { get; }
    public Ledger Ledger { get; }

    /// <summary>The instrument of an id; null when there is none.</summary>
    public Instrument? InstrumentOf(int id) => id > 0 && id <= Instruments.Count ? Instruments[id - 1] : null;

    public int FindCurrency(Text16 code)
    {
        foreach (var currency in Currencies)
            if (currency.Code == code) return currency.Id;
        return 0;
    }

    /// <summary>Whether an account exists, is a customer's, and the acting user may use it.</summary>
    public bool MayUse(long userId, long accountId) =>
        Accounts.Exists(accountId) && Accounts[accountId].State.OwnerId is var owner && owner != 0 && (userId == 0 || userId == owner);
}
