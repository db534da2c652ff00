using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>
/// Drills as short as a test may be. MYTRADEX_KILLS sets how often the tests kill (few unless set), MYTRADEX_SEED the random moments and orders.
/// What a machine lacks skips a test, with the reason.
/// </summary>
static class ShortDrill
{
    public static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("MYTRADEX_SEED") ?? "1");

    public static int KillsOr(int few) => Environment.GetEnvironmentVariable("MYTRADEX_KILLS") is { Length: > 0 } kills ? int.Parse(kills) : few;

    /// <summary>What a drill is given, in a folder of its own.</summary>
    public static DrillTools Tools(DrillFolder folder) =>
        new(Seed, folder, Program: null, line => TestContext.Current.SendDiagnosticMessage(line), TestContext.Current.CancellationToken);

    /// <summary>A venue in a folder of its own, with snapshots for so many kills.</summary>
    public static Task<DrilledVenue> OpenAsync(DrillFolder folder, int kills = 0) =>
        DrilledVenue.OpenAsync(Tools(folder).Setup with { Environment = KillDrill.Settings(kills) }, TestContext.Current.CancellationToken);

    /// <summary>Runs a whole drill; a finding fails the test.</summary>
    public static async Task<DrillReport> RunAsync(Func<DrillTools, Task<DrillReport>> drill)
    {
        using var folder = new DrillFolder();
        var report = await drill(Tools(folder));
        foreach (var (name, value) in report.Figures) TestContext.Current.SendDiagnosticMessage($"{name}: {value}");
        return report;
    }

    public static async Task<T> OrSkipAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DrillImpossibleException impossible)
        {
            Assert.Skip(impossible.Message);
            throw;
        }
    }
}
