using System.Runtime.CompilerServices;

namespace MyTradeX.Core;

/// <summary>Positions, by account and instrument.</summary>
sealed class Positions
{
    // Instrument ids stay below 2^17, so this leaves 46 bits for accounts.
    const int InstrumentBits = 17;

    readonly LongMap _slots = new();
    PositionRecord[] _positions = new PositionRecord[64];

    public int Count => _slots.Count;

    /// <summary>The position in a slot. The reference is good until the next <see cref="FindOrAdd"/>.</summary>
    public ref PositionRecord this[int slot]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _positions[slot];
    }

    public bool TryFind(long accountId, int instrumentId, out int slot) => _slots.TryGet(Key(accountId, instrumentId), out slot);

    /// <summary>See <see cref="Lookahead"/>.</summary>
    public void PrefetchEntry(long accountId, int instrumentId) => _slots.Prefetch(Key(accountId, instrumentId));

    /// <summary>The position of an account in an instrument, made at first sight.</summary>
    public int FindOrAdd(ref AccountRecord account, int instrumentId)
    {
        var key = Key(account.State.Id, instrumentId);
        if (_slots.TryGet(key, out var slot)) return slot;
        slot = _slots.Count;
        if (slot == _positions.Length) Array.Resize(ref _positions, slot * 2);
        _positions[slot] = new PositionRecord
        {
            State = new PositionState { AccountId = account.State.Id, InstrumentId = instrumentId },
            NextOfAccount = account.FirstPosition,
        };
        account.FirstPosition = slot;
        _slots.Add(key, slot);
        return slot;
    }

    static long Key(long accountId, int instrumentId) => accountId << InstrumentBits | (long)instrumentId;
}
