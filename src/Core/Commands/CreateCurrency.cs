using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Adds a currency, with its fee account and its issuance account.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct CreateCurrency
{
    /// <summary>Code, e.g. USD: A-Z and 0-9.</summary>
    public Text16 Code;
    /// <summary>Decimals of its units, 0 to <see cref="Limits.MaxCurrencyScale"/>. Fixed for good.</summary>
    public byte Scale;
}
