namespace MyTradeX.Journal.Snapshots;

/// <summary>What a snapshot says about itself.</summary>
/// <param name="LogId">The log that it belongs to.</param>
/// <param name="Anchor">The last record that it contains; null when it contains none.</param>
/// <param name="Sequence">The venue's own count at that point; it orders and names snapshots.</param>
/// <param name="StateHash">The caller's hash of the state, to compare after loading; at most 32 bytes.</param>
/// <param name="PayloadBytes">Bytes of state.</param>
/// <param name="PayloadChecksum">CRC-32C of the state.</param>
public sealed record SnapshotInfo(
    Guid LogId, LogAnchor? Anchor, long Sequence, ReadOnlyMemory<byte> StateHash, long PayloadBytes, uint PayloadChecksum)
{
    /// <summary>One line for the log and the screen.</summary>
    public override string ToString() =>
        $"snapshot at sequence {Sequence}, anchor {(Anchor is { } anchor ? anchor.ToString() : "none")}, {PayloadBytes:N0} bytes, state hash {Convert.ToHexStringLower(StateHash.Span)}";
}
