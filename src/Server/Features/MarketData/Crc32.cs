namespace MyTradeX.Server.Features.MarketData;

/// <summary>The checksum of zip, gzip and PNG (ISO 3309), which every language has at hand.</summary>
internal static class Crc32
{
    static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            crc = Table[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return ~crc;
    }

    static uint[] MakeTable()
    {
        const uint polynomial = 0xEDB88320;
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? (value >> 1) ^ polynomial : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
