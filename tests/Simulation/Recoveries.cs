using MyTradeX.Journal.Format;
using MyTradeX.Simulation.Checkers;
using MyTradeX.Simulation.Clients;
using MyTradeX.Simulation.Disks;
using MyTradeX.Store;
using MyTradeX.Venue;

namespace MyTradeX.Simulation;

/// <summary>Starts of the venue, and what must be true after each.</summary>
sealed class Recoveries(Machine machine, History history, Listeners listeners, Faults faults, Trace trace)
{
    readonly Outbox _outbox = new(history);
    long _reached;

    /// <summary>Starts the venue; when a fault keeps it from starting, a second time without. False when the power went.</summary>
    public bool Start()
    {
        for (var attempt = 1; ; attempt++)
        {
            var excuse = faults.MayRefuseStart;
            try
            {
                machine.Start();
                if (machine.Disk.IsHalted)
                {
                    machine.Abandon();
                    return false;
                }
                break;
            }
            catch (PowerLostException)
            {
                trace.Note("power lost while starting");
                return false;
            }
            catch (Exception refusal) when (attempt == 1 && excuse && IsRefusal(refusal))
            {
                trace.Note($"start refused: {refusal.GetType().Name}");
                machine.Tally.Count(Happening.StartRefused);
                if (machine.Disk.PowerOffAt is not null) return false;
                machine.Restart(powerLoss: false);
                faults.Disarm();
            }
            catch (Exception) when (machine.Disk.PowerOffAt is { } at && machine.Disk.Operations >= at)
            {
                trace.Note("power lost while starting");
                return false;
            }
        }
        trace.Note($"started at {machine.Venue.Sequence}");
        CountWhatItBeganWith();
        CompareWithHistory();
        history.CheckBooks();
        machine.Observe(CheckDisk);
        listeners.FindThoseThere();
        if (CheckTold() > 0) machine.Tally.Count(Happening.AnnouncementsWaited);
        return true;
    }

    void CountWhatItBeganWith()
    {
        var reached = machine.Venue.Workers.Projector.Sequence;
        if (reached < _reached) machine.Tally.Count(Happening.SqlSetBack);
        if (faults.HasDamagedSnapshot) machine.Tally.Count(Happening.SnapshotDamaged);
        if (machine.Disk.List().Any(name => name.EndsWith(".snapshot", StringComparison.Ordinal) && string.CompareOrdinal(name, $"{reached:D20}.snapshot") <= 0)) machine.Tally.Count(Happening.SnapshotUsed);
    }

    /// <summary>Whoever listens is told what happened to them, all of it and nothing else. Returns how much waits to be handed on.</summary>
    public int CheckTold() => _outbox.Check(machine.Database, listeners.Known);

    /// <summary>Notes how far SQL has come, before the venue's end.</summary>
    public void NoteHistory() => _reached = machine.Venue.Workers.Projector.Sequence;

    /// <summary>The venue's state is the one that follows from every durable record, whatever snapshot it began from.</summary>
    public void CompareWithHistory()
    {
        var (sequence, hash) = machine.Venue.Read(0, static (exchange, _) => (exchange.Sequence, exchange.StateHash()));
        BrokenPromiseException.Unless(sequence == history.Exchange.Sequence, $"The venue is at sequence {sequence}, the history at {history.Exchange.Sequence}.");
        BrokenPromiseException.Unless(hash == history.Exchange.StateHash(), $"At sequence {sequence} the venue is in another state than a replay.");
        machine.Venue.Read(0, (exchange, _) =>
        {
            machine.Follower.Follow(exchange, history);
            return 0;
        });
    }

    /// <summary>
    /// Damages one record that a later batch proves to have been durable: a start must refuse, name the file, and name the record or an
    /// earlier place. Afterwards the damage is undone.
    /// </summary>
    public void CheckDamageIsRefused(Random random)
    {
        var segments = machine.Disk.List().Where(name => name.EndsWith(".segment", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        if (segments.Length == 0) return;
        var name = segments[random.Next(segments.Length)];
        if (Places(name) is not { } places || places.Count < 2) return;
        // The last batch of the last segment cannot be told from a torn write.
        var provable = name == segments[^1] ? places.Where(place => place.Batch < places[^1].Batch).ToList() : places;
        if (provable.Count == 0) return;
        var (at, bytes, _) = provable[random.Next(provable.Count)];
        var offset = at + random.Next(bytes);
        trace.Note($"damage {name} at {offset}");
        var undo = machine.Disk.Damage(name, offset, 0x10);
        try
        {
            FileCommandLog.Open(machine.Disk, new FileLogOptions { SegmentBytes = 16 * 1024, MaxRecordBytes = 4 * 1024, PrepareInBackground = false }, out _).Dispose();
            throw new BrokenPromiseException($"A journal damaged in {name} at {offset} was opened.");
        }
        catch (JournalDamagedException refusal)
        {
            BrokenPromiseException.Unless(refusal.File == name && refusal.Offset == at, $"Damage in {name}, in the record at {at}, is told as of {refusal.File} at {refusal.Offset}.");
            machine.Tally.Count(Happening.DamageRefused);
        }
        undo();
    }

    /// <summary>
    /// Lets a record that was durable read back wrong while the venue runs, and the snapshotter look. It may fail to take its snapshot; the
    /// venue must go on. Afterwards the damage is undone.
    /// </summary>
    public void SnapshotOverDamage(Random random)
    {
        var segments = machine.Disk.List().Where(name => name.EndsWith(".segment", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        var name = segments[random.Next(segments.Length)];
        if (Places(name) is not { Count: > 0 } places) return;
        var (at, bytes, _) = places[random.Next(places.Count)];
        var offset = at + random.Next(bytes);
        trace.Note($"damage {name} at {offset} for a while");
        var undo = machine.Disk.Damage(name, offset, 0x10);
        try
        {
            machine.Venue.Workers.Snapshotter.Step();
        }
        finally
        {
            undo();
        }
    }

    /// <summary>The records of a segment: offset in the file, bytes, offset of their batch. Null when the segment has no good header.</summary>
    List<(long At, int Bytes, long Batch)>? Places(string name)
    {
        using var file = machine.Disk.Open(name, writable: false);
        SegmentHeader header;
        try
        {
            header = SegmentHeader.Read(name, file);
        }
        catch (JournalDamagedException)
        {
            return null;
        }
        var places = new List<(long, int, long)>();
        using var cursor = new RecordCursor(name, file, header, header.First);
        while (cursor.MoveNext(long.MaxValue))
            places.Add((header.OffsetOf(cursor.Position), (int)(cursor.NextPosition - cursor.Position), cursor.BatchStart!.Value));
        return places;
    }

    /// <summary>Nothing on the disk is damaged but by plan, and SQL stands where it says.</summary>
    void CheckDisk(SimulatedDisk disk)
    {
        foreach (var fault in JournalVerifier.Verify(disk).Faults)
            BrokenPromiseException.Unless(fault.File == faults.DamagedSnapshot, $"After a start the journal has a fault that nobody planned: {fault}");
        SqlTables.CheckStandAtCheckpoint(machine.Database, history);
    }

    static bool IsRefusal(Exception refusal) =>
        refusal is IOException or StoreUnavailableException or VenueUnavailableException or LogWriteException or JournalDamagedException or VenueDamagedException;
}
