using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Format;

namespace MyTradeX.Journal;

/// <summary>
/// A command log in segment files of one folder. A batch is one write and one sync of bytes that were allocated beforehand;
/// appending allocates nothing. <c>docs/journal-format.md</c> has the format and the reasoning about crashes.
/// </summary>
public sealed class FileCommandLog : ICommandLog
{
    const int FirstStagingBytes = 256 * 1024;

    readonly FileLogOptions _options;
    readonly SegmentPreparer _preparer;
    readonly IDisposable _lock;
    readonly Lock _listChange = new();
    readonly ulong _salt;
    IDiskFile _active = null!;
    readonly int _maxBatchBytes;
    byte[] _staging;
    int _staged;
    LogAnchor _lastStaged;
    Segment[] _segments;
    long _end;
    bool _mustReopen;
    bool _disposed;

    FileCommandLog(IDisk disk, FileLogOptions options, IDisposable folderLock, LogRecovery found)
    {
        Disk = disk;
        _options = options;
        _lock = folderLock;
        _preparer = new SegmentPreparer(disk, options);
        _maxBatchBytes = options.SegmentBytes - SegmentHeader.Bytes;
        _staging = GC.AllocateUninitializedArray<byte>(Math.Min(FirstStagingBytes, _maxBatchBytes), pinned: true);
        _segments = [.. found.Segments];
        _end = found.End;
        LastAnchor = found.LastAnchor;
        LogId = found.Active is null ? options.NewLogId ?? Guid.NewGuid() : _segments[^1].Header.LogId;
        _salt = Record.SaltOf(LogId);
        if (found.Active is { } active)
        {
            _active = active;
            _preparer.Begin(_segments[^1].Header.Capacity);
        }
        else
        {
            StartSegment(minimumCapacity: 0);
        }
    }

    /// <summary>
    /// Opens the log of a folder, or makes a new one in an empty folder. Reads and checks every record; an unfinished last write
    /// is cut off, and the last batch is made durable before anyone can read it.
    /// </summary>
    /// <param name="disk">The folder.</param>
    /// <param name="options">How to use it; they need not be those of the last time.</param>
    /// <param name="report">What was found and done.</param>
    /// <exception cref="JournalInUseException">The folder is open for writing elsewhere.</exception>
    /// <exception cref="JournalDamagedException">Something durable is damaged or missing. Nothing was changed.</exception>
    /// <exception cref="IOException">The disk cannot be read, or has no room for a new log.</exception>
    public static FileCommandLog Open(IDisk disk, FileLogOptions options, out RecoveryReport report)
    {
        options.Validate();
        var folderLock = disk.Lock();
        LogRecovery? found = null;
        try
        {
            found = LogRecovery.Run(disk);
            var log = new FileCommandLog(disk, options, folderLock, found);
            report = found.Report(log.LogId, created: found.Active is null);
            return log;
        }
        catch
        {
            found?.Active?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    /// <summary>The log's identity, given at its creation and part of every checksum.</summary>
    public Guid LogId { get; }

    /// <inheritdoc/>
    public LogPosition End => new(Volatile.Read(ref _end));

    /// <inheritdoc/>
    public LogAnchor? LastAnchor { get; private set; }

    internal IDisk Disk { get; }

    internal Segment[] Segments => Volatile.Read(ref _segments);

    /// <inheritdoc/>
    public LogPosition Append(ReadOnlySpan<byte> payload)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_mustReopen)
            throw new InvalidOperationException("An earlier commit ended with an unknown outcome; open the log again to see what it holds.");
        if (payload.IsEmpty || payload.Length > _options.MaxRecordBytes)
            throw new ArgumentException($"A record has {payload.Length} bytes; it must have between 1 and {_options.MaxRecordBytes}.", nameof(payload));
        var size = (int)Record.SizeOf(payload.Length);
        if (size > _staging.Length - _staged)
            GrowStaging(size);
        var position = new LogPosition(_end + _staged);
        var checksum = Record.Write(_staging.AsSpan(_staged), _salt, position.Value, (uint)_staged, payload);
        _staged += size;
        _lastStaged = new LogAnchor(position, checksum);
        return position;
    }

