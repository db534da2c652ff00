using System.Numerics;
using System.Runtime.InteropServices;

namespace MyTradeX.Journal.Format;

/// <summary>CRC-32C (Castagnoli), on the processor's own instruction where it has one: about 8 bytes in 3 cycles.</summary>
static class Crc32C
{
    /// <summary>The register before any byte; the checksum is the register's complement.</summary>
    public const uint Initial = uint.MaxValue;

    /// <summary>The register after more bytes.</summary>
    public static uint Update(uint register, ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
            register = BitOperations.Crc32C(register, BitConverter.IsLittleEndian ? word : System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(word));
        foreach (var octet in bytes[(words.Length * sizeof(ulong))..])
            register = BitOperations.Crc32C(register, octet);
        return register;
    }

    /// <summary>The checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Update(Initial, bytes);
}
