namespace MyTradeX.Venue.Tests;

/// <summary>A clock that moves when it is told to, and runs the timers that fall due.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    readonly Lock _gate = new();
    readonly List<ManualTimer> _timers = [];
    DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate) return _now;
    }

    /// <summary>Timers that wait for the clock.</summary>
    public int Waiting
    {
        get { lock (_gate) return _timers.Count(timer => timer.DueAt != DateTimeOffset.MaxValue); }
    }

    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _timers.Where(timer => timer.DueAt <= _now)];
        }
        foreach (var timer in due) timer.Fire();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        lock (_gate) _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset DueAt { get; private set; } = DateTimeOffset.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var isDue = dueTime == TimeSpan.Zero;
            lock (clock._gate) DueAt = dueTime == Timeout.InfiniteTimeSpan || isDue ? DateTimeOffset.MaxValue : clock._now + dueTime;
            if (isDue) callback(state);
            return true;
        }

        public void Fire()
        {
            lock (clock._gate)
            {
                if (DueAt == DateTimeOffset.MaxValue) return;
                DueAt = DateTimeOffset.MaxValue;
            }
            callback(state);
        }

        public void Dispose()
        {
            lock (clock._gate) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
