using System.Runtime.CompilerServices;

namespace MyTradeX.Core;

/// <summary>
/// One side of a book. Prices lie sorted in one array, the best last, so that what happens near the best price – nearly
/// everything – moves little; levels themselves stay where they are in a slab. Works for any prices.
/// </summary>
public sealed class PriceLevels
{
    // A key orders prices from worst to best: the price itself for buys, its complement for sells – which, unlike the negative, exists for every number.
    readonly long _flip;
    long _bestKey = long.MinValue;
    long[] _keys = new long[64];
    int[] _slots = new int[64];
    int _count;
    PriceLevel[] _levels = new PriceLevel[64];
    int _used;
    int _free = -1;

    /// <summary>An empty side; the best price is the highest or the lowest.</summary>
    public PriceLevels(bool highestFirst) => _flip = highestFirst ? 0 : -1;

    /// <summary>How many prices there are.</summary>
    public int Count => _count;

    /// <summary>Slot of the best level; -1 when the side is empty.</summary>
    public int Best
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _count > 0 ? _slots[_count - 1] : -1;
    }

    /// <summary>The best price; 0 when the side is empty.</summary>
    public long BestPrice => _count > 0 ? _bestKey ^ _flip : 0;

    /// <summary>The level in a slot. The reference is good until the next <see cref="FindOrAdd"/>.</summary>
    public ref PriceLevel this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _levels[slot];
    }

    /// <summary>Slot of the level that is <paramref name="rank"/> prices behind the best, from 0.</summary>
    public int AtRank(int rank) => _slots[_count - 1 - rank];

    /// <summary>Whether <paramref name="price"/> is as good as <paramref name="other"/> on this side, or better.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAsGood(long price, long other) => (price ^ _flip) >= (other ^ _flip);

    /// <summary>Whether there is an order here that one of the other side would trade with at its <paramref name="limit"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Meets(long limit) => _bestKey >= (limit ^ _flip) && _count > 0;

    /// <summary>Slot of the level at a price; -1 when there is none.</summary>
    public int Find(long price)
    {
        var key = price ^ _flip;
        var at = LowerBound(key);
        return at < _count && _keys[at] == key ? _slots[at] : -1;
    }

    /// <summary>The level at a price, made when it is not there.</summary>
    public int FindOrAdd(long price)
    {
        var key = price ^ _flip;
        var at = LowerBound(key);
        if (at < _count && _keys[at] == key) return _slots[at];

        if (_count == _keys.Length)
        {
            Array.Resize(ref _keys, _count * 2);
            Array.Resize(ref _slots, _count * 2);
        }
        Array.Copy(_keys, at, _keys, at + 1, _count - at);
        Array.Copy(_slots, at, _slots, at + 1, _count - at);
        var slot = Allocate();
        _keys[at] = key;
        _slots[at] = slot;
        _count++;
        _bestKey = _keys[_count - 1];
        _levels[slot] = new PriceLevel { Price = price, Head = -1, Tail = -1 };
        return slot;
    }

    /// <summary>Takes an empty level out.</summary>
    public void Remove(int slot)
    {
        var at = LowerBound(_levels[slot].Price ^ _flip);
        Invariant.Require(at < _count && _slots[at] == slot, "a level is found at its price");
        _count--;
        Array.Copy(_keys, at + 1, _keys, at, _count - at);
        Array.Copy(_slots, at + 1, _slots, at, _count - at);
        _bestKey = _count > 0 ? _keys[_count - 1] : long.MinValue;
        _levels[slot].Tail = _free;
        _free = slot;
    }

    /// <summary>First place whose key is not below the given one. Looks at the last few first: that is where the market is.</summary>
    int LowerBound(long key)
    {
        var keys = _keys;
        var high = _count;
        for (var near = 0; near < 4; near++)
        {
            if (high == 0 || keys[high - 1] < key) return high;
            high--;
        }
        var low = 0;
        while (low < high)
        {
            var middle = (int)(((uint)low + (uint)high) >> 1);
            if (keys[middle] < key) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    int Allocate()
    {
        if (_free >= 0)
        {
            var slot = _free;
            _free = _levels[slot].Tail;
            return slot;
        }
        if (_used == _levels.Length) Array.Resize(ref _levels, _used * 2);
        return _used++;
    }
}
