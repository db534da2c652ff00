using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>A user's kill switch was engaged or lifted.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct KillSwitchChanged : IEventPayload
{
    /// <inheritdoc/>
    public static EventKind Kind => EventKind.KillSwitchChanged;

    /// <summary>The user.</summary>
    public long UserId;
    /// <summary>Whether it is engaged.</summary>
    public bool Engaged;
}
