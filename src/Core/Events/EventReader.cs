using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Walks a block of events: <c>foreach (var e in buffer)</c>.</summary>
public ref struct EventReader(ReadOnlySpan<byte> events)
{
    ReadOnlySpan<byte> _rest = events;
    ReadOnlySpan<byte> _current;

    /// <summary>The event at hand.</summary>
    public readonly ExchangeEvent Current => new(_current);

    /// <summary>Lets a block of bytes be walked with <c>foreach</c>.</summary>
    public readonly EventReader GetEnumerator() => this;

    /// <summary>Goes to the next event; false at the end.</summary>
    public bool MoveNext()
    {
        if (_rest.IsEmpty) return false;
        var size = MemoryMarshal.AsRef<EventHeader>(_rest).Size;
        _current = _rest[..size];
        _rest = _rest[size..];
        return true;
    }
}
