using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>What precedes each event in an <see cref="EventBuffer"/>: 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct EventHeader
{
    /// <summary>What the event tells.</summary>
    public EventKind Kind;
    readonly byte _reserved;
    /// <summary>Bytes of header and payload together, a multiple of 8.</summary>
    public ushort Size;
    /// <summary>Place among the events of its command, from 0.</summary>
    public int Index;
    /// <summary>Sequence of the command that caused it.</summary>
    public long Sequence;
    /// <summary>Time of that command, microseconds since 1970 UTC.</summary>
    public long Time;
}
