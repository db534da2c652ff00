namespace MyTradeX.Simulation;

/// <summary>What a run did, step by step: a digest to compare two runs by, and the last lines to tell of a failure.</summary>
sealed class Trace
{
    const int LinesKept = 60;

    readonly Queue<string> _lines = new();
    ulong _digest = 14695981039346656037;

    public ulong Digest => _digest;

    public IEnumerable<string> LastLines => _lines;

    /// <summary>Adds a line. Nothing in it may differ between two runs of a seed.</summary>
    public void Note(string line)
    {
        foreach (var letter in line) _digest = (_digest ^ letter) * 1099511628211;
        _digest = (_digest ^ '\n') * 1099511628211;
        if (_lines.Count == LinesKept) _lines.Dequeue();
        _lines.Enqueue(line);
    }
}
