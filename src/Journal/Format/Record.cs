using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MyTradeX.Journal.Format;

/// <summary>
/// One record in a segment, little-endian, starting at a position that is a multiple of four.
/// <code>
///  0        4        8         12
///  ├────────┼────────┼─────────┼──────────────┬───────────┤
///  │ crc32c │ length │ batch   │ payload      │ 0–3 zeros │
///  │ u32    │ u32    │ offset  │ length bytes │           │
///  └────────┴────────┴─────────┴──────────────┴───────────┘
/// </code>
/// The checksum is over the log's salt, the record's position, then everything after the checksum, padding included: bytes that were
/// written for another place or another log never pass. The batch offset is the distance from the first record of the
/// batch, and everything before that first record was durable when this one was written. A length of zero means that no record is here.
/// </summary>
static class Record
{
    public const int HeaderBytes = 12;
    public const int Alignment = 4;

    /// <summary>Bytes that a record takes with this many bytes of payload.</summary>
    public static long SizeOf(long payloadBytes) => (HeaderBytes + payloadBytes + Alignment - 1) & ~(Alignment - 1L);

    /// <summary>The part of a log's identity that goes into every checksum.</summary>
    public static ulong SaltOf(Guid logId)
    {
        Span<byte> bytes = stackalloc byte[16];
        logId.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
    }

    /// <summary>Writes a record to the start of the target, which has room for it, and returns its checksum.</summary>
    public static uint Write(Span<byte> target, ulong salt, long position, uint batchOffset, ReadOnlySpan<byte> payload)
    {
        var record = target[..(int)SizeOf(payload.Length)];
        record[^Alignment..].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record[8..], batchOffset);
        payload.CopyTo(record[HeaderBytes..]);
        var checksum = Checksum(record, salt, position);
        BinaryPrimitives.WriteUInt32LittleEndian(record, checksum);
        return checksum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint StoredChecksum(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Length(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[4..]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint BatchOffset(ReadOnlySpan<byte> record) => BinaryPrimitives.ReadUInt32LittleEndian(record[8..]);

    /// <summary>The checksum that the bytes of a whole record should have at a position.</summary>
    public static uint Checksum(ReadOnlySpan<byte> record, ulong salt, long position)
    {
        var register = System.Numerics.BitOperations.Crc32C(Crc32C.Initial, salt);
        register = System.Numerics.BitOperations.Crc32C(register, (ulong)position);
        return ~Crc32C.Update(register, record[sizeof(uint)..]);
    }
}
