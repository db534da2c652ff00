using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Format;
using MyTradeX.Journal.Snapshots;

namespace MyTradeX.Journal;

/// <summary>Checks a whole journal that no one is writing to, and changes nothing. It goes on after a fault, to find them all.</summary>
public sealed class JournalVerifier
{
    readonly IDisk _disk;
    readonly IProgress<long>? _progress;
    readonly List<JournalFault> _faults = [];
    readonly Dictionary<long, (string File, uint Checksum)> _anchors = [];
    readonly byte[] _chunk = new byte[256 * 1024];
    SegmentHeader? _before;
    string _beforeName = "";
    long? _end;
    long? _oldest;
    long? _newestAnchor;
    Guid? _snapshotLog;
    long _records;
    long _bytes;
    long _torn;
    int _snapshots;

    JournalVerifier(IDisk disk, IProgress<long>? progress) => (_disk, _progress) = (disk, progress);

    /// <summary>Checks every segment and every snapshot, and that the newest snapshot can be continued with the log.</summary>
    /// <param name="disk">The journal's folder.</param>
    /// <param name="progress">Told the bytes checked so far, now and then.</param>
    /// <exception cref="IOException">The folder or a file cannot be read at all.</exception>
    public static VerificationReport Verify(IDisk disk, IProgress<long>? progress = null)
    {
        var verifier = new JournalVerifier(disk, progress);
        foreach (var name in SnapshotFile.In(disk))
            verifier.CheckSnapshot(name);
        var segments = SegmentFile.In(disk);
        for (var i = 0; i < segments.Length; i++)
            verifier.CheckSegment(segments[i], isLast: i == segments.Length - 1);
        verifier.CheckStart(segments.Length);
        return new VerificationReport(segments.Length, verifier._records, verifier._snapshots, verifier._bytes, verifier._torn, verifier._faults);
    }

    void CheckSnapshot(string name)
    {
        using var file = _disk.Open(name, writable: false);
        var (info, fault) = SnapshotHeader.Read(name, file);
        if (info is null)
        {
            _faults.Add(fault!);
            return;
        }

        var register = Crc32C.Initial;
        for (long at = 0; at < info.PayloadBytes;)
        {
            var read = file.Read(SnapshotHeader.Bytes + at, _chunk.AsSpan(0, (int)Math.Min(_chunk.Length, info.PayloadBytes - at)));
            if (read == 0)
                break;
            register = Crc32C.Update(register, _chunk.AsSpan(0, read));
            at += read;
            Count(read);
        }

        if (~register != info.PayloadChecksum)
        {
            _faults.Add(new JournalFault(name, SnapshotHeader.Bytes, "the state fails its checksum"));
            return;
        }

        _snapshotLog ??= info.LogId;
        // Snapshots come newest first. One that contains no record needs the log from its start.
        _newestAnchor ??= _snapshots == 0 ? info.Anchor?.Position.Value ?? LogPosition.Start.Value : null;
        _snapshots++;
        if (info.Anchor is { } anchor)
            _anchors[anchor.Position.Value] = (name, anchor.Checksum);
    }

    void CheckSegment(string name, bool isLast)
    {
        using var file = _disk.Open(name, writable: false);
        SegmentHeader segment;
        try
        {
            segment = SegmentHeader.Read(name, file);
        }
        catch (JournalDamagedException damage)
        {
            _faults.Add(new JournalFault(name, damage.Offset, damage.Problem));
            _before = null;
            _end = null;
            return;
        }

        CheckFollows(name, segment);
        _oldest ??= segment.First;
        var cursor = new RecordCursor(name, file, segment, segment.First);
        ReadRecords(cursor, file, isLast);
        _before = segment;
        _beforeName = name;
        _end = cursor.NextPosition;
    }

    void CheckFollows(string name, SegmentHeader segment)
    {
        if (_snapshotLog is { } snapshotLog && segment.LogId != snapshotLog)
            _faults.Add(new JournalFault(name, 16, $"the segment belongs to log {segment.LogId}, the snapshots to {snapshotLog}"));
        if (_before is not { } before)
            return;
        if (segment.LogId != before.LogId)
            _faults.Add(new JournalFault(name, 16, $"the segment belongs to log {segment.LogId}, the one before it to {before.LogId}"));
        else if (segment.First > _end && segment.First <= before.Limit)
            _faults.Add(new JournalFault(_beforeName, before.OffsetOf(_end.Value), $"no good record here, although the log goes on until position {segment.First}, where {name} takes over"));
        else if (segment.First != _end)
            _faults.Add(new JournalFault(SegmentFile.NameOf(_end!.Value), 0, $"a segment is missing: {_beforeName} ends at position {_end} and the next one, {name}, starts at {segment.First}"));
    }

    void ReadRecords(RecordCursor cursor, IDiskFile file, bool isLast)
    {
        var segment = cursor.Segment;
        while (true)
        {
            while (cursor.MoveNext(long.MaxValue))
            {
                _records++;
                Count(cursor.NextPosition - cursor.Position);
                if (_anchors.Remove(cursor.Position, out var anchor) && anchor.Checksum != cursor.Checksum)
                    _faults.Add(new JournalFault(anchor.File, 48, $"the snapshot is anchored to a record with checksum {anchor.Checksum:x8}; the log's has {cursor.Checksum:x8}"));
            }

            var bad = cursor.NextPosition;
            var problem = cursor.Problem;
            var end = DamageSearch.EndOfNonZero(file, segment, bad);
            if (end == bad)
                return;
            if (isLast && DamageSearch.RecordAfter(file, segment, bad, end, provingDamage: true) is null)
            {
                _torn = end - bad;
                return;
            }

            _faults.Add(new JournalFault(cursor.Name, segment.OffsetOf(bad), problem));
            if (DamageSearch.RecordAfter(file, segment, bad, end, provingDamage: false) is not { } next)
                return;
            cursor.SkipTo(next);
        }
    }

    void CheckStart(int segments)
    {
        if (segments == 0)
        {
            if (_snapshots > 0)
                _faults.Add(new JournalFault(SegmentFile.NameOf(0), 0, "there is no segment at all, yet there are snapshots"));
            return;
        }

        if (_oldest is { } oldest && oldest > (_newestAnchor ?? LogPosition.Start.Value))
            _faults.Add(new JournalFault(SegmentFile.NameOf(_newestAnchor ?? 0), 0, $"the log starts at position {oldest}, after everything that a good snapshot leads up to"));
        foreach (var (position, anchor) in _anchors)
            if (position >= _oldest)
                _faults.Add(new JournalFault(anchor.File, 40, $"the snapshot is anchored to position {position}, where the log has no good record"));
    }

    void Count(long bytes)
    {
        const long step = 4 * 1024 * 1024;
        var before = _bytes;
        _bytes += bytes;
        if (before / step != _bytes / step)
            _progress?.Report(_bytes);
    }
}
