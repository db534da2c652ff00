using System.Runtime.CompilerServices;

namespace MyTradeX.Core;

/// <summary>Open orders: the part that books use and the rest, side by side under one slot, found by order id.</summary>
sealed class OrderStore
{
    readonly LongMap _slots = new();
    OrderRecord[] _records = new OrderRecord[1024];
    AccountLink[] _links = new AccountLink[1024];

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

    /// <summary>See <see cref="Lookahead"/>.</summary>
    public void PrefetchEntry(long orderId) => _slots.Prefetch(orderId);

    public int Allocate(long orderId)
    {
        var slot = Hot.Allocate();
        if (slot >= _records.Length)
        {
            Array.Resize(ref _records, Hot.Capacity);
            Array.Resize(ref _links, Hot.Capacity);
        }
        _slots.Add(orderId, slot);
        return slot;
    }

    /// <summary>The open order of the same account that was linked before this one; -1 for none.</summary>
    public int NextOfAccount(int slot) => _links[slot].Next;

    /// <summary>Makes an order the newest of its account.</summary>
    public void Link(int slot, ref AccountRecord account)
    {
        _links[slot] = new AccountLink { Next = account.FirstOrder, Previous = -1 };
        if (account.FirstOrder >= 0) _links[account.FirstOrder].Previous = slot;
        account.FirstOrder = slot;
    }

    /// <summary>Takes an order from those of its account.</summary>
    public void Unlink(int slot, ref AccountRecord account)
    {
        var link = _links[slot];
        if (link.Previous >= 0) _links[link.Previous].Next = link.Next;
        else account.FirstOrder = link.Next;
        if (link.Next >= 0) _links[link.Next].Previous = link.Previous;
    }

    public void Free(int slot)
    {
        Invariant.Require(_slots.Remove(_records[slot].State.Id), "an open order is found by its id");
        Hot.Free(slot);
    }
}
