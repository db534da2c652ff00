namespace MyTradeX.Venue.Reconciliation;

/// <summary>A set of ids that a counter gave: a bit an id, in pages where there are any.</summary>
sealed class IdSet
{
    const int PageBits = 1 << 15;

    readonly Dictionary<long, ulong[]> _pages = [];

    public void Add(long id)
    {
        if (!_pages.TryGetValue(id / PageBits, out var page)) _pages.Add(id / PageBits, page = new ulong[PageBits / 64]);
        page[id % PageBits / 64] |= 1UL << (int)(id % 64);
    }

    public bool Contains(long id) => _pages.TryGetValue(id / PageBits, out var page) && (page[id % PageBits / 64] >> (int)(id % 64) & 1) != 0;
}
