using Spectre.Console;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Drills;

/// <summary>How a drill went.</summary>
internal sealed record DrillReport
{
    /// <summary>Which drill.</summary>
    public required string Drill { get; init; }

    /// <summary>Began its random numbers.</summary>
    public required int Seed { get; init; }

    /// <summary>The command that repeats it.</summary>
    public required string Repeat { get; init; }

    /// <summary>Whether every promise was kept.</summary>
    public required bool Passed { get; init; }

    /// <summary>The result in a sentence.</summary>
    public required string Verdict { get; init; }

    /// <summary>What was done and measured.</summary>
    public required IReadOnlyDictionary<string, string> Figures { get; init; }

    /// <summary>What a soak measured from time to time.</summary>
    public IReadOnlyList<SoakSample>? Samples { get; init; }

    public IRenderable Draw()
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        foreach (var (name, value) in Figures) table.AddRow(Markup.Escape(name), Markup.Escape(value));
        table.AddRow("Repeat", Markup.Escape(Repeat));
        var parts = new List<IRenderable> { table };
        if (Samples is not null) parts.Insert(0, SoakSample.Draw(Samples));
        parts.Add(new Markup($"{(Passed ? "[green]PASSED[/]" : "[red]FAILED[/]")} {Markup.Escape(Verdict)}\n"));
        return new Rows(parts);
    }
}
