using System.Runtime.CompilerServices;

namespace MyTradeX.Core;

/// <summary>
/// A look-up table from any non-zero number to a slot. Linear probing over one array, deletion by shifting back, so that it
/// neither allocates nor slows down however many entries come and go.
/// </summary>
public sealed class LongMap
{
    Entry[] _entries;
    int _mask;
    int _shift;
    int _growAt;

    /// <summary>An empty map with room for about half of <paramref name="capacity"/> entries before it first grows.</summary>
    public LongMap(int capacity = 1024)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 16));
        _entries = new Entry[size];
        SizeTo(size);
    }

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the slot of a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(long key, out int slot)
    {
        var entries = _entries;
        for (var i = Home(key); ; i = (i + 1) & _mask)
        {
            ref var entry = ref entries[i];
            if (entry.Key == key && key != 0)
            {
                slot = entry.Slot;
                return true;
            }
            if (entry.Key == 0)
            {
                slot = -1;
                return false;
            }
        }
    }

    /// <summary>Asks the processor for the place where a key would be found.</summary>
    internal void Prefetch(long key) => Lookahead.Prefetch(ref _entries[Home(key)]);

    /// <summary>Adds a key that is not in the map yet.</summary>
    public void Add(long key, int slot)
    {
        Invariant.Require(key != 0, "a map's key is never zero");
        if (Count >= _growAt) Grow();
        var i = Home(key);
        for (; _entries[i].Key != 0; i = (i + 1) & _mask)
            Invariant.Require(_entries[i].Key != key, "a key is added once");
        _entries[i] = new Entry { Key = key, Slot = slot };
        Count++;
    }

    /// <summary>Takes a key out; false when it is not there.</summary>
    public bool Remove(long key)
    {
        if (key == 0) return false;
        var i = Home(key);
        for (; _entries[i].Key != key; i = (i + 1) & _mask)
            if (_entries[i].Key == 0) return false;

        // Close the gap: an entry further on moves back when its home lies at or before the gap.
        for (var next = (i + 1) & _mask; _entries[next].Key != 0; next = (next + 1) & _mask)
        {
            var home = Home(_entries[next].Key);
            if (((next - home) & _mask) >= ((next - i) & _mask))
            {
                _entries[i] = _entries[next];
                i = next;
            }
        }
        _entries[i] = default;
        Count--;
        return true;
    }

    // Multiplied by the golden ratio and cut to the upper bits, numbers that follow each other – as ids do – spread evenly (Knuth, volume 3, 6.4).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    int Home(long key) => (int)(((ulong)key * 0x9E3779B97F4A7C15UL) >> _shift);

    void SizeTo(int size)
    {
        _mask = size - 1;
        _shift = 64 - System.Numerics.BitOperations.Log2((uint)size);
        _growAt = size / 2;
    }

    void Grow()
    {
        var old = _entries;
        _entries = new Entry[old.Length * 2];
        SizeTo(_entries.Length);
        Count = 0;
        foreach (ref var entry in old.AsSpan())
            if (entry.Key != 0) Add(entry.Key, entry.Slot);
    }

    struct Entry
    {
        public long Key;
        public int Slot;
    }
}
