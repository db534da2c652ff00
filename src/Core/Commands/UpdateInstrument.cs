using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Replaces an instrument's rules. Orders that rest already keep their price, quantity and fees.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct UpdateInstrument
{
    /// <summary>The instrument.</summary>
    public int InstrumentId;
    /// <summary>The new rules.</summary>
    public InstrumentRules Rules;
    /// <summary>Name for people.</summary>
    public Text64 Name;
}
