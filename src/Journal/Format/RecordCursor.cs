using MyTradeX.Journal.Disks;

namespace MyTradeX.Journal.Format;

/// <summary>
/// Steps through one segment's records. A record that does not check out is read from the disk a second time before it is
/// called bad, so that neither a fault on the way to memory nor a write going on meanwhile is taken for damage.
/// </summary>
sealed class RecordCursor : IDisposable
{
    const int ReadBytes = 256 * 1024;

    readonly IDiskFile _file;
    readonly ulong _salt;
    byte[] _buffer = new byte[ReadBytes];
    long _bufferStart;
    int _bufferBytes;
    int _payloadAt;
    int _payloadBytes;

    /// <summary>Takes over the file. The position must be one that a record starts at.</summary>
    public RecordCursor(string name, IDiskFile file, SegmentHeader segment, long position)
    {
        Name = name;
        _file = file;
        Segment = segment;
        _salt = Record.SaltOf(segment.LogId);
        NextPosition = position;
        BatchStart = position == segment.First ? segment.First : null;
    }

    public string Name { get; }

    public SegmentHeader Segment { get; }

    /// <summary>The position of the current record.</summary>
    public long Position { get; private set; }

    /// <summary>The position after the current record.</summary>
    public long NextPosition { get; private set; }

    /// <summary>Where the current record's batch started; null before the first record if the cursor began within a segment.</summary>
    public long? BatchStart { get; private set; }

    public uint Checksum { get; private set; }

    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(_payloadAt, _payloadBytes);

    /// <summary>Why the last <see cref="MoveNext"/> found no record.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Moves to the next record if a good one lies wholly before the limit; otherwise <see cref="Problem"/> says what is there.</summary>
    public bool MoveNext(long limit)
    {
        limit = Math.Min(limit, Segment.Limit);
        if (TryRead(limit))
            return true;
        _bufferBytes = 0;
        return TryRead(limit);
    }

    /// <summary>Goes on at a later place, where <see cref="DamageSearch"/> has found a record.</summary>
    public void SkipTo(long position)
    {
        NextPosition = position;
        BatchStart = null;
        _bufferBytes = 0;
    }

    public void Dispose() => _file.Dispose();

    bool TryRead(long limit)
    {
        if (limit - NextPosition < Record.HeaderBytes)
            return Fail("the segment ends here");
        if (!Fill(Record.HeaderBytes, limit))
            return Fail("the file ends here");
        var header = _buffer.AsSpan((int)(NextPosition - _bufferStart));
        var length = Record.Length(header);
        if (length == 0)
            return Fail("there is no record here");
        var size = Record.SizeOf(length);
        if (size > limit - NextPosition || size > Array.MaxLength)
            return Fail($"the record's length of {length} bytes runs past the end");
        var batchStart = NextPosition - Record.BatchOffset(header);
        if (batchStart != NextPosition && BatchStart is { } started && batchStart != started)
            return Fail("the record does not belong to the batch that it stands in");
        if (!Fill((int)size, limit))
            return Fail("the file ends within the record");
        var record = _buffer.AsSpan((int)(NextPosition - _bufferStart), (int)size);
        var checksum = Record.Checksum(record, _salt, NextPosition);
        if (checksum != Record.StoredChecksum(record))
            return Fail("the record fails its checksum");

        Checksum = checksum;
        BatchStart = batchStart;
        Position = NextPosition;
        _payloadAt = (int)(NextPosition - _bufferStart) + Record.HeaderBytes;
        _payloadBytes = (int)length;
        NextPosition += size;
        Problem = "";
        return true;
    }

    bool Fail(string problem)
    {
        Problem = problem;
        return false;
    }

    // Never reads past the limit: what lies there may be about to change, and must not linger in the buffer.
    bool Fill(int bytes, long limit)
    {
        var have = _bufferStart + _bufferBytes - NextPosition;
        if (NextPosition >= _bufferStart && have >= bytes)
            return true;
        if (bytes > _buffer.Length)
            _buffer = new byte[(int)Math.Min(Array.MaxLength, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)bytes))];
        _bufferStart = NextPosition;
        _bufferBytes = _file.Read(Segment.OffsetOf(NextPosition), _buffer.AsSpan(0, (int)Math.Min(_buffer.Length, limit - NextPosition)));
        return _bufferBytes >= bytes;
    }
}
