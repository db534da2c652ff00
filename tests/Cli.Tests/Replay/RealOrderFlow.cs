using MyTradeX.Cli.Replay;
using Xunit;

namespace MyTradeX.Cli.Tests.Replay;

/// <summary>LOBSTER's public sample of NASDAQ order flow, where its files lie beside the repository.</summary>
public sealed class RealOrderFlow
{
    [Fact]
    public void half_an_hour_of_apple_gives_the_exchanges_own_book_back_row_for_row()
    {
        var report = LobsterReplay.Run(LobsterFiles.Locate(MessageFile()));

        Assert.Equal(42_203, report.EventCount);
        Assert.Equal(42_203, report.BestRows);
        Assert.Equal(42_203, report.BestRowsEqual);
        Assert.Equal(50, report.DepthLevels);
        Assert.Equal(672, report.DepthRows);
        Assert.Equal(672, report.DepthRowsEqual);
        Assert.Equal(2_079, report.Executions);
        Assert.Equal(2_079, report.ExecutionsHit);
        Assert.True(report.Succeeded);
    }

    [Fact]
    public void what_the_files_leave_open_is_counted_and_stays_as_little_as_it_was()
    {
        var report = LobsterReplay.Run(LobsterFiles.Locate(MessageFile()));

        Assert.Equal(2_074, report.ExecutionsInOrderOfArrival);
        Assert.Equal(
            [
                (Finding.PassedOverForOlderOrder, 3),
                (Finding.PassedOver, 3),
                (Finding.LevelCameIntoView, 1),
                (Finding.RemovalOfUnseenOrder, 16),
            ],
            report.Findings.Select(finding => (finding.Finding, finding.Count)));
    }

    [Fact]
    public void two_runs_end_in_the_same_state_to_the_bit()
    {
        var files = LobsterFiles.Locate(MessageFile());

        Assert.Equal(LobsterReplay.Run(files).StateHash, LobsterReplay.Run(files).StateHash);
    }

    static string MessageFile()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared/data/lobster/AAPL_2012-06-21_34200_36000_message_50.csv.gz");
            if (File.Exists(path)) return path;
        }
        const string Missing = "shared/data/lobster does not lie beside the repository";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(Missing);
        Assert.Skip(Missing);
        return Missing;
    }
}
