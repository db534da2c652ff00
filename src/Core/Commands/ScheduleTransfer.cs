using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Has a transfer carried out later, be it the next of a series. Whether there is enough money then is seen then.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct ScheduleTransfer
{
    /// <summary>The transfer.</summary>
    public TransferCash Transfer;
    /// <summary>When, microseconds since 1970 UTC; later than now.</summary>
    public long RunAt;
    /// <summary>The transfer of a series that this one follows, from which all but <see cref="RunAt"/> is taken; 0 when it begins one or stands alone. Each is followed once.</summary>
    public long Follows;
    /// <summary>When it is to happen again, kept for the servers; empty when it happens once.</summary>
    public Text64 Recurrence;
}
