using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>An instrument as the world sees it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct InstrumentState
{
    /// <summary>The instrument's number, counted by the core from 1.</summary>
    public int Id;
    /// <summary>Its symbol.</summary>
    public Text16 Symbol;
    /// <summary>The currency it trades in.</summary>
    public int CurrencyId;
    /// <summary>Decimals of its price units.</summary>
    public byte PriceScale;
    /// <summary>Decimals of its quantity units.</summary>
    public byte QuantityScale;
    /// <summary>Currency units in one price unit × one quantity unit.</summary>
    public long NotionalMultiplier;
    /// <summary>The rules in force.</summary>
    public InstrumentRules Rules;
    /// <summary>Whether trading is halted.</summary>
    public bool Halted;
    /// <summary>The price of the last trade; before the first one, the reference price it was listed with; 0 for none.</summary>
    public long ReferencePrice;
    /// <summary>The price of the last trade; 0 before the first one.</summary>
    public long LastPrice;
    /// <summary>The reference price when the current day began; 0 for none.</summary>
    public long PreviousClose;
    /// <summary>When the current day ends and DAY orders expire, microseconds since 1970 UTC.</summary>
    public long DayEndsAt;
    /// <summary>Shares ever brought in.</summary>
    public long Issued;
    /// <summary>The book's own counter of level changes.</summary>
    public long BookSequence;
    /// <summary>When it was listed, microseconds since 1970 UTC.</summary>
    public long CreatedAt;
    /// <summary>Name for people.</summary>
    public Text64 Name;
}
