using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>The rules of an instrument that a command may change.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct InstrumentRules
{
    /// <summary>Prices are multiples of this many price units, at least 1.</summary>
    public long TickSize;
    /// <summary>Quantities are multiples of this many quantity units, at least 1.</summary>
    public long LotSize;
    /// <summary>How far a price may lie from the reference price, in hundredths of a per cent, 0 to <see cref="Limits.MaxBandBps"/>; 0 for any distance.</summary>
    public int BandBps;
    /// <summary>Fee of the resting side, millionths of the value traded, 0 to <see cref="Limits.MaxFeePpm"/>.</summary>
    public int MakerFeePpm;
    /// <summary>Fee of the arriving side, millionths of the value traded, 0 to <see cref="Limits.MaxFeePpm"/>.</summary>
    public int TakerFeePpm;
    /// <summary>Minute of the UTC day at which the session opens, 0 to 1439.</summary>
    public short SessionOpenMinute;
    /// <summary>Minute of the UTC day at which the session closes and DAY orders expire, 0 to 1439. Equal to the opening minute: trading never stops and this minute only divides the days.</summary>
    public short SessionCloseMinute;
}
