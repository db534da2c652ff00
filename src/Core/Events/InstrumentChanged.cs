using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>An instrument was listed, or its rules or its halt changed.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct InstrumentChanged : IEventPayload
{
    /// <inheritdoc/>
    public static EventKind Kind => EventKind.InstrumentChanged;

    /// <summary>The instrument as it is now.</summary>
    public InstrumentState Instrument;
}
