namespace MyTradeX.Protocols.WebSockets;

/// <summary>Something that is to happen at a time unless it is put off; at most one time at once. Belongs to one <see cref="DeadlineWheel"/>.</summary>
public abstract class Deadline
{
    internal Deadline? Previous;
    internal Deadline? Next;
    internal long DueMs;
    internal int Slot = -1;

    /// <summary>The time has come. Runs on the wheel's thread, outside its lock: be quick, do not block, do not throw. May schedule itself again.</summary>
    protected internal abstract void OnDue();
}

/// <summary>
/// Deadlines of any number of connections on one timer, which is set for the next of them and not at all while there are none. A deadline falls due at its time or up to one tick (10 ms) later, never
/// earlier. Scheduling, putting off and cancelling cost the same however many there are. Thread-safe.
/// </summary>
public sealed class DeadlineWheel : IDisposable
{
    /// <summary>Milliseconds that one slot stands for: heartbeats of some hundred milliseconds, as tests have them, still come in time.</summary>
    public const int TickMs = 10;

    // 4,096 ticks are 41 s, longer than the usual heartbeats: most deadlines are looked at once, when they fall due.
    const int SlotCount = 4096;

    readonly TimeProvider _time;
    readonly long _origin;
    readonly Lock _gate = new();
    readonly Deadline?[] _slots = new Deadline?[SlotCount];
    readonly List<Deadline> _due = [];
    readonly ITimer _timer;
    long _lastTick;
    long _wakeTick = long.MaxValue;
    int _count;
    bool _isTurning;
    bool _isDisposed;

    /// <summary>A wheel driven by a clock.</summary>
    public DeadlineWheel(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        _origin = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((DeadlineWheel)state!).Turn(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Milliseconds since the wheel was made, on its clock.</summary>
    public long NowMs => (long)_time.GetElapsedTime(_origin).TotalMilliseconds;

    /// <summary>Deadlines that wait.</summary>
    public int Count
    {
        get { lock (_gate) return _count; }
    }

    /// <summary>Sets or moves a deadline.</summary>
    /// <param name="deadline">What is to happen.</param>
    /// <param name="dueMs">When, on the scale of <see cref="NowMs"/>; a time that has passed falls due with the next tick.</param>
    public void Schedule(Deadline deadline, long dueMs)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        var now = NowMs;
        lock (_gate)
        {
            if (_isDisposed) return;
            Remove(deadline);
            if (_count == 0 && !_isTurning) _lastTick = now / TickMs;
            deadline.DueMs = dueMs;
            var tick = Math.Max((dueMs + TickMs - 1) / TickMs, _lastTick + 1);
            deadline.Slot = (int)(tick % SlotCount);
            deadline.Next = _slots[deadline.Slot];
            if (deadline.Next is not null) deadline.Next.Previous = deadline;
            _slots[deadline.Slot] = deadline;
            _count++;
            if (tick < _wakeTick) WakeAt(tick, now);
        }
    }

    /// <summary>Takes a deadline back; nothing happens when there is none.</summary>
    public void Cancel(Deadline deadline)
    {
        ArgumentNullException.ThrowIfNull(deadline);
        lock (_gate) Remove(deadline);
    }

    /// <summary>Forgets every deadline and stops the timer.</summary>
    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        _timer.Dispose();
    }

    void Remove(Deadline deadline)
    {
        if (deadline.Slot < 0) return;
        if (deadline.Previous is null) _slots[deadline.Slot] = deadline.Next;
        else deadline.Previous.Next = deadline.Next;
        if (deadline.Next is not null) deadline.Next.Previous = deadline.Previous;
        deadline.Previous = deadline.Next = null;
        deadline.Slot = -1;
        _count--;
    }

    void WakeAt(long tick, long nowMs)
    {
        _wakeTick = tick;
        // While a turn is under way its end sets the timer.
        if (!_isTurning) _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, tick * TickMs - nowMs)), Timeout.InfiniteTimeSpan);
    }

    void Turn()
    {
        lock (_gate)
        {
            if (_isTurning || _isDisposed) return;
            _isTurning = true;
            var nowMs = NowMs;
            var nowTick = nowMs / TickMs;
            for (var tick = Math.Max(_lastTick + 1, nowTick - SlotCount + 1); tick <= nowTick; tick++)
            {
                for (var deadline = _slots[tick % SlotCount]; deadline is not null;)
                {
                    var next = deadline.Next;
                    if (deadline.DueMs <= nowMs)
                    {
                        Remove(deadline);
                        _due.Add(deadline);
                    }
                    deadline = next;
                }
            }
            _lastTick = Math.Max(_lastTick, nowTick);
        }
        foreach (var deadline in _due) deadline.OnDue();
        lock (_gate)
        {
            _due.Clear();
            _isTurning = false;
            _wakeTick = long.MaxValue;
            if (_isDisposed || _count == 0) return;
            var tick = _lastTick + 1;
            // A deadline some turns away stands in a slot of this one too; a look in vain now and then is cheaper than keeping order.
            while (_slots[tick % SlotCount] is null) tick++;
            WakeAt(tick, NowMs);
        }
    }
}
