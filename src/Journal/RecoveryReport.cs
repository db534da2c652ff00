namespace MyTradeX.Journal;

/// <summary>What opening a log found and did.</summary>
/// <param name="LogId">The log's identity.</param>
/// <param name="Created">True when there was no log and a new one was made.</param>
/// <param name="Segments">Segment files.</param>
/// <param name="Records">Good records, all of which were read and checked.</param>
/// <param name="First">The first record's position, or null without records.</param>
/// <param name="Last">The last record's position, or null without records.</param>
/// <param name="BytesScanned">Bytes of records read.</param>
/// <param name="TornBytesCut">Bytes of an unfinished last write that were cut off; 0 after an orderly stop.</param>
/// <param name="Duration">Time it took.</param>
public sealed record RecoveryReport(
    Guid LogId, bool Created, int Segments, long Records, LogPosition? First, LogPosition? Last, long BytesScanned, long TornBytesCut, TimeSpan Duration)
{
    /// <summary>One line for the log and the screen.</summary>
    public override string ToString()
    {
        var took = $"in {Duration.TotalMilliseconds:F0} ms";
        if (Created)
            return $"Created journal {LogId} {took}";
        var range = First is null ? "" : $" at positions {First} to {Last}";
        var cut = TornBytesCut == 0 ? "no torn tail" : $"cut {TornBytesCut:N0} bytes of a torn tail";
        return $"Recovered journal {LogId}: {Records:N0} records{range} in {Segments} segment{(Segments == 1 ? "" : "s")}, {BytesScanned:N0} bytes checked, {cut}, {took}";
    }
}
