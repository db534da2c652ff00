namespace MyTradeX.Cli.Replay;

/// <summary>What a replay did and found. Filled while it runs.</summary>
internal sealed class ReplayReport
{
    const int ExamplesMax = 3;
    readonly SortedDictionary<Finding, (int Count, List<string> Examples)> _findings = [];

    /// <summary>Messages of each type.</summary>
    public SortedDictionary<LobsterEventType, int> Events { get; } = [];

    /// <summary>Orders placed as the opening book, of which this many are known by the file's number.</summary>
    public int OpeningOrders { get; set; }
    public int OpeningOrdersNamed { get; set; }

    public int BestRows { get; set; }
    public int BestRowsEqual { get; set; }

    /// <summary>Levels a side that the orderbook file has; 0 without one.</summary>
    public int DepthLevels { get; set; }
    public int DepthRows { get; set; }
    public int DepthRowsEqual { get; set; }

    /// <summary>Executions of visible orders: all, those that hit the named order alone, and of these the ones that found it first in line by arrival.</summary>
    public int Executions { get; set; }
    public int ExecutionsHit { get; set; }
    public int ExecutionsInOrderOfArrival { get; set; }

    /// <summary>Commands the exchange carried out for the messages, and the time both took, comparisons included.</summary>
    public long Commands { get; set; }
    public TimeSpan Elapsed { get; set; }

    /// <summary>Digest of the exchange's state at the end.</summary>
    public UInt128 StateHash { get; set; }

    public int EventCount => Events.Values.Sum();
    public double EventsPerSecond => EventCount / Math.Max(Elapsed.TotalSeconds, 1e-9);

    /// <summary>The findings, with the first few rows of each.</summary>
    public IEnumerable<(Finding Finding, int Count, IReadOnlyList<string> Examples)> Findings =>
        _findings.Select(entry => (entry.Key, entry.Value.Count, (IReadOnlyList<string>)entry.Value.Examples));

    /// <summary>Whether every difference has its reason and every execution hit its order.</summary>
    public bool Succeeded => _findings.Keys.All(finding => finding.IsExplained()) && ExecutionsHit == Executions;

    public int CountOf(Finding finding) => _findings.TryGetValue(finding, out var entry) ? entry.Count : 0;

    /// <summary>Notes a finding.</summary>
    /// <param name="finding">Its class.</param>
    /// <param name="row">The message's row from 0.</param>
    /// <param name="text">What exactly, for the examples.</param>
    public void Note(Finding finding, int row, FormattableString text)
    {
        var (count, examples) = _findings.TryGetValue(finding, out var entry) ? entry : (0, []);
        if (examples.Count < ExamplesMax) examples.Add($"row {row + 1}: {text}");
        _findings[finding] = (count + 1, examples);
    }
}
