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
    /// <summary>The last command that changed it.</summary>
    public long TouchedBy;
}
