using Spectre.Console;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Replay;

/// <summary>A replay's report as it is shown, on the screen or as JSON.</summary>
internal sealed record ReplaySummary
{
    public required string Messages { get; init; }
    public string? Orderbook { get; init; }
    public string? Bbo { get; init; }
    public required bool Succeeded { get; init; }
    public required int Events { get; init; }
    public required IReadOnlyDictionary<string, int> EventsByType { get; init; }
    public required double Seconds { get; init; }
    public required double EventsPerSecond { get; init; }
    public required long Commands { get; init; }
    public required int OpeningOrders { get; init; }
    public required int OpeningOrdersNamed { get; init; }
    public required Comparison BestPrices { get; init; }
    public required Comparison AllLevels { get; init; }
    public required int Levels { get; init; }
    public required Hits Executions { get; init; }
    public required IReadOnlyList<Class> Findings { get; init; }
    public required string StateHash { get; init; }

    public sealed record Comparison(int Rows, int Equal)
    {
        public double? Share => Rows == 0 ? null : (double)Equal / Rows;
    }

    public sealed record Hits(int All, int HitNamedOrder, int InOrderOfArrival);

    public sealed record Class(string Name, bool AboutRows, bool Explained, int Count, string Reason, IReadOnlyList<string> Examples);

    public static ReplaySummary Of(LobsterFiles files, ReplayReport report) => new()
    {
        Messages = Path.GetFileName(files.Messages),
        Orderbook = Path.GetFileName(files.Orderbook),
        Bbo = Path.GetFileName(files.Bbo),
        Succeeded = report.Succeeded,
        Events = report.EventCount,
        EventsByType = report.Events.ToDictionary(entry => NameOf(entry.Key), entry => entry.Value),
        Seconds = report.Elapsed.TotalSeconds,
        EventsPerSecond = Math.Round(report.EventsPerSecond),
        Commands = report.Commands,
        OpeningOrders = report.OpeningOrders,
        OpeningOrdersNamed = report.OpeningOrdersNamed,
        BestPrices = new(report.BestRows, report.BestRowsEqual),
        AllLevels = new(report.DepthRows, report.DepthRowsEqual),
        Levels = report.DepthLevels,
        Executions = new(report.Executions, report.ExecutionsHit, report.ExecutionsInOrderOfArrival),
        Findings = [.. report.Findings.Select(found => new Class(
            found.Finding.ToString(), found.Finding.IsAboutRows(), found.Finding.IsExplained(), found.Count, found.Finding.Reason(), found.Examples))],
        StateHash = report.StateHash.ToString("x32"),
    };

    public IRenderable Draw()
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        table.AddRow("Events", $"[bold]{Events:N0}[/] in {Seconds:0.00} s, [bold]{EventsPerSecond:N0}[/] a second, comparisons included ({Commands:N0} commands)");
        table.AddRow("Of these", string.Join(", ", EventsByType.Select(type => $"{type.Value:N0} {type.Key}")));
        table.AddRow("Opening book", OpeningOrders == 0 ? "none" : $"{OpeningOrders:N0} orders, {OpeningOrdersNamed:N0} of them named by later messages");
        table.AddRow("Best prices", Line(BestPrices, "no best-price file"));
        table.AddRow(Levels == 0 ? "All levels" : $"All {Levels} levels", Line(AllLevels, "no orderbook file"));
        table.AddRow("Executions", $"{Executions.HitNamedOrder:N0} of {Executions.All:N0} hit the named order alone; {Executions.InOrderOfArrival:N0} found it first in line by arrival");
        table.AddRow("State", StateHash);
        var rows = new List<IRenderable> { table };
        foreach (var found in Findings)
            rows.Add(new Markup($"{(found.Explained ? "[yellow]note[/]" : "[red]FAULT[/]")} {found.Count:N0} × {found.Name}{(found.AboutRows ? " (rows)" : "")}: {Markup.Escape(found.Reason)}\n      {Markup.Escape(string.Join("\n      ", found.Examples))}"));
        rows.Add(new Markup(Succeeded ? "[green]Every difference is explained.[/]" : "[red]There are differences that nothing explains.[/]"));
        return new Rows(rows);
    }

    static string Line(Comparison comparison, string none) =>
        comparison.Share is { } share ? $"{comparison.Equal:N0} of {comparison.Rows:N0} rows equal ({share:0.000%})" : none;

    static string NameOf(LobsterEventType type) => type switch
    {
        LobsterEventType.Entry => "entries",
        LobsterEventType.Reduction => "reductions",
        LobsterEventType.Deletion => "deletions",
        LobsterEventType.Execution => "executions",
        LobsterEventType.HiddenExecution => "hiddenExecutions",
        LobsterEventType.Auction => "auctions",
        LobsterEventType.Halt => "halts",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };
}
