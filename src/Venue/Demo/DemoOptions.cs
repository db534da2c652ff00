namespace MyTradeX.Venue.Demo;

/// <summary>How the demo market is run.</summary>
public sealed record DemoOptions
{
    /// <summary>Begins the random numbers: the same seed on the same venue at the same times gives the same commands. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Seconds of market in a second of the clock, more than 0. Default 1; more is for load tests.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>
    /// How much of the past is played before the start, as far as the venue has not lived through it: the whole of it on a new
    /// venue, the pause since the last command on another. Default one hour.
    /// </summary>
    public TimeSpan Past { get; init; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How many times less often the makers follow the price in the past that is played: nobody sees a book of the past, its trades and
    /// candles are the same in kind, and the start takes half as long. Tests that look at a long time set 1.
    /// </summary>
    internal double PastSlowness { get; init; } = 3;
}
