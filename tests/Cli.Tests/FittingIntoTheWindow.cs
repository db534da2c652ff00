using MyTradeX.Cli.Terminal;
using Spectre.Console;
using Xunit;

namespace MyTradeX.Cli.Tests;

public sealed class FittingIntoTheWindow
{
    [Fact]
    public void a_wide_window_shows_every_column() => Assert.Contains("Volume", Draw(width: 40));

    [Fact]
    public void a_narrow_window_leaves_out_the_lesser_ones_and_breaks_nothing()
    {
        var drawn = Draw(width: 24);

        Assert.DoesNotContain("Volume", drawn);
        Assert.Contains("│ 1,431.52 │", drawn);
    }

    static string Draw(int width)
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No });
        console.Profile.Width = width;
        console.Write(new FittingTable([["[bold]GOOGL[/]", "1,431.52", "14,985"]], "Symbol", "#Last", "?#Volume"));
        return output.ToString();
    }
}
