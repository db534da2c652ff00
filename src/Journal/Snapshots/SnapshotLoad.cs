namespace MyTradeX.Journal.Snapshots;

/// <summary>The outcome of looking for a snapshot to start from.</summary>
/// <param name="Info">The snapshot found, or null when none is usable and the log must be read from its start.</param>
/// <param name="Payload">Its state; empty without one.</param>
/// <param name="Faults">Newer snapshots that had to be passed over because they are damaged.</param>
public sealed record SnapshotLoad(SnapshotInfo? Info, ReadOnlyMemory<byte> Payload, IReadOnlyList<JournalFault> Faults);
