namespace MyTradeX.Venue.Commands;

/// <summary>
/// Hands commands from many doors to one sequencer, a batch at a time: whatever has come while the last batch was written is the
/// next. Bounded; a full queue refuses.
/// </summary>
sealed class CommandQueue(int capacity)
{
    readonly object _gate = new();
    readonly Queue<PendingCommand> _waiting = new();
    bool _closed;

    /// <summary>Commands waiting.</summary>
    public int Count
    {
        get { lock (_gate) return _waiting.Count; }
    }

    /// <summary>Whether no more commands are taken.</summary>
    public bool IsClosed
    {
        get { lock (_gate) return _closed; }
    }

    /// <summary>Adds a command; false when the queue is full or closed.</summary>
    public bool TryAdd(PendingCommand command)
    {
        lock (_gate)
        {
            if (_closed || _waiting.Count >= capacity) return false;
            _waiting.Enqueue(command);
            if (_waiting.Count == 1) Monitor.Pulse(_gate);
            return true;
        }
    }

    /// <summary>
    /// Waits for commands and moves up to <paramref name="max"/> of them to a list, none on a time-out. False when the queue is closed
    /// and was empty: nothing will ever come again.
    /// </summary>
    public bool Take(List<PendingCommand> target, int max, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_closed) Monitor.Wait(_gate, timeout);
        }
        // Whoever is about to send one, too, may do so first: it then shares this batch's disk sync. Where nobody is, this takes no time.
        Thread.Yield();
        lock (_gate)
        {
            while (target.Count < max && _waiting.TryDequeue(out var command)) target.Add(command);
            return target.Count > 0 || !_closed;
        }
    }

    /// <summary>Takes no more commands; what waits is still worked off.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
