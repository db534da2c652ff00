using System.Runtime.InteropServices;
using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Journal.Snapshots;

namespace MyTradeX.Venue;

/// <summary>
/// A second exchange, brought forward from a snapshot by replaying the journal beside the one that trades. Snapshots, state hashes and
/// reconciliation are taken from it, so that however large the state is, the trading one is never held up.
/// </summary>
/// <remarks>Belongs to one thread at a time. Costs the memory of a second state while it lives.</remarks>
sealed class Replica : IDisposable
{
    readonly ILogReader _reader;

    Replica(Exchange exchange, SnapshotInfo? snapshot, ILogReader reader)
    {
        (Exchange, Snapshot, _reader) = (exchange, snapshot, reader);
        Anchor = snapshot?.Anchor;
    }

    /// <summary>The exchange, and in it the events of the last command.</summary>
    public Exchange Exchange { get; }

    /// <summary>The snapshot that it began with, or that was taken of it last; null for the beginning of the journal.</summary>
    public SnapshotInfo? Snapshot { get; private set; }

    /// <summary>The journal's record of the last command; null before the first one. A delivery that counts for nothing is no anchor: the database knows the record that counted.</summary>
    public LogAnchor? Anchor { get; private set; }

    /// <summary>Where the last record lies that was read, whether it counted or not; the journal's start before the first one.</summary>
    public LogPosition Position { get; private set; } = LogPosition.Start;

    /// <summary>Begins with the newest sound snapshot that lies no further than a sequence, or with an empty exchange where there is none.</summary>
    /// <exception cref="LogTrimmedException">The journal no longer reaches back that far.</exception>
    /// <exception cref="LogDivergedException">The snapshot is of another history than the journal.</exception>
    /// <exception cref="InvalidDataException">The snapshot cannot be read by this program.</exception>
    public static Replica Start(ICommandLog log, SnapshotStore snapshots, long atMost = long.MaxValue)
    {
        var load = snapshots.LoadNewest(info => info.Sequence <= atMost);
        var exchange = load.Info is null ? new Exchange() : Exchange.ReadSnapshot(load.Payload.Span);
        return new Replica(exchange, load.Info, log.Read(load.Info?.Anchor));
    }

    /// <summary>Applies the journal's next command; false when there is none now.</summary>
    public bool MoveNext()
    {
        if (!_reader.MoveNext()) return false;
        Exchange.Events.Clear();
        CommandCodec.Decode(_reader.Payload, out var command);
        Exchange.Apply(in command, out var result);
        Position = _reader.Anchor.Position;
        if (result.Sequence != 0) Anchor = _reader.Anchor;
        return true;
    }

    /// <summary>Applies commands until a sequence is reached; false when the journal ends before it.</summary>
    /// <exception cref="OperationCanceledException">It was called off.</exception>
    public bool AdvanceTo(long sequence, CancellationToken cancellation)
    {
        while (Exchange.Sequence < sequence)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!MoveNext()) return false;
        }
        return true;
    }

    /// <summary>Saves the state as it is now.</summary>
    /// <returns>What was saved; null when there is nothing that the last snapshot does not have.</returns>
    /// <exception cref="IOException">The disk failed or is full. The snapshots from before are untouched.</exception>
    public SnapshotInfo? Save(SnapshotStore snapshots)
    {
        if (Anchor is not { } anchor || Exchange.Sequence == Snapshot?.Sequence) return null;
        return Snapshot = snapshots.Save(anchor, Exchange.Sequence, target => BytesOf(Exchange.WriteSnapshot(target)));
    }

    public void Dispose() => _reader.Dispose();

    static byte[] BytesOf(UInt128 hash) => MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in hash)).ToArray();
}
