namespace MyTradeX.Core;

/// <summary>All the core keeps of an account.</summary>
struct AccountRecord
{
    public AccountState State;
    /// <summary>Slot of its user; -1 for the venue's own accounts.</summary>
    public int Owner;
    /// <summary>The user's next account; 0 for none.</summary>
    public long NextOfOwner;
    /// <summary>Slot of its newest open order; -1 for none.</summary>
    public int FirstOrder;
    /// <summary>Slot of its newest position; -1 for none.</summary>
    public int FirstPosition;
    /// <summary>Scheduled transfers that it is to pay.</summary>
    public int ScheduledTransfers;
    /// <summary>The day (UTC, counted from 1970) of <see cref="SentThatDay"/>.</summary>
    public int SentOn;
    /// <summary>Money sent by transfers on the last day on which any was, in the currency's units.</summary>
    public long SentThatDay;
    /// <summary>The last command that changed it.</summary>
    public long TouchedBy;
}
