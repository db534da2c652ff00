namespace MyTradeX.Core.Tests.Reference;

/// <summary>What is remembered for idempotency: request keys and client order ids, oldest first.</summary>
sealed class NaiveMemory
{
    public sealed record Entry(long At, long Sequence, long Subject)
    {
        public (long UserId, UInt128 Key)? Request { get; init; }
        public CommandKind Kind { get; init; }
        public ulong Fingerprint { get; init; }
        public (long AccountId, Text64 Id)? ClientOrderId { get; init; }
        public PlaceOrder Terms { get; init; }
        public bool IsAboutOrder => ClientOrderId is not null || Kind is CommandKind.PlaceOrder or CommandKind.AmendOrder or CommandKind.CancelOrder;
    }

    const int Capacity = 262_144;
    const long DayUs = 24L * 60 * 60 * 1_000_000;

    readonly List<Entry> _entries = [];

    public void Add(Entry entry) => _entries.Add(entry);

    public void Forget(long now, Func<long, bool> isOpen)
    {
        bool Kept(Entry entry) => entry.ClientOrderId is not null && isOpen(entry.Subject);
        _entries.RemoveAll(entry => now - entry.At >= DayUs && !Kept(entry));
        var tooMany = _entries.Count - Capacity;
        if (tooMany > 0) _entries.RemoveAll(entry => tooMany > 0 && !Kept(entry) && tooMany-- > 0);
    }

    public Entry? Request(long userId, UInt128 key) => _entries.LastOrDefault(entry => entry.Request == (userId, key));

    public Entry? Order(long accountId, Text64 clientOrderId) => _entries.LastOrDefault(entry => entry.ClientOrderId == (accountId, clientOrderId));
}
