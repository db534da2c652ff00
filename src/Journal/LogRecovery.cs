using System.Diagnostics;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Format;

namespace MyTradeX.Journal;

/// <summary>
/// Reads a whole log at start: every header, every record, in an unbroken chain of segments. Repairs the only thing that a crash
/// can leave behind, an unfinished last write, and refuses everything else.
/// </summary>
sealed class LogRecovery
{
    readonly IDisk _disk;
    readonly List<Segment> _segments = [];
    readonly long _started = Stopwatch.GetTimestamp();
    long _records;
    long _bytes;
    long _torn;
    long? _first;
    long _lastBatch;

    LogRecovery(IDisk disk) => _disk = disk;

    public IReadOnlyList<Segment> Segments => _segments;

    public long End { get; private set; }

    public LogAnchor? LastAnchor { get; private set; }

    /// <summary>The last segment, open for writing; null when there is no log yet.</summary>
    public IDiskFile? Active { get; private set; }

    /// <summary>Recovers what is on the disk.</summary>
    /// <exception cref="JournalDamagedException">Something durable is damaged or missing.</exception>
    public static LogRecovery Run(IDisk disk)
    {
        var recovery = new LogRecovery(disk);
        var files = disk.List();
        if (files.Contains(SegmentFile.Next))
            disk.Delete(SegmentFile.Next);
        var names = SegmentFile.In(disk);
        if (names.Length == 0)
        {
            // A snapshot without a log is a lost log, not a new one.
            if (files.FirstOrDefault(name => name.EndsWith(Snapshots.SnapshotFile.Suffix, StringComparison.Ordinal)) is { } snapshot)
                throw new JournalDamagedException(SegmentFile.NameOf(0), 0, $"there is no segment at all, yet there is a snapshot, {snapshot}");
            return recovery;
        }

        for (var i = 0; i < names.Length; i++)
            recovery.Scan(names[i], isLast: i == names.Length - 1);
        return recovery;
    }

    public RecoveryReport Report(Guid logId, bool created) => new(
        logId, created, Math.Max(1, _segments.Count), _records,
        _first is { } first ? new LogPosition(first) : null, LastAnchor?.Position, _bytes, _torn, Stopwatch.GetElapsedTime(_started));

    void Scan(string name, bool isLast)
    {
        var file = _disk.Open(name, writable: isLast);
        var keep = false;
        try
        {
            var header = SegmentHeader.Read(name, file);
            CheckFollows(name, header);
            _segments.Add(new Segment(name, header));
            // The cursor is not disposed: the file it reads stays open as the active one, or is closed below.
            var cursor = new RecordCursor(name, file, header, header.First);
            ReadRecords(cursor);
            End = cursor.NextPosition;
            if (isLast)
            {
                FinishLast(file, header, cursor.Problem);
                Active = file;
                keep = true;
            }
            else
            {
                CheckRestIsEmpty(file, header, cursor.Problem);
            }
        }
        finally
        {
            if (!keep)
                file.Dispose();
        }
    }

    void CheckFollows(string name, SegmentHeader header)
    {
        if (_segments.Count == 0)
            return;
        var before = _segments[^1];
        if (header.LogId != before.Header.LogId)
            throw new JournalDamagedException(name, 16, $"the segment belongs to log {header.LogId}, the one before it to {before.Header.LogId}");
        if (header.First > End && before.Header.Limit >= header.First)
            throw new JournalDamagedException(before.Name, before.Header.OffsetOf(End), $"no good record here, although the log goes on until position {header.First}, where {name} takes over");
        if (header.First != End)
            throw new JournalDamagedException(SegmentFile.NameOf(End), 0, $"a segment is missing: {before.Name} ends at position {End} and the next one, {name}, starts at {header.First}");
    }

    void ReadRecords(RecordCursor cursor)
    {
        while (cursor.MoveNext(long.MaxValue))
        {
            _first ??= cursor.Position;
            _records++;
            _bytes += cursor.NextPosition - cursor.Position;
            _lastBatch = cursor.BatchStart!.Value;
            LastAnchor = new LogAnchor(new LogPosition(cursor.Position), cursor.Checksum);
        }
    }

    void CheckRestIsEmpty(IDiskFile file, SegmentHeader header, string problem)
    {
        if (DamageSearch.EndOfNonZero(file, header, End) > End)
            throw new JournalDamagedException(_segments[^1].Name, header.OffsetOf(End), $"{problem}, yet the rest of this closed segment is not empty");
    }

    void FinishLast(IDiskFile file, SegmentHeader header, string problem)
    {
        var end = DamageSearch.EndOfNonZero(file, header, End);
        if (end > End)
        {
            if (DamageSearch.RecordAfter(file, header, End, end, provingDamage: true) is { } proof)
                throw new JournalDamagedException(_segments[^1].Name, header.OffsetOf(End), $"{problem}, and a record at offset {header.OffsetOf(proof)} proves that what was here had been durable");
            _torn = end - End;
            Zero(file, header.OffsetOf(End), end - End);
        }

        // What was just read may only be in the system's memory: the process was killed before it synced, or a sync failed and left
        // the pages marked as clean. Only the last batch can be like that, so it is written again and synced before anyone sees it.
        if (End > header.First)
        {
            file.Write(header.OffsetOf(_lastBatch), ReadLastBatch(file, header));
        }

        file.Sync();
        _disk.SyncFolder();
    }

    // Read anew, since the scan keeps no records, and therefore checked anew: a fault on the way to memory must not be written over what is good.
    byte[] ReadLastBatch(IDiskFile file, SegmentHeader header)
    {
        var batch = new byte[End - _lastBatch];
        for (var attempt = 1; attempt <= 2; attempt++)
            if (file.Read(header.OffsetOf(_lastBatch), batch) == batch.Length && IsGood(batch, Record.SaltOf(header.LogId)))
                return batch;
        throw new IOException($"{_segments[^1].Name} could be read once but not a second time");
    }

    bool IsGood(ReadOnlySpan<byte> batch, ulong salt)
    {
        for (var at = 0; at < batch.Length;)
        {
            var rest = batch[at..];
            if (rest.Length < Record.HeaderBytes)
                return false;
            var size = Record.SizeOf(Record.Length(rest));
            if (size > rest.Length || Record.Checksum(rest[..(int)size], salt, _lastBatch + at) != Record.StoredChecksum(rest))
                return false;
            at += (int)size;
        }

        return true;
    }

    static void Zero(IDiskFile file, long offset, long bytes)
    {
        var zeros = new byte[(int)Math.Min(bytes, 1024 * 1024)];
        for (long done = 0; done < bytes;)
        {
            var chunk = (int)Math.Min(zeros.Length, bytes - done);
            file.Write(offset + done, zeros.AsSpan(0, chunk));
            done += chunk;
        }
    }
}
