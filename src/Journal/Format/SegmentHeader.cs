using System.Buffers.Binary;

namespace MyTradeX.Journal.Format;

/// <summary>
/// The first page of a segment file. Records start on the next page, so that no append ever touches the header's.
/// <code>
///  0        8        12       16           32          40          48            4096
///  ├────────┼────────┼────────┼────────────┼───────────┼───────────┼──────────────┤
///  │ magic  │version │ crc32c │ log id     │ first     │ capacity  │ zeros        │ records …
///  │ MTXJRNL│ u32    │ u32    │ 16 bytes   │ position  │ i64 bytes │              │
///  └────────┴────────┴────────┴────────────┴───────────┴───────────┴──────────────┘
/// </code>
/// The checksum covers the whole page except itself.
/// </summary>
readonly record struct SegmentHeader(Guid LogId, long First, long Capacity)
{
    public const int Bytes = 4096;
    const uint Version = 1;
    const int ChecksumAt = 12;

    static ReadOnlySpan<byte> Magic => "MTXJRNL\0"u8;

    /// <summary>The position just after the last byte that a record may use.</summary>
    public long Limit => First + Capacity;

    public long FileBytes => Bytes + Capacity;

    /// <summary>Where in the file a position is.</summary>
    public long OffsetOf(long position) => Bytes + (position - First);

    public void Write(Span<byte> page)
    {
        page[..Bytes].Clear();
        Magic.CopyTo(page);
        BinaryPrimitives.WriteUInt32LittleEndian(page[8..], Version);
        LogId.TryWriteBytes(page[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(page[32..], First);
        BinaryPrimitives.WriteInt64LittleEndian(page[40..], Capacity);
        BinaryPrimitives.WriteUInt32LittleEndian(page[ChecksumAt..], Checksum(page));
    }

    /// <summary>Reads and checks the header of the segment file with this name.</summary>
    /// <exception cref="JournalDamagedException">The header is not one that this version writes, or not this file's.</exception>
    public static SegmentHeader Read(string name, Disks.IDiskFile file)
    {
        var page = new byte[Bytes];
        if (file.Read(0, page) < Bytes)
            throw new JournalDamagedException(name, file.Length, "the file ends within the segment header");
        if (!page.AsSpan(0, 8).SequenceEqual(Magic))
            throw new JournalDamagedException(name, 0, "this is not a segment of a journal (wrong magic)");
        var version = BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(8));
        if (BinaryPrimitives.ReadUInt32LittleEndian(page.AsSpan(ChecksumAt)) != Checksum(page))
            throw new JournalDamagedException(name, ChecksumAt, "the segment header fails its checksum");
        if (version != Version)
            throw new JournalDamagedException(name, 8, $"the segment has format version {version}, and this program reads version {Version}; use the program that wrote it");
        var header = new SegmentHeader(
            new Guid(page.AsSpan(16, 16), bigEndian: true),
            BinaryPrimitives.ReadInt64LittleEndian(page.AsSpan(32)),
            BinaryPrimitives.ReadInt64LittleEndian(page.AsSpan(40)));
        if (SegmentFile.NameOf(header.First) != name)
            throw new JournalDamagedException(name, 32, $"the segment's first position is {header.First}, which is not what its file name says");
        if (file.Length != header.FileBytes)
            throw new JournalDamagedException(name, Math.Min(file.Length, header.FileBytes), $"the file has {file.Length} bytes and should have {header.FileBytes}");
        return header;
    }

    static uint Checksum(ReadOnlySpan<byte> page) =>
        ~Crc32C.Update(Crc32C.Update(Crc32C.Initial, page[..ChecksumAt]), page[(ChecksumAt + sizeof(uint))..Bytes]);
}
