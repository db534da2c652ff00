namespace MyTradeX.Bench.DemoWeek;

/// <summary>A clock that stands until it is moved; the venue's own clean-up goes by it.</summary>
sealed class HourClock(DateTimeOffset start) : TimeProvider
{
    long _ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
