namespace MyTradeX.Server.Platform.Runtime;

/// <summary>
/// Tells when a heap that was busy has become quiet. What a busy time left behind would lie there until as much again has been allocated, which a server that waits for its clients may not do in hours.
/// Looks at what has been allocated in the last five seconds: much makes it busy, little after that makes it due, once. The little that idle connections allocate for their heartbeats makes nothing due.
/// For one thread.
/// </summary>
internal sealed class QuietHeap
{
    /// <summary>How long it looks back, in calls.</summary>
    public const int Window = 5;

    /// <summary>Bytes allocated in the window from which on it was busy: more than twenty thousand heartbeats at once.</summary>
    public const long Busy = 32 << 20;

    /// <summary>Bytes allocated in the window below which it is quiet: some tens of orders a second, whom a pause meets seldom, or the heartbeats of ten thousand connections.</summary>
    public const long Quiet = 4 << 20;

    readonly Queue<long> _readings = new(Window + 1);
    bool _wasBusy;

    /// <summary>To be called every second.</summary>
    /// <param name="allocatedBytes">All that has ever been allocated.</param>
    /// <returns>Whether it is time to collect.</returns>
    public bool IsDue(long allocatedBytes)
    {
        _readings.Enqueue(allocatedBytes);
        if (_readings.Count <= Window)
            return false;
        var allocated = allocatedBytes - _readings.Dequeue();
        _wasBusy |= allocated >= Busy;
        if (!_wasBusy || allocated >= Quiet)
            return false;
        _wasBusy = false;
        return true;
    }
}
