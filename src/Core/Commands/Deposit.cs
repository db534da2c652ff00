using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Brings money in, against the currency's issuance account.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct Deposit
{
    /// <summary>The account to credit.</summary>
    public long AccountId;
    /// <summary>Amount in the currency's units, 1 to <see cref="Limits.MaxAmount"/>.</summary>
    public long Amount;
}
