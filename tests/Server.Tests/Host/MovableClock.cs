namespace MyTradeX.Server.Tests.Host;

/// <summary>The machine's clock, moved ahead on request. Timers keep running on real time.</summary>
internal sealed class MovableClock : TimeProvider
{
    long _aheadTicks;

    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadTicks, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _aheadTicks));
}
