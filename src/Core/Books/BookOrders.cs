using System.Runtime.CompilerServices;

namespace MyTradeX.Core;

/// <summary>The slab that orders of all books live in. Orders are named by their slot; slots are reused, last freed first.</summary>
public sealed class BookOrders(int capacity = 1024)
{
    BookOrder[] _orders = new BookOrder[capacity];
    int _free = -1;
    int _used;

    /// <summary>Orders alive.</summary>
    public int Count { get; private set; }

    /// <summary>Slots there are; grows when <see cref="Allocate"/> finds none free.</summary>
    public int Capacity => _orders.Length;

    /// <summary>The order in a slot. The reference is good until the next <see cref="Allocate"/>.</summary>
    public ref BookOrder this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _orders[slot];
    }

    /// <summary>The slot that <see cref="Allocate"/> would give next, if it need not grow.</summary>
    internal int NextFree => _free >= 0 ? _free : Math.Min(_used, _orders.Length - 1);

    /// <summary>Takes a free slot.</summary>
    public int Allocate()
    {
        var slot = _free;
        if (slot >= 0) _free = _orders[slot].Next;
        else
        {
            slot = _used++;
            if (slot == _orders.Length) Array.Resize(ref _orders, _orders.Length * 2);
        }
        Count++;
        return slot;
    }

    /// <summary>Gives a slot back.</summary>
    public void Free(int slot)
    {
        _orders[slot].Next = _free;
        _free = slot;
        Count--;
    }
}
