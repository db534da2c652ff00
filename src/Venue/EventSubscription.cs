namespace MyTradeX.Venue;

/// <summary>One follower's queue of event blocks. One thread takes.</summary>
public sealed class EventSubscription
{
    readonly object _gate = new();
    readonly Queue<EventBlock> _waiting = new();
    long _bytes;
    bool _closed;

    /// <summary>Bytes of events waiting.</summary>
    public long BacklogBytes => Interlocked.Read(ref _bytes);

    /// <summary>Waits for blocks and moves them to a list, up to about <paramref name="maxBytes"/>, at least one. False when the feed has ended and all is taken.</summary>
    public bool Take(List<EventBlock> target, long maxBytes, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_closed) Monitor.Wait(_gate, timeout);
            var before = target.Count;
            for (var taken = 0L; taken < maxBytes && _waiting.TryDequeue(out var block);)
            {
                target.Add(block);
                taken += block.Bytes.Length;
                Interlocked.Add(ref _bytes, -block.Bytes.Length);
            }
            // What the list held before does not count, or a follower who keeps his blocks would never see the end.
            return target.Count > before || !_closed;
        }
    }

    internal void Add(EventBlock block)
    {
        lock (_gate)
        {
            _waiting.Enqueue(block);
            Interlocked.Add(ref _bytes, block.Bytes.Length);
            Monitor.Pulse(_gate);
        }
    }

    internal void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
