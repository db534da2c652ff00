using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>
/// Events in the order in which they happened, as one block of bytes: header, payload, padding to 8, and again. The same
/// commands give the same bytes. Reused by its owner; grows when it must and never shrinks.
/// </summary>
/// <remarks>Not safe for use by two threads at once.</remarks>
public sealed class EventBuffer(int capacity = 1 << 16)
{
    byte[] _bytes = new byte[capacity];
    int _length;
    int _index;
    long _sequence;
    long _time;

    /// <summary>The events as bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>Whether there is no event.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>Forgets all events.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds a copy of the events in another buffer.</summary>
    public void Append(ReadOnlySpan<byte> events)
    {
        EnsureRoom(events.Length);
        events.CopyTo(_bytes.AsSpan(_length));
        _length += events.Length;
    }

    /// <summary>Walks the events.</summary>
    public EventReader GetEnumerator() => new(Bytes);

    internal void BeginCommand(long sequence, long time)
    {
        _sequence = sequence;
        _time = time;
        _index = 0;
    }

    /// <summary>Adds an event of the current command and gives its payload to be filled in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref TPayload Add<TPayload>() where TPayload : unmanaged, IEventPayload
    {
        var size = (Unsafe.SizeOf<EventHeader>() + Unsafe.SizeOf<TPayload>() + 7) & ~7;
        if (_bytes.Length - _length < size) EnsureRoom(size);
        ref var start = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytes), _length);
        // The last word holds the padding, which must not carry bytes of an earlier use.
        Unsafe.WriteUnaligned(ref Unsafe.Add(ref start, size - 8), 0L);
        Unsafe.As<byte, EventHeader>(ref start) = new EventHeader { Kind = TPayload.Kind, Size = (ushort)size, Index = _index++, Sequence = _sequence, Time = _time };
        _length += size;
        return ref Unsafe.As<byte, TPayload>(ref Unsafe.Add(ref start, Unsafe.SizeOf<EventHeader>()));
    }

    void EnsureRoom(int bytes)
    {
        if (_bytes.Length - _length >= bytes) return;
        Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max((long)_bytes.Length * 2, (long)_length + bytes)));
    }
}
