using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>A cash account as the world sees it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct AccountState
{
    /// <summary>The account's number, counted by the core from 1.</summary>
    public long Id;
    /// <summary>The user it belongs to; 0 for the venue's own.</summary>
    public long OwnerId;
    /// <summary>The currency it holds.</summary>
    public int CurrencyId;
    /// <summary>What it is for.</summary>
    public AccountType Type;
    /// <summary>Marks.</summary>
    public AccountMarks Marks;
    /// <summary>All its money, in the currency's units.</summary>
    public long Balance;
    /// <summary>The part of <see cref="Balance"/> that open orders reserve.</summary>
    public long Held;
    /// <summary>Open orders.</summary>
    public int OpenOrders;
    /// <summary>When it was opened, microseconds since 1970 UTC.</summary>
    public long CreatedAt;
    /// <summary>Name for people.</summary>
    public Text64 Name;

    /// <summary>Whether it is closed.</summary>
    public readonly bool IsClosed => (Marks & AccountMarks.Closed) != 0;

    /// <summary>What can be spent or reserved.</summary>
    public readonly long Available => Balance - Held;
}
