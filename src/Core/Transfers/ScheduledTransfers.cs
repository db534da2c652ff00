namespace MyTradeX.Core;

/// <summary>
/// Transfers that wait for their time, and those of a series that have had theirs and wait for a server to say when the next one is due. Both outlive any server.
/// </summary>
sealed class ScheduledTransfers
{
    readonly Dictionary<long, TransferState> _waiting = [];
    readonly SortedSet<(long RunAt, long Id)> _queue = [];
    readonly SortedDictionary<long, TransferState> _ended = [];

    /// <summary>When the next one is due, microseconds since 1970 UTC; <see cref="long.MaxValue"/> for none.</summary>
    public long NextRunAt { get; private set; } = long.MaxValue;

    /// <summary>Waiting ones.</summary>
    public int Count => _waiting.Count;

    /// <summary>Waiting ones, by time and number.</summary>
    public IEnumerable<TransferState> Waiting
    {
        get
        {
            foreach (var (_, id) in _queue) yield return _waiting[id];
        }
    }

    /// <summary>Carried out or failed, and followed by none yet, by number.</summary>
    public IReadOnlyCollection<TransferState> Ended => _ended.Values;

    public bool TryFind(long id, out TransferState transfer) => _waiting.TryGetValue(id, out transfer);

    public bool TryFindEnded(long id, out TransferState transfer) => _ended.TryGetValue(id, out transfer);

    public void Add(in TransferState transfer)
    {
        _waiting.Add(transfer.Id, transfer);
        _queue.Add((transfer.RunAt, transfer.Id));
        NextRunAt = _queue.Min.RunAt;
    }

    /// <summary>Takes one out before its time.</summary>
    public void Remove(in TransferState transfer)
    {
        _waiting.Remove(transfer.Id);
        _queue.Remove((transfer.RunAt, transfer.Id));
        NextRunAt = _queue.Count > 0 ? _queue.Min.RunAt : long.MaxValue;
    }

    /// <summary>The next one, if it is due.</summary>
    public bool TryTakeDue(long now, out TransferState transfer)
    {
        transfer = default;
        if (NextRunAt > now) return false;
        transfer = _waiting[_queue.Min.Id];
        Remove(in transfer);
        return true;
    }

    /// <summary>Keeps one of a series until another follows it.</summary>
    public void AwaitNext(in TransferState ended) => _ended.Add(ended.Id, ended);

    /// <summary>Another follows it, or none ever will.</summary>
    public void Forget(long id) => _ended.Remove(id);
}
