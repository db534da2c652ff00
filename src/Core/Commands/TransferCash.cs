using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Moves money from one account to another at once.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct TransferCash
{
    /// <summary>The account that pays; the acting user's.</summary>
    public long FromAccountId;
    /// <summary>The account that is paid; anybody's.</summary>
    public long ToAccountId;
    /// <summary>Amount in the currency's units, 1 to <see cref="Limits.MaxAmount"/>.</summary>
    public long Amount;
    /// <summary>The most that one transfer may move, in the currency's units; 0 for no such limit.</summary>
    public long AmountLimit;
    /// <summary>The most that the paying account may send in one day (UTC), in the currency's units; 0 for no such limit.</summary>
    public long DayLimit;
    /// <summary>What the sender writes with it.</summary>
    public Text64 Memo;
}