    /// <inheritdoc/>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_staged == 0)
            return;
        var batch = _staging.AsSpan(0, _staged);
        _staged = 0;
        // Until proven otherwise: whatever gets past the catches below must not be appended to.
        _mustReopen = true;
        MakeRoom(batch.Length);
        var offset = _segments[^1].Header.OffsetOf(_end);
        try
        {
            _active.Write(offset, batch);
        }
        catch (IOException error)
        {
            TakeBack(offset, batch, error);
            _mustReopen = false;
            throw new LogWriteException(LogWriteOutcome.NotWritten, error);
        }

        try
        {
            _active.Sync();
        }
        catch (IOException error)
        {
            throw new LogWriteException(LogWriteOutcome.Unknown, error);
        }

        LastAnchor = _lastStaged;
        Volatile.Write(ref _end, _end + batch.Length);
        _mustReopen = false;
    }

    /// <inheritdoc/>
    public ILogReader Read(LogAnchor? after) => new FileLogReader(this, after);

    /// <summary>Deletes the oldest segment files, as long as they lie wholly before the position; never the active one.</summary>
    /// <param name="position">The oldest position still needed.</param>
    public void TrimBefore(LogPosition position)
    {
        lock (_listChange)
        {
            while (_segments.Length > 1 && _segments[1].First <= position.Value)
            {
                var oldest = _segments[0];
                Volatile.Write(ref _segments, _segments[1..]);
                Disk.Delete(oldest.Name);
                // One at a time, oldest first: a crash must not bring back an old segment without the one after it.
                Disk.SyncFolder();
            }
        }
    }

    /// <summary>Closes the files and lets go of the folder. What is staged and not committed is dropped.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _preparer.Dispose();
        _active.Dispose();
        _lock.Dispose();
    }

    void GrowStaging(int size)
    {
        if (size > _maxBatchBytes - _staged)
            throw new InvalidOperationException($"The batch has {_staged} bytes and may have at most {_maxBatchBytes}; commit it first.");
        var larger = GC.AllocateUninitializedArray<byte>(
            (int)Math.Min(_maxBatchBytes, Math.Max(_staging.Length * 2L, _staged + size)), pinned: true);
        _staging.AsSpan(0, _staged).CopyTo(larger);
        _staging = larger;
    }

    // A batch never spans segments, so that one sync makes it durable and a segment is wholly durable when the next one starts.
    void MakeRoom(int bytes)
    {
        if (bytes <= _segments[^1].Header.Limit - _end)
            return;
        try
        {
            StartSegment(bytes);
        }
        catch (IOException error)
        {
            _mustReopen = false;
            throw new LogWriteException(LogWriteOutcome.NotWritten, error);
        }
    }

    /// <exception cref="IOException">There is no room; nothing has changed.</exception>
    /// <exception cref="LogWriteException">The new segment is there but its name may not last.</exception>
    void StartSegment(long minimumCapacity)
    {
        var prepared = _preparer.Take(minimumCapacity);
        var header = new SegmentHeader(LogId, _end, prepared.Capacity);
        var segment = new Segment(SegmentFile.NameOf(_end), header);
        try
        {
            Span<byte> page = stackalloc byte[SegmentHeader.Bytes];
            header.Write(page);
            prepared.File.Write(0, page);
            prepared.File.Sync();
            Disk.Rename(SegmentFile.Next, segment.Name);
        }
        catch (IOException)
        {
            prepared.File.Dispose();
            Disk.Delete(SegmentFile.Next);
            throw;
        }

        try
        {
            Disk.SyncFolder();
        }
        catch (IOException error)
        {
            prepared.File.Dispose();
            throw new LogWriteException(LogWriteOutcome.Unknown, error);
        }

        _active?.Dispose();
        _active = prepared.File;
        lock (_listChange)
        {
            // A segment that never got a record has been replaced by this one, which has its name.
            var kept = _segments is [.., var last] && last.First == segment.First ? _segments[..^1] : _segments;
            Volatile.Write(ref _segments, [.. kept, segment]);
        }

        _preparer.Begin(prepared.Capacity);
    }

    // A write that failed may have left a part of itself. Only when that part is durably gone can the log go on.
    void TakeBack(long offset, Span<byte> batch, IOException cause)
    {
        batch.Clear();
        try
        {
            _active.Write(offset, batch);
            _active.Sync();
        }
        catch (IOException error)
        {
            throw new LogWriteException(LogWriteOutcome.Unknown, new AggregateException(cause, error));
        }
    }
}
