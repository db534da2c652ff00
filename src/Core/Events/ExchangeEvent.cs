using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>One event in a buffer. Valid until the buffer is changed.</summary>
public readonly ref struct ExchangeEvent(ReadOnlySpan<byte> bytes)
{
    readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The header.</summary>
    public ref readonly EventHeader Header => ref MemoryMarshal.AsRef<EventHeader>(_bytes);

    /// <summary>What the event tells.</summary>
    public EventKind Kind => Header.Kind;

    /// <summary>The event as bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The payload. Asking for another kind's payload breaks an invariant.</summary>
    public ref readonly TPayload As<TPayload>() where TPayload : unmanaged, IEventPayload
    {
        Invariant.Require(Kind == TPayload.Kind, "an event is read as the kind it is");
        return ref MemoryMarshal.AsRef<TPayload>(_bytes[Unsafe.SizeOf<EventHeader>()..]);
    }
}
