using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Halts or resumes trading. While halted, orders can only be cancelled.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct SetHalt
{
    /// <summary>The instrument.</summary>
    public int InstrumentId;
    /// <summary>True to halt.</summary>
    public bool Halted;
}
