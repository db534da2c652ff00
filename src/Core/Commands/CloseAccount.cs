using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Closes an account that holds and reserves nothing. It stays closed.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct CloseAccount
{
    /// <summary>The account; the acting user's.</summary>
    public long AccountId;
    /// <summary>Why, in the user's words; kept in the journal.</summary>
    public Text64 Reason;
}
