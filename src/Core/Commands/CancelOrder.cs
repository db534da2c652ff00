using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Cancels an open order.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct CancelOrder
{
    /// <summary>The order.</summary>
    public long OrderId;
}
