using MyTradeX.Cli.Replay;
using Xunit;

namespace MyTradeX.Cli.Tests;

public sealed class DocumentingTheTool
{
    [Fact]
    public void every_class_of_finding_is_in_the_table_with_its_verdict()
    {
        var rows = File.ReadAllLines(Path.Combine(Repository(), "docs/cli.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).ToList();

        foreach (var finding in Enum.GetValues<Finding>())
            Assert.Contains(rows, row => row.StartsWith($"| `{finding}` | {(finding.IsExplained() ? "yes" : "**no**")} |", StringComparison.Ordinal));
    }

    [Fact]
    public void every_finding_has_its_reason() =>
        Assert.All(Enum.GetValues<Finding>(), finding => Assert.NotEmpty(finding.Reason()));

    static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MyTradeX.slnx"))) folder = folder.Parent!;
        return folder.FullName;
    }
}
