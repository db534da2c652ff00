using System.Buffers;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Format;

namespace MyTradeX.Journal.Snapshots;

/// <summary>
/// The snapshots of one log, kept in the log's folder. A snapshot is written beside, synced, and only then given its name, so one with
/// its name is whole unless the disk damaged it later. Saving and pruning belong to one thread at a time; loading may run beside them.
/// </summary>
/// <param name="disk">The log's folder.</param>
/// <param name="logId">The log's identity; snapshots of another log are never loaded.</param>
public sealed class SnapshotStore(IDisk disk, Guid logId)
{
    /// <summary>Saves a state durably.</summary>
    /// <param name="anchor">The last record that the state contains, or null if none.</param>
    /// <param name="sequence">The venue's count at that point, at least 0. A snapshot with the same one is replaced.</param>
    /// <param name="write">
    /// Produces the state, in as many pieces as it likes; at most <see cref="Array.MaxLength"/> bytes in all, so that it can be loaded. Returns a hash of it for the caller to compare after
    /// loading; at most 32 bytes, may be empty.
    /// </param>
    /// <returns>What was saved.</returns>
    /// <exception cref="IOException">The disk failed or is full. The snapshots from before are untouched.</exception>
    public SnapshotInfo Save(LogAnchor? anchor, long sequence, Func<IBufferWriter<byte>, ReadOnlyMemory<byte>> write)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            SnapshotInfo info;
            using (var file = disk.Create(SnapshotFile.Next))
            {
                var writer = new SnapshotWriter(file);
                var hash = write(writer);
                if (hash.Length > SnapshotHeader.MaxHashBytes)
                    throw new InvalidOperationException($"The hash of the state has {hash.Length} bytes; it may have at most {SnapshotHeader.MaxHashBytes}.");
                writer.Flush();
                if (writer.Written > Array.MaxLength)
                    throw new InvalidOperationException($"The state has {writer.Written} bytes; a snapshot may have at most {Array.MaxLength}.");
                info = new SnapshotInfo(logId, anchor, sequence, hash, writer.Written, writer.Checksum);
                Span<byte> header = stackalloc byte[SnapshotHeader.Bytes];
                SnapshotHeader.Write(header, info);
                file.Write(0, header);
                file.Sync();
            }

            disk.Rename(SnapshotFile.Next, SnapshotFile.NameOf(sequence));
            disk.SyncFolder();
            return info;
        }
        catch
        {
            // Whatever stopped it, the space is given back; the half-written file would never be read anyway.
            if (disk.List().Contains(SnapshotFile.Next))
                disk.Delete(SnapshotFile.Next);
            throw;
        }
    }

    /// <summary>
    /// Loads the newest snapshot that is whole and that the caller accepts. A damaged one is passed over for the one before it and reported.
    /// </summary>
    /// <param name="accept">Says whether a snapshot will do, by its description; null accepts each.</param>
    public SnapshotLoad LoadNewest(Func<SnapshotInfo, bool>? accept = null)
    {
        var faults = new List<JournalFault>();
        foreach (var name in SnapshotFile.In(disk))
        {
            using var file = disk.Open(name, writable: false);
            var (info, fault) = ReadInfo(name, file);
            if (info is null)
            {
                faults.Add(fault!);
                continue;
            }

            if (accept is not null && !accept(info))
                continue;
            var payload = new byte[info.PayloadBytes];
            if (file.Read(SnapshotHeader.Bytes, payload) == payload.Length && Crc32C.Of(payload) == info.PayloadChecksum)
                return new SnapshotLoad(info, payload, faults);
            faults.Add(new JournalFault(name, SnapshotHeader.Bytes, "the state fails its checksum"));
        }

        return new SnapshotLoad(null, default, faults);
    }

    /// <summary>The snapshots of this log, newest first, as far as their descriptions are readable. Their states are not read.</summary>
    public IReadOnlyList<SnapshotInfo> List()
    {
        var infos = new List<SnapshotInfo>();
        foreach (var name in SnapshotFile.In(disk))
        {
            using var file = disk.Open(name, writable: false);
            if (ReadInfo(name, file).Info is { } info)
                infos.Add(info);
        }

        return infos;
    }

    /// <summary>
    /// Deletes the snapshots before a sequence. By sequence, not by number: which of them count as good is decided by who has looked at them,
    /// and a second look may see another list.
    /// </summary>
    /// <param name="sequence">The oldest sequence to keep.</param>
    public void PruneBefore(long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        var old = SnapshotFile.In(disk).Where(name => string.CompareOrdinal(name, SnapshotFile.NameOf(sequence)) < 0).ToArray();
        foreach (var name in old)
            disk.Delete(name);
        if (old.Length > 0)
            disk.SyncFolder();
    }

    (SnapshotInfo? Info, JournalFault? Fault) ReadInfo(string name, IDiskFile file)
    {
        var (info, fault) = SnapshotHeader.Read(name, file);
        return info is not null && info.LogId != logId
            ? (null, new JournalFault(name, 16, $"the snapshot belongs to log {info.LogId}, not to {logId}"))
            : (info, fault);
    }
}
