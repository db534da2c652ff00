using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>Full load, looked at from time to time: here for seconds, to try the machinery. Whether memory stays flat takes longer to say.</summary>
public sealed class Soaking
{
    [Fact]
    public async Task measures_the_server_under_load_and_leaves_sound_data()
    {
        var report = await ShortDrill.RunAsync(tools => SoakDrill.RunAsync(tools, TimeSpan.FromSeconds(9)));

        Assert.Contains("sound", report.Figures["Data"], StringComparison.Ordinal);
        Assert.NotNull(report.Samples);
        Assert.InRange(report.Samples.Count, 9, 12);
        Assert.All(report.Samples, sample =>
        {
            Assert.True(sample.OrdersPerSecond > 0 && sample.P99Ms > 0, $"no orders were measured: {sample}");
            Assert.True(sample.ResidentMb > 10 && sample.Handles > 10 && sample.Threads > 1, $"the process was not measured: {sample}");
            Assert.True(sample.JournalMb > 0 && sample.HistoryMb > 0, $"the data folder was not measured: {sample}");
        });
    }
}
