namespace MyTradeX.Core;

/// <summary>What the core keeps of a user.</summary>
struct OwnerRecord
{
    public long UserId;
    /// <summary>The user's newest account; 0 for none.</summary>
    public long FirstAccount;
    public bool KillSwitch;
}
