namespace MyTradeX.Core;

/// <summary>
/// The requests of the last day, a bounded number of them, oldest out first. An entry whose order is still open moves to the
/// young end instead of leaving, so that no client order id is free for reuse while its order works.
/// </summary>
sealed class RequestWindow(OrderStore orders)
{
    RememberedRequest[] _ring = new RememberedRequest[1024];
    int[] _buckets = NewBuckets(2048);
    int _head;

    public int Count { get; private set; }

    /// <summary>Finds what was remembered under a key and still counts at a time.</summary>
    public bool TryFind(long scope, UInt128 key, long now, out RememberedRequest request)
    {
        for (var i = _buckets[BucketOf(scope, key)]; i >= 0; i = _ring[i].Next)
        {
            ref var entry = ref _ring[i];
            if (entry.Key != key || entry.Scope != scope) continue;
            request = entry;
            return now - entry.Time < Limits.RememberedForUs || NamesOpenOrder(in entry);
        }
        request = default;
        return false;
    }

    /// <summary>Remembers a request. One that is still there under the same key, but no longer counts, is replaced.</summary>
    public void Add(long scope, UInt128 key, ulong fingerprint, long sequence, long subject, long now)
    {
        // Two at each arrival keep pace with any rate; more would make one command pay for many.
        for (var i = 0; i < 2 && Count > 0; i++)
        {
            ref var oldest = ref _ring[_head];
            if (Count < Limits.RememberedRequests && now - oldest.Time < Limits.RememberedForUs) break;
            var entry = oldest;
            RemoveOldest();
            if (NamesOpenOrder(in entry)) Append(entry);
        }
        Append(new RememberedRequest { Scope = scope, Key = key, Fingerprint = fingerprint, Sequence = sequence, Subject = subject, Time = now });
    }

    /// <summary>The entry at a place, 0 being the oldest.</summary>
    public ref readonly RememberedRequest At(int place) => ref _ring[(_head + place) & (_ring.Length - 1)];

    /// <summary>Puts an entry at the young end, as a snapshot had it.</summary>
    public void Append(RememberedRequest entry)
    {
        if (Count == _ring.Length) Grow();
        var at = (_head + Count) & (_ring.Length - 1);
        var bucket = BucketOf(entry.Scope, entry.Key);
        entry.Next = _buckets[bucket];
        _ring[at] = entry;
        _buckets[bucket] = at;
        Count++;
    }

    bool NamesOpenOrder(in RememberedRequest entry) => entry.Scope < 0 && orders.TryFind(entry.Subject, out _);

    void RemoveOldest()
    {
        ref var link = ref _buckets[BucketOf(_ring[_head].Scope, _ring[_head].Key)];
        while (link != _head) link = ref _ring[link].Next;
        link = _ring[_head].Next;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
    }

    void Grow()
    {
        var old = new RememberedRequest[Count];
        for (var i = 0; i < old.Length; i++) old[i] = At(i);
        _ring = new RememberedRequest[_ring.Length * 2];
        _buckets = NewBuckets(_ring.Length * 2);
        _head = 0;
        Count = 0;
        foreach (var entry in old) Append(entry);
    }

    static int[] NewBuckets(int length)
    {
        var buckets = new int[length];
        Array.Fill(buckets, -1);
        return buckets;
    }

    int BucketOf(long scope, UInt128 key) =>
        (int)(Mixing.Mix((ulong)key ^ (ulong)(key >> 64) + (ulong)scope * 0x9E3779B97F4A7C15UL) & (ulong)(_buckets.Length - 1));
}
