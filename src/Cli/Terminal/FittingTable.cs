using Spectre.Console;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Terminal;

/// <summary>
/// A table that leaves out its lesser columns where the window is too narrow for all of them, since half a number is worse than none.
/// </summary>
/// <param name="rows">Its cells, as markup.</param>
/// <param name="titles">Its columns: a title after <c>?</c> is of a lesser column, one after <c>#</c> is aligned to the right.</param>
internal sealed class FittingTable(IEnumerable<string[]> rows, params IReadOnlyList<string> titles) : IRenderable
{
    readonly List<string[]> _rows = [.. rows];

    public Measurement Measure(RenderOptions options, int maxWidth) => ((IRenderable)Fitting(maxWidth)).Measure(options, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => ((IRenderable)Fitting(maxWidth)).Render(options, maxWidth);

    Table Fitting(int maxWidth)
    {
        var all = Enumerable.Range(0, titles.Count).ToList();
        return Create(WidthOf(all) <= maxWidth ? all : all.FindAll(column => titles[column][0] != '?'));
    }

    // Each column has a blank on both sides and a line to its left; one more line ends the row.
    int WidthOf(List<int> columns) => columns.Sum(column =>
        _rows.Select(row => Markup.Remove(row[column]).Length).Append(titles[column].TrimStart('?', '#').Length).Max() + 3) + 1;

    Table Create(List<int> columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            var title = titles[column].TrimStart('?');
            table.AddColumn(title[0] == '#' ? new TableColumn(title[1..]).RightAligned().NoWrap() : new TableColumn(title).NoWrap());
        }
        foreach (var row in _rows) table.AddRow([.. columns.Select(column => row[column])]);
        return table;
    }
}
