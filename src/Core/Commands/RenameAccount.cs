using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Gives an account another name.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct RenameAccount
{
    /// <summary>The account; the acting user's.</summary>
    public long AccountId;
    /// <summary>Name for people.</summary>
    public Text64 Name;
}
