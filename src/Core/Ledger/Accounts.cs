using System.Runtime.CompilerServices;

namespace MyTradeX.Core;

/// <summary>Cash accounts and the users they belong to.</summary>
sealed class Accounts
{
    readonly LongMap _owners = new(256);
    OwnerRecord[] _ownerRecords = new OwnerRecord[64];
    AccountRecord[] _accounts = new AccountRecord[64];

    /// <summary>How many accounts there are; their ids are 1 to this.</summary>
    public long Count { get; private set; }

    public int OwnerCount => _owners.Count;

    /// <summary>The account of an id. The reference is good until the next <see cref="Open"/>.</summary>
    public ref AccountRecord this[long id]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _accounts[id - 1];
    }

    public bool Exists(long id) => id > 0 && id <= Count;

    public ref OwnerRecord Owner(int slot) => ref _ownerRecords[slot];

    public bool TryFindOwner(long userId, out int slot) => _owners.TryGet(userId, out slot);

    /// <summary>The slot of a user, made at first sight.</summary>
    public int FindOrAddOwner(long userId)
    {
        if (_owners.TryGet(userId, out var slot)) return slot;
        slot = _owners.Count;
        if (slot == _ownerRecords.Length) Array.Resize(ref _ownerRecords, slot * 2);
        _ownerRecords[slot] = new OwnerRecord { UserId = userId };
        _owners.Add(userId, slot);
        return slot;
    }

    /// <summary>Opens an account and gives it the next id.</summary>
    public ref AccountRecord Open(in AccountState state)
    {
        if (Count == _accounts.Length) Array.Resize(ref _accounts, _accounts.Length * 2);
        var id = ++Count;
        ref var account = ref _accounts[id - 1];
        account = new AccountRecord { State = state, Owner = -1, FirstOrder = -1, FirstPosition = -1 };
        account.State.Id = id;
        if (state.OwnerId != 0)
        {
            account.Owner = FindOrAddOwner(state.OwnerId);
            ref var owner = ref _ownerRecords[account.Owner];
            account.NextOfOwner = owner.FirstAccount;
            owner.FirstAccount = id;
        }
        return ref account;
    }
}
