using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Takes a scheduled transfer back, and with it those that would have followed.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct CancelTransfer
{
    /// <summary>The transfer; the acting user's.</summary>
    public long TransferId;
    /// <summary>Why, in the user's words; kept in the journal.</summary>
    public Text64 Reason;
}
