using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>Backups of a server that trades.</summary>
public sealed class BackingUpUnderLoad
{
    [Fact]
    public async Task keeps_all_that_was_acknowledged_before()
    {
        var report = await ShortDrill.RunAsync(tools => BackupDrill.RunAsync(tools, backups: 2));

        Assert.True(report.Passed, report.Verdict);
    }
}
