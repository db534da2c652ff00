using MyTradeX.Journal.Disks;

namespace MyTradeX.Journal.Format;

/// <summary>Looks at what follows the last good record of a segment: nothing, the torn rest of a write, or proof of damage.</summary>
static class DamageSearch
{
    const int ChunkBytes = 1024 * 1024;

    /// <summary>The position after the last byte that is not zero, from a position on; that position itself when all are zero.</summary>
    public static long EndOfNonZero(IDiskFile file, SegmentHeader segment, long from)
    {
        var chunk = new byte[(int)Math.Min(ChunkBytes, segment.Limit - from)];
        var end = from;
        for (var at = from; at < segment.Limit;)
        {
            var read = file.Read(segment.OffsetOf(at), chunk.AsSpan(0, (int)Math.Min(chunk.Length, segment.Limit - at)));
            if (read == 0)
                break;
            var last = chunk.AsSpan(0, read).LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
                end = at + last + 1;
            at += read;
        }

        return end;
    }

    /// <summary>
    /// Finds a good record after a bad place. With <paramref name="provingDamage"/>, only one whose batch started after that place: the
    /// place was durable before that batch was written, so it was damaged since. A record of the same batch proves nothing, as a
    /// crash may keep the later pages of a write and lose the earlier ones.
    /// </summary>
    /// <returns>The record's position, or null if there is none.</returns>
    public static long? RecordAfter(IDiskFile file, SegmentHeader segment, long bad, long end, bool provingDamage)
    {
        var salt = Record.SaltOf(segment.LogId);
        // To the end of the segment, as the last record's payload may end in zeros.
        var bytes = new byte[segment.Limit - bad];
        var read = file.Read(segment.OffsetOf(bad), bytes);
        for (var at = Record.Alignment; at < end - bad && at + Record.HeaderBytes < read; at += Record.Alignment)
        {
            var candidate = bytes.AsSpan(at, read - at);
            var length = Record.Length(candidate);
            var batchOffset = Record.BatchOffset(candidate);
            var size = Record.SizeOf(length);
            if (length == 0 || size > candidate.Length || batchOffset > bad - segment.First + at || (provingDamage && batchOffset >= at))
                continue;
            if (Record.Checksum(candidate[..(int)size], salt, bad + at) == Record.StoredChecksum(candidate))
                return bad + at;
        }

        return null;
    }
}
