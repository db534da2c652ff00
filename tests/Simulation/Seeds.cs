using System.Globalization;

namespace MyTradeX.Simulation;

/// <summary>Which seeds to play: MYTRADEX_SIM_SEED asks for one in particular, MYTRADEX_SIM_RUNS for more than usual.</summary>
static class Seeds
{
    static readonly int? Asked = Number("MYTRADEX_SIM_SEED");

    /// <summary>The seed that was asked for, or else as many as asked for or usual.</summary>
    public static (int First, int Count) Choose(int usual) => (Asked ?? 1, Number("MYTRADEX_SIM_RUNS") ?? (Asked is null ? usual : 1));

    /// <summary>Plays seeds on all processors. The lowest failing one is told, with the command that repeats it.</summary>
    public static void Play(int first, int count, Action<int> play)
    {
        var gate = new Lock();
        (int Seed, Exception Failure)? worst = null;
        Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, loop) =>
        {
            try
            {
                play(seed);
            }
#pragma warning disable CA1031 // It is told below, with its seed.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                loop.Break();
                lock (gate)
                    if (worst is not { } known || known.Seed > seed) worst = (seed, failure);
            }
        });
        if (worst is { } found) Assert.Fail($"MYTRADEX_SIM_SEED={found.Seed} dotnet test --project tests/Simulation -c Release   repeats this:\n\n{found.Failure.Message}");
    }

    static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
