using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>A position or its holds changed: sent once a command, at its end.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct PositionChanged : IEventPayload
{
    /// <inheritdoc/>
    public static EventKind Kind => EventKind.PositionChanged;

    /// <summary>The position as it is now.</summary>
    public PositionState Position;
}
