using System.Runtime.CompilerServices;

namespace MyTradeX.Core;

/// <summary>Open orders: the part that books use and the rest, side by side under one slot, found by order id.</summary>
sealed class OrderStore
{
    readonly LongMap _slots = new();
    OrderRecord[] _records = new OrderRecord[1024];

    /// <summary>The part that books use.</summary>
    public BookOrders Hot { get; } = new();

    /// <summary>Open orders in the whole venue.</summary>
    public int Count => Hot.Count;

    /// <summary>The order in a slot. The reference is good until the next <see cref="Allocate"/>; the values outlive <see cref="Free"/> until then.</summary>
    public ref OrderRecord this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _records[slot];
    }

    public bool TryFind(long orderId, out int slot) => _slots.TryGet(orderId, out slot);

    public int Allocate(long orderId)
    {
        var slot = Hot.Allocate();
        if (slot >= _records.Length) Array.Resize(ref _records, Hot.Capacity);
        _slots.Add(orderId, slot);
        return slot;
    }

    public void Free(int slot)
    {
        Invariant.Require(_slots.Remove(_records[slot].State.Id), "an open order is found by its id");
        Hot.Free(slot);
    }
}
