using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Opens an account.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct OpenAccount
{
    /// <summary>The user it belongs to.</summary>
    public long OwnerId;
    /// <summary>The currency it holds.</summary>
    public int CurrencyId;
    /// <summary>What it is for: TRADING, CHECKING or SAVINGS.</summary>
    public AccountType Type;
    /// <summary>Marks.</summary>
    public AccountMarks Marks;
    /// <summary>Name for people.</summary>
    public Text64 Name;
}
