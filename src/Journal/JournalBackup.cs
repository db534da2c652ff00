using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Format;
using MyTradeX.Journal.Snapshots;

namespace MyTradeX.Journal;

/// <summary>Copies a journal, also one that is being written to. The copy is a journal like any other: open it, or copy it back to restore.</summary>
public static class JournalBackup
{
    // Each attempt fails only if the log was trimmed while it ran, which happens once a snapshot.
    const int Attempts = 5;
    const string Unfinished = ".copying";
    const int ChunkBytes = 1024 * 1024;

    /// <summary>
    /// Copies the snapshots and every record that was durable when the copy began, possibly some later ones, and verifies the copy.
    /// Files get their names only when all are there, so that an interrupted copy cannot be mistaken for a journal.
    /// </summary>
    /// <param name="source">The journal's folder. Nothing in it is changed or locked.</param>
    /// <param name="target">An empty or new folder.</param>
    /// <param name="progress">Told the bytes copied so far.</param>
    /// <returns>The verification of the copy, which is sound.</returns>
    /// <exception cref="ArgumentException">The source has no journal, or the target is not empty.</exception>
    /// <exception cref="JournalDamagedException">The source is damaged.</exception>
    /// <exception cref="IOException">A disk failed, the target is full, or the source was trimmed during each of the attempts.</exception>
    public static VerificationReport Copy(IDisk source, IDisk target, IProgress<long>? progress = null)
    {
        if (SegmentFile.In(source).Length == 0)
            throw new ArgumentException($"There is no journal in {source.Name}.", nameof(source));
        if (target.List().FirstOrDefault(name => !name.EndsWith(Unfinished, StringComparison.Ordinal)) is { } other)
            throw new ArgumentException($"The target {target.Name} is not empty: it has {other}. Choose a new folder.", nameof(target));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return CopyOnce(source, target, progress);
            }
            catch (FileNotFoundException) when (attempt < Attempts)
            {
                // A file was trimmed or pruned after it was listed: what replaces it is copied in the next attempt.
            }
        }
    }

    static VerificationReport CopyOnce(IDisk source, IDisk target, IProgress<long>? progress)
    {
        foreach (var name in target.List())
            target.Delete(name);
        long copied = 0;
        var oldest = SegmentFile.In(source)[0];
        // Snapshots first: the log listed after them reaches at least as far as they do.
        var snapshots = SnapshotFile.In(source);
        foreach (var name in snapshots)
            CopySnapshot(source, target, name, ref copied, progress);
        var segments = SegmentFile.In(source);
        for (var i = 0; i < segments.Length; i++)
            CopySegment(source, target, segments[i], i + 1 < segments.Length ? segments[i + 1] : null, ref copied, progress);

        // The newest segments get their names first: until the oldest has its own, the log cannot be read from its start or its snapshot.
        foreach (var name in (string[])[.. snapshots, .. segments.Reverse()])
            target.Rename(name + Unfinished, name);
        target.SyncFolder();

        var report = JournalVerifier.Verify(target);
        if (report.IsSound)
            return report;
        // Trimming between the two listings may have taken the records that the snapshots continue with.
        if (SegmentFile.In(source)[0] != oldest)
            throw new FileNotFoundException($"The journal in {source.Name} was trimmed while it was copied.");
        var fault = report.Faults[0];
        throw new JournalDamagedException(fault.File, fault.Offset, fault.Problem);
    }

    static void CopySnapshot(IDisk source, IDisk target, string name, ref long copied, IProgress<long>? progress)
    {
        using var from = source.Open(name, writable: false);
        using var to = target.Create(name + Unfinished);
        CopyBytes(from, to, 0, from.Length, ref copied, progress);
        to.Sync();
    }

    static void CopySegment(IDisk source, IDisk target, string name, string? following, ref long copied, IProgress<long>? progress)
    {
        using var from = source.Open(name, writable: false);
        var header = SegmentHeader.Read(name, from);
        var end = EndOfGoodRecords(name, from, header);
        if (following is not null && SegmentFile.NameOf(end) != following)
            throw new JournalDamagedException(name, header.OffsetOf(end), $"no good record here, although the log goes on until {following}");

        using var to = target.Create(name + Unfinished);
        // The copy is as long as its records: the log that continues it rolls on its first append.
        var page = new byte[SegmentHeader.Bytes];
        (header with { Capacity = end - header.First }).Write(page);
        to.Write(0, page);
        CopyBytes(from, to, SegmentHeader.Bytes, header.OffsetOf(end), ref copied, progress);
        to.Sync();
    }

    static long EndOfGoodRecords(string name, IDiskFile from, SegmentHeader header)
    {
        var cursor = new RecordCursor(name, from, header, header.First);
        while (true)
        {
            while (cursor.MoveNext(long.MaxValue))
            {
            }

            var bad = cursor.NextPosition;
            var end = DamageSearch.EndOfNonZero(from, header, bad);
            if (end == bad || DamageSearch.RecordAfter(from, header, bad, end, provingDamage: true) is null)
                return bad;
            // A later record proves that one was durable here before it. If it was only being written when we looked, it is here now.
            cursor.SkipTo(bad);
            if (!cursor.MoveNext(long.MaxValue))
                throw new JournalDamagedException(name, header.OffsetOf(bad), cursor.Problem);
        }
    }

    static void CopyBytes(IDiskFile from, IDiskFile to, long start, long end, ref long copied, IProgress<long>? progress)
    {
        var chunk = new byte[ChunkBytes];
        for (var at = start; at < end;)
        {
            var read = from.Read(at, chunk.AsSpan(0, (int)Math.Min(chunk.Length, end - at)));
            if (read == 0)
                throw new IOException("The file became shorter while it was copied.");
            to.Write(at, chunk.AsSpan(0, read));
            at += read;
            copied += read;
            progress?.Report(copied);
        }
    }
}
