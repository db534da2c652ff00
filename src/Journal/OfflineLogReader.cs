using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Format;

namespace MyTradeX.Journal;

/// <summary>
/// Reads the records of a journal that no one is writing to, and changes nothing: neither cuts a torn tail nor locks the folder. It ends at the
/// first place without a good record; whether that is the journal's proper end is what <see cref="JournalVerifier"/> tells.
/// </summary>
public sealed class OfflineLogReader : ILogReader
{
    readonly IDisk _disk;
    readonly string[] _segments;
    int _at = -1;
    RecordCursor? _cursor;

    /// <summary>Opens a journal at its oldest record, or after the record that an anchor names.</summary>
    /// <exception cref="ArgumentException">The folder has no journal.</exception>
    /// <exception cref="JournalDamagedException">A segment's header is damaged.</exception>
    /// <exception cref="LogDivergedException">The journal does not hold the anchor's record.</exception>
    public OfflineLogReader(IDisk disk, LogAnchor? after = null)
    {
        _disk = disk;
        _segments = SegmentFile.In(disk);
        if (_segments.Length == 0) throw new ArgumentException($"There is no journal in {disk.Name}.", nameof(disk));
        OpenNext();
        LogId = _cursor!.Segment.LogId;
        Oldest = new LogPosition(_cursor.Segment.First);
        if (after is { } anchor) GoAfter(anchor);
    }

    /// <summary>The log's identity.</summary>
    public Guid LogId { get; }

    /// <summary>Where the journal starts; <see cref="LogPosition.Start"/> unless it was trimmed.</summary>
    public LogPosition Oldest { get; }

    /// <inheritdoc/>
    public ReadOnlySpan<byte> Payload => _cursor!.Payload;

    /// <inheritdoc/>
    public LogAnchor Anchor => new(new LogPosition(_cursor!.Position), _cursor.Checksum);

    /// <inheritdoc/>
    public bool MoveNext()
    {
        while (!_cursor!.MoveNext(long.MaxValue))
        {
            var end = _cursor.NextPosition;
            if (_at + 1 == _segments.Length || _segments[_at + 1] != SegmentFile.NameOf(end)) return false;
            OpenNext();
        }
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _cursor?.Dispose();

    void GoAfter(LogAnchor anchor)
    {
        while (_at + 1 < _segments.Length && string.CompareOrdinal(_segments[_at + 1], SegmentFile.NameOf(anchor.Position.Value)) <= 0) OpenNext();
        _cursor!.SkipTo(anchor.Position.Value);
        if (!_cursor.MoveNext(long.MaxValue)) throw new LogDivergedException(anchor, $"in {_cursor.Name}, {_cursor.Problem}");
        if (_cursor.Checksum != anchor.Checksum) throw new LogDivergedException(anchor, $"the record there has checksum {_cursor.Checksum:x8}");
    }

    void OpenNext()
    {
        _cursor?.Dispose();
        _cursor = null;
        var name = _segments[++_at];
        var file = _disk.Open(name, writable: false);
        try
        {
            var header = SegmentHeader.Read(name, file);
            _cursor = new RecordCursor(name, file, header, header.First);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
