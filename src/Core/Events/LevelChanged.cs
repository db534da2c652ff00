using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>A price level of a book changed.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct LevelChanged : IEventPayload
{
    /// <inheritdoc/>
    public static EventKind Kind => EventKind.LevelChanged;

    /// <summary>The instrument.</summary>
    public int InstrumentId;
    /// <summary>The side.</summary>
    public Side Side;
    /// <summary>The level's price.</summary>
    public long Price;
    /// <summary>Its total quantity now; 0 when it is gone.</summary>
    public long Quantity;
    /// <summary>Its orders now.</summary>
    public int OrderCount;
    /// <summary>The book's own counter of level changes, from 1 without gaps.</summary>
    public long BookSequence;
}
