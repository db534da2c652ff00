namespace MyTradeX.Bench.FanOut;

/// <summary>What the benchmark can be asked for.</summary>
static class Modes
{
    public const string Compare = "compare", Idle = "idle", Venue = "venue", Hold = "hold", Serve = "serve";
}
