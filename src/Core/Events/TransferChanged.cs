using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>A transfer was carried out, scheduled, cancelled or has failed.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct TransferChanged : IEventPayload
{
    /// <inheritdoc/>
    public static EventKind Kind => EventKind.TransferChanged;

    /// <summary>The transfer as it is now.</summary>
    public TransferState Transfer;
}
