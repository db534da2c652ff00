using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>An order was accepted, traded or changed.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct OrderUpdated : IEventPayload
{
    /// <inheritdoc/>
    public static EventKind Kind => EventKind.OrderUpdated;

    /// <summary>The order as it is now, after this change.</summary>
    public OrderState Order;
}
