namespace MyTradeX.Core;

/// <summary>All the core keeps of a position.</summary>
struct PositionRecord
{
    public PositionState State;
    /// <summary>The day of the instrument that the position's day figures belong to, by that day's end.</summary>
    public long DayEndsAt;
    /// <summary>Slot of the account's next position; -1 for none.</summary>
    public int NextOfAccount;
    /// <summary>The last command that changed it.</summary>
    public long TouchedBy;
}
