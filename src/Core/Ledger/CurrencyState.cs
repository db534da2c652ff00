using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>A currency as the world sees it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct CurrencyState
{
    /// <summary>The currency's number, counted by the core from 1.</summary>
    public int Id;
    /// <summary>Its code.</summary>
    public Text16 Code;
    /// <summary>Decimals of its units.</summary>
    public byte Scale;
    /// <summary>The account that takes its fees.</summary>
    public long FeeAccountId;
    /// <summary>The other side of all money brought in.</summary>
    public long IssuanceAccountId;
    /// <summary>Money ever brought in.</summary>
    public long Issued;
}
