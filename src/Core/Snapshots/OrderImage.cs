using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>An open order as a snapshot keeps it. Links and slots follow from the order in which images are read.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
struct OrderImage
{
    public OrderState State;
    public long WorkingPrice;
    public long HeldCash;
    public int MakerFeePpm;
    public int TakerFeePpm;
    public bool HoldsAtWorkingPrice;
}
