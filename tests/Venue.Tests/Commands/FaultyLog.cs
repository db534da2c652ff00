using MyTradeX.Journal;

namespace MyTradeX.Venue.Tests.Commands;

/// <summary>A journal in memory whose commits fail, or wait, when told to.</summary>
sealed class FaultyLog : ICommandLog
{
    readonly List<byte[]> _staged = [];

    /// <summary>What every commit ends with while it is set.</summary>
    public volatile LogWriteException? Failure;

    /// <summary>Commits wait while this is not set.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    /// <summary>Set when a commit has come to the gate.</summary>
    public ManualResetEventSlim AtGate { get; } = new();

    public List<byte[]> Records { get; } = [];

    public LogPosition End => new(Records.Count);

    public LogAnchor? LastAnchor => Records.Count == 0 ? null : new LogAnchor(new(Records.Count - 1), 0);

    public LogPosition Append(ReadOnlySpan<byte> payload)
    {
        _staged.Add(payload.ToArray());
        return new(Records.Count + _staged.Count - 1);
    }

    public void Commit()
    {
        AtGate.Set();
        Gate.Wait();
        var batch = _staged.ToArray();
        _staged.Clear();
        if (Failure is { } failure) throw failure;
        Records.AddRange(batch);
    }

    public static LogWriteException Fail(LogWriteOutcome outcome) => new(outcome, new IOException("No space left on device"));

    public ILogReader Read(LogAnchor? after) => throw new NotSupportedException();

    public void TrimBefore(LogPosition position) => throw new NotSupportedException();

    public void Dispose()
    {
        Gate.Dispose();
        AtGate.Dispose();
    }
}
