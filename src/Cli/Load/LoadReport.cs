using Spectre.Console;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Load;

/// <summary>What a load run measured.</summary>
internal sealed record LoadReport
{
    public required string Symbol { get; init; }
    public required string Loop { get; init; }
    public required int Connections { get; init; }
    public double? RatePerSecond { get; init; }
    public required double Seconds { get; init; }
    public required int Accepted { get; init; }

    /// <summary>Orders that rested and were cancelled again, each by a request of its own.</summary>
    public required int Cancelled { get; init; }
    public required IReadOnlyDictionary<string, int> Refused { get; init; }
    public required int Unanswered { get; init; }

    /// <summary>Open loop: orders that were due but not sent before the end, since all connections were busy.</summary>
    public required int NotSent { get; init; }
    public double AcceptedPerSecond => Math.Round(Accepted / Math.Max(Seconds, 1e-9), 1);
    public required Latencies LatencyMs { get; init; }

    /// <summary>Percentiles of the accepted orders' latency, in milliseconds.</summary>
    public sealed record Latencies(double P50, double P90, double P99, double P999, double Max)
    {
        public static Latencies Of(List<TimeSpan> latencies)
        {
            latencies.Sort();
            return new(At(0.5), At(0.9), At(0.99), At(0.999), At(1));

            // The nearest rank: the smallest value that so great a share does not exceed.
            double At(double share) => latencies.Count == 0
                ? 0
                : Math.Round(latencies[Math.Max(0, (int)Math.Ceiling(share * latencies.Count) - 1)].TotalMilliseconds, 3);
        }
    }

    public IRenderable Draw()
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        table.AddRow("Load", $"{Loop} loop, {Connections} connections, {Seconds:0.0} s on {Markup.Escape(Symbol)}" + (RatePerSecond is { } rate ? $", {rate:N0} orders due a second" : ""));
        table.AddRow("Accepted", $"[bold]{Accepted:N0}[/] orders, [bold]{AcceptedPerSecond:N0}[/] a second, each durable; {Cancelled:N0} that rested were cancelled again");
        table.AddRow("Refused", Refused.Count == 0 ? "none" : string.Join(", ", Refused.Select(code => $"{code.Value:N0} {code.Key}")));
        table.AddRow("Unanswered", $"{Unanswered:N0}" + (NotSent > 0 ? $", and {NotSent:N0} due but not sent" : ""));
        table.AddRow("Latency, ms", $"p50 {LatencyMs.P50:0.00} · p90 {LatencyMs.P90:0.00} · [bold]p99 {LatencyMs.P99:0.00}[/] · p99.9 {LatencyMs.P999:0.00} · max {LatencyMs.Max:0.00}");
        return table;
    }
}
