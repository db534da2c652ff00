using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Lists an instrument.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct CreateInstrument
{
    /// <summary>Symbol: A-Z, 0-9, dot and hyphen.</summary>
    public Text16 Symbol;
    /// <summary>The currency it trades in.</summary>
    public int CurrencyId;
    /// <summary>Decimals of its price units. Fixed for good.</summary>
    public byte PriceScale;
    /// <summary>Decimals of its quantity units. Fixed for good. With <see cref="PriceScale"/> at most the currency's scale, so that price × quantity is exact.</summary>
    public byte QuantityScale;
    /// <summary>The rules that may change later.</summary>
    public InstrumentRules Rules;
    /// <summary>Price the band is measured from until the first trade; 0 for none.</summary>
    public long ReferencePrice;
    /// <summary>Name for people.</summary>
    public Text64 Name;
}
