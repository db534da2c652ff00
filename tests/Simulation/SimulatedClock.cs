namespace MyTradeX.Simulation;

/// <summary>The machine's clock. It moves when it is told to, also backwards.</summary>
sealed class SimulatedClock : TimeProvider
{
    DateTimeOffset _now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Move(TimeSpan by) => _now += by;
}
