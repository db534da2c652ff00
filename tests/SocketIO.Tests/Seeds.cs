using System.Globalization;

namespace MyTradeX.SocketIO.Tests;

/// <summary>Seeds of random input: new ones each run, or those that start at <c>SEED</c> in the environment, to repeat a failure: <c>SEED=n dotnet run --project tests/SocketIO.Tests -- -class "*…*"</c>.</summary>
static class Seeds
{
    static readonly int First = int.TryParse(Environment.GetEnvironmentVariable("SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next(1_000_000_000);

    public static int For(int round) => First + round;
}
