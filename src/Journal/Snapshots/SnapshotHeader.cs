using System.Buffers.Binary;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Format;

namespace MyTradeX.Journal.Snapshots;

/// <summary>
/// The first 128 bytes of a snapshot file, little-endian; the state follows.
/// <code>
///   0  8  magic "MTXSNAP\0"          40  8  anchor position        72  4  payload crc32c
///   8  4  version                    48  4  anchor checksum        76  4  bytes of state hash, 0–32
///  12  4  crc32c of the header       52  4  1 = has an anchor      80 32  state hash
///  16 16  log id                     56  8  sequence              112 16  zeros
///  32  8  zeros                      64  8  payload bytes
/// </code>
/// </summary>
static class SnapshotHeader
{
    public const int Bytes = 128;
    public const int MaxHashBytes = 32;
    const uint Version = 1;
    const int ChecksumAt = 12;

    static ReadOnlySpan<byte> Magic => "MTXSNAP\0"u8;

    public static void Write(Span<byte> header, SnapshotInfo info)
    {
        header.Clear();
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        info.LogId.TryWriteBytes(header[16..], bigEndian: true, out _);
        if (info.Anchor is { } anchor)
        {
            BinaryPrimitives.WriteInt64LittleEndian(header[40..], anchor.Position.Value);
            BinaryPrimitives.WriteUInt32LittleEndian(header[48..], anchor.Checksum);
            BinaryPrimitives.WriteUInt32LittleEndian(header[52..], 1);
        }

        BinaryPrimitives.WriteInt64LittleEndian(header[56..], info.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(header[64..], info.PayloadBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header[72..], info.PayloadChecksum);
        BinaryPrimitives.WriteInt32LittleEndian(header[76..], info.StateHash.Length);
        info.StateHash.Span.CopyTo(header[80..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumAt..], Checksum(header));
    }

    /// <summary>Reads and checks the header of a snapshot file; the state itself is not read.</summary>
    public static (SnapshotInfo? Info, JournalFault? Fault) Read(string name, IDiskFile file)
    {
        var header = new byte[Bytes];
        if (file.Read(0, header) < Bytes)
            return (null, new JournalFault(name, file.Length, "the file ends within the snapshot header"));
        if (!header.AsSpan(0, 8).SequenceEqual(Magic))
            return (null, new JournalFault(name, 0, "this is not a snapshot (wrong magic)"));
        if (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(ChecksumAt)) != Checksum(header))
            return (null, new JournalFault(name, ChecksumAt, "the snapshot header fails its checksum"));
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(8));
        if (version != Version)
            return (null, new JournalFault(name, 8, $"the snapshot has format version {version}, and this program reads version {Version}"));
        var anchor = new LogAnchor(
            new LogPosition(BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(40))), BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(48)));
        var info = new SnapshotInfo(
            new Guid(header.AsSpan(16, 16), bigEndian: true),
            BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(52)) == 1 ? anchor : null,
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(56)),
            header.AsMemory(80, BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(76))),
            BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(64)),
            BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(72)));
        if (SnapshotFile.NameOf(info.Sequence) != name)
            return (null, new JournalFault(name, 56, $"the snapshot's sequence is {info.Sequence}, which is not what its file name says"));
        if (file.Length != Bytes + info.PayloadBytes)
            return (null, new JournalFault(name, Math.Min(file.Length, Bytes + info.PayloadBytes), $"the file has {file.Length} bytes and should have {Bytes + info.PayloadBytes}"));
        return (info, null);
    }

    static uint Checksum(ReadOnlySpan<byte> header) =>
        ~Crc32C.Update(Crc32C.Update(Crc32C.Initial, header[..ChecksumAt]), header[(ChecksumAt + sizeof(uint))..Bytes]);
}
