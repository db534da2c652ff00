using MyTradeX.Journal.Format;

namespace MyTradeX.Journal;

/// <summary>Reads the segment files of a <see cref="FileCommandLog"/> up to its durable end, through handles of its own.</summary>
sealed class FileLogReader : ILogReader
{
    readonly FileCommandLog _log;
    RecordCursor? _cursor;
    Segment[] _segments = [];
    long _segmentEnd;
    long _next;

    public FileLogReader(FileCommandLog log, LogAnchor? after)
    {
        _log = log;
        if (after is not { } anchor)
        {
            OpenSegmentOf(LogPosition.Start.Value, mustRead: false);
            return;
        }

        _next = anchor.Position.Value;
        if (anchor.Position >= log.End)
            throw new LogDivergedException(anchor, $"the log ends at {log.End}");
        if (_next % Record.Alignment != 0)
            throw new LogDivergedException(anchor, "no record of the log starts there");
        try
        {
            OpenSegmentOf(_next, mustRead: true);
            var cursor = _cursor!;
            if (!cursor.MoveNext(log.End.Value))
                throw new LogDivergedException(anchor, $"in {cursor.Name} at offset {cursor.Segment.OffsetOf(_next)}, {cursor.Problem}");
            if (cursor.Checksum != anchor.Checksum)
                throw new LogDivergedException(anchor, $"the record there has checksum {cursor.Checksum:x8}");
            _next = cursor.NextPosition;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ReadOnlySpan<byte> Payload => _cursor is { } cursor ? cursor.Payload : default;

    public LogAnchor Anchor => _cursor is { } cursor ? new LogAnchor(new LogPosition(cursor.Position), cursor.Checksum) : default;

    public bool MoveNext()
    {
        // In this order: a segment is listed before the end moves into it.
        var end = _log.End.Value;
        if (_next >= end)
            return false;
        if (_segmentEnd == long.MaxValue && !ReferenceEquals(_segments, _log.Segments))
            _segmentEnd = EndOfSegment(_log.Segments, _cursor?.Segment.First);
        if (_cursor is null || _next >= _segmentEnd)
            OpenSegmentOf(_next, mustRead: true);
        var cursor = _cursor!;
        if (!cursor.MoveNext(Math.Min(end, _segmentEnd)))
        {
            // When this segment and those after it were trimmed in one go, its end is not known any more, and this is it.
            if (_next < _segments[0].First)
                throw new LogTrimmedException(new LogPosition(_next), new LogPosition(_segments[0].First));
            throw new JournalDamagedException(cursor.Name, cursor.Segment.OffsetOf(_next), $"a durable record does not read back, {cursor.Problem}");
        }

        _next = cursor.NextPosition;
        return true;
    }

    public void Dispose() => _cursor?.Dispose();

    // An active segment without records is not opened yet: the writer may still replace it with a larger one.
    void OpenSegmentOf(long position, bool mustRead)
    {
        var segments = _log.Segments;
        var at = Array.FindLastIndex(segments, segment => segment.First <= position);
        if (at < 0)
            throw new LogTrimmedException(new LogPosition(position), new LogPosition(segments[0].First));
        if (!mustRead)
            return;
        var segment = segments[at];
        _cursor?.Dispose();
        _cursor = null;
        Disks.IDiskFile file;
        try
        {
            file = _log.Disk.Open(segment.Name, writable: false);
        }
        catch (FileNotFoundException)
        {
            throw new LogTrimmedException(new LogPosition(position), new LogPosition(_log.Segments[0].First));
        }

        _cursor = new RecordCursor(segment.Name, file, segment.Header, position);
        _segmentEnd = EndOfSegment(segments, segment.First);
    }

    long EndOfSegment(Segment[] segments, long? first)
    {
        _segments = segments;
        foreach (var segment in segments)
            if (segment.First > first)
                return segment.First;
        return long.MaxValue;
    }
}
