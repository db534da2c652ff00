namespace MyTradeX.Journal;

/// <summary>What the offline verification of a journal found.</summary>
/// <param name="Segments">Segment files.</param>
/// <param name="Records">Good records.</param>
/// <param name="Snapshots">Good snapshots.</param>
/// <param name="BytesRead">Bytes of records and states checked.</param>
/// <param name="TornTailBytes">Bytes of an unfinished last write, which the next start will cut off; not a fault.</param>
/// <param name="Faults">Everything that is wrong; empty for a sound journal.</param>
public sealed record VerificationReport(int Segments, long Records, int Snapshots, long BytesRead, long TornTailBytes, IReadOnlyList<JournalFault> Faults)
{
    /// <summary>True when nothing is wrong.</summary>
    public bool IsSound => Faults.Count == 0;

    /// <summary>A summary line, then one line a fault.</summary>
    public override string ToString()
    {
        var torn = TornTailBytes == 0 ? "" : $", {TornTailBytes:N0} bytes of a torn tail";
        var summary = $"{Records:N0} records in {Segments} segments, {Snapshots} snapshots, {BytesRead:N0} bytes checked{torn}: {(IsSound ? "sound" : $"{Faults.Count} fault{(Faults.Count == 1 ? "" : "s")}")}";
        return string.Join('\n', [summary, .. Faults.Select(fault => fault.ToString())]);
    }
}
