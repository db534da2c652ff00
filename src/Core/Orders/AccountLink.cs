namespace MyTradeX.Core;

/// <summary>
/// An open order's neighbours among the open orders of its account. Apart from the orders themselves, because whoever links one in or out
/// touches two others: eight bytes of each stay in the cache, where two hundred would not.
/// </summary>
struct AccountLink
{
    /// <summary>Slot of the next open order of the account; -1 for none.</summary>
    public int Next;
    /// <summary>Slot of the previous one; -1 for none.</summary>
    public int Previous;
}
