using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Cancels the acting user's open orders.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct CancelAllOrders
{
    /// <summary>Only this account's; 0 for all of the user's accounts.</summary>
    public long AccountId;
    /// <summary>Only this instrument's; 0 for all.</summary>
    public int InstrumentId;
}
