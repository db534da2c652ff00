using System.Diagnostics;
using MyTradeX.Client;

namespace MyTradeX.Cli.Drills;

/// <summary>What every drill is given.</summary>
/// <param name="Seed">Begins its random numbers.</param>
/// <param name="Folder">The data folder of its server.</param>
/// <param name="Program">The server's program; the one that belongs to this tool when null.</param>
/// <param name="Say">Tells a line to whoever watches.</param>
/// <param name="Cancellation">Ends it early.</param>
internal sealed record DrillTools(int Seed, DrillFolder Folder, string? Program, Action<string> Say, CancellationToken Cancellation)
{
    /// <summary>A server's beginning in this drill.</summary>
    public VenueSetup Setup => new() { Seed = Seed, DataFolder = Folder.Path, Program = Program };
}

/// <summary>Turns what a drill did, or what it found, into its report.</summary>
internal static class Drill
{
    /// <summary>Runs a drill to its end or to its first finding, after which the data folder stays.</summary>
    /// <param name="name">As on the command line, options that matter for a repetition included.</param>
    /// <param name="tools">What it is given.</param>
    /// <param name="work">Does it; gets the figures to fill in, and returns the verdict.</param>
    public static async Task<DrillReport> RunAsync(string name, DrillTools tools, Func<Dictionary<string, string>, Task<DrillVerdict>> work)
    {
        var figures = new Dictionary<string, string>();
        var started = Stopwatch.GetTimestamp();
        DrillVerdict verdict;
        try
        {
            verdict = await work(figures);
        }
        // The server's silence and its unexpected answers are findings, too.
        catch (Exception finding) when (finding is BrokenPromiseException or ServerFailedException or HttpRequestException or InvalidOperationException or TimeoutException
            or ApiException or ApiUnreachableException
            || (finding is OperationCanceledException && !tools.Cancellation.IsCancellationRequested))
        {
            // Cut short, it says nothing of what it has not seen.
            tools.Cancellation.ThrowIfCancellationRequested();
            verdict = new(false, finding.Message);
        }
        if (!verdict.Passed)
        {
            tools.Folder.Keeps = true;
            figures["Evidence"] = $"the data folder is kept: {tools.Folder.Path}";
        }
        figures["Time"] = $"{Stopwatch.GetElapsedTime(started).TotalSeconds:0} s";
        return new()
        {
            Drill = name,
            Seed = tools.Seed,
            Repeat = $"mytradex {name} --seed {tools.Seed}",
            Passed = verdict.Passed,
            Verdict = verdict.Text,
            Figures = figures,
            Samples = verdict.Samples,
        };
    }
}

/// <summary>How it went, in a sentence.</summary>
/// <param name="Passed">Whether every promise was kept.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Samples">What a soak measured.</param>
internal sealed record DrillVerdict(bool Passed, string Text, IReadOnlyList<SoakSample>? Samples = null);
