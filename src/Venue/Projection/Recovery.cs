using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Journal.Snapshots;
using MyTradeX.Store;

namespace MyTradeX.Venue.Projection;

/// <summary>Brings exchange, market data and SQL to the end of the journal: the newest snapshot that SQL has reached, then every command after it.</summary>
sealed class Recovery(ICommandLog log, SnapshotStore snapshots, ProjectionCheckpoint? checkpoint)
{
    const int BlockBytes = 1 << 20;
    const long BacklogBytes = 64 << 20;

    /// <summary>The exchange as the snapshot had it, and where replay goes on.</summary>
    public (Exchange Exchange, SnapshotInfo? Snapshot, IReadOnlyList<JournalFault> Faults) LoadSnapshot()
    {
        var load = snapshots.LoadNewest(info => info.Sequence <= (checkpoint?.Sequence ?? 0));
        if (load.Info is null) return (new Exchange(), null, load.Faults);
        try
        {
            return (Exchange.ReadSnapshot(load.Payload.Span), load.Info, load.Faults);
        }
        catch (InvalidDataException failure)
        {
            throw new VenueDamagedException($"The snapshot at sequence {load.Info.Sequence} cannot be read: {failure.Message} Move it away to start from an older one.", failure);
        }
    }

    /// <summary>Applies every command after the snapshot. Events that SQL lacks go to the feed; the others only teach names. Returns how many commands were applied.</summary>
    public long Replay(Exchange exchange, SnapshotInfo? from, ProjectionMapper mapper, MarketData.MarketData marketData, EventFeed feed)
    {
        var projected = checkpoint?.Sequence ?? 0;
        if (from?.Sequence == projected && from.Anchor is { } anchor) RequireSameJournal(anchor);
        var first = exchange.Sequence;
        var pending = new EventBuffer();
        var pendingFrom = 0L;
        LogAnchor? last = null;
        using var reader = Open(from);
        while (reader.MoveNext())
        {
            // A second or late delivery counts for nothing: what a snapshot or the database is anchored to is the record that counted.
            if (!Apply(exchange, reader)) continue;
            last = reader.Anchor;
            if (exchange.Sequence <= projected)
            {
                mapper.Learn(exchange.Events);
                if (exchange.Sequence == projected) RequireSameJournal(reader.Anchor);
            }
            else
            {
                if (pendingFrom == 0) pendingFrom = exchange.Sequence;
                marketData.Fold(exchange.Events);
                pending.Append(exchange.Events.Bytes);
                if (pending.Bytes.Length >= BlockBytes) Publish(last.Value);
            }
            exchange.Events.Clear();
        }
        if (pendingFrom != 0) Publish(last!.Value);
        if (exchange.Sequence < projected)
            throw new VenueDamagedException(
                $"The database holds history up to sequence {projected}, but the journal ends at {exchange.Sequence}. They are not of one venue, or the journal is an older copy: restore both from the same backup.");
        return exchange.Sequence - first;

        void Publish(LogAnchor end)
        {
            while (feed.BacklogBytes > BacklogBytes) Thread.Sleep(1);
            feed.Publish(new EventBlock(pending.Bytes.ToArray(), pendingFrom, exchange.Sequence, end));
            pending.Clear();
            pendingFrom = 0;
        }
    }

    ILogReader Open(SnapshotInfo? from)
    {
        try
        {
            return log.Read(from?.Anchor);
        }
        catch (LogTrimmedException failure)
        {
            throw new VenueDamagedException(
                $"The database holds history up to sequence {checkpoint?.Sequence ?? 0}, and neither a snapshot nor the journal reaches back that far. Restore the database from a backup that belongs to this journal.", failure);
        }
        catch (LogDivergedException failure)
        {
            throw new VenueDamagedException($"The snapshot at sequence {from?.Sequence} is of another history than the journal: {failure.Message}", failure);
        }
    }

    static bool Apply(Exchange exchange, ILogReader reader)
    {
        try
        {
            CommandCodec.Decode(reader.Payload, out var command);
            exchange.Apply(in command, out var result);
            return result.Sequence != 0;
        }
        catch (Exception failure) when (failure is InvalidDataException or InvariantBrokenException)
        {
            throw new VenueDamagedException($"The command at journal position {reader.Anchor.Position} cannot be replayed: {failure.Message}", failure);
        }
    }

    void RequireSameJournal(LogAnchor anchor)
    {
        if (checkpoint is null || (checkpoint.LogPosition == anchor.Position.Value && checkpoint.AnchorChecksum == anchor.Checksum)) return;
        throw new VenueDamagedException(
            $"The database was filled from another journal: at sequence {checkpoint.Sequence} it knows the record {checkpoint.LogPosition}#{checkpoint.AnchorChecksum:x8}, the journal has {anchor}. Use the database that belongs to this journal.");
    }
}
