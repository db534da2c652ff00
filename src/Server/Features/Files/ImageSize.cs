using System.Buffers.Binary;
using MyTradeX.Journal.Disks;

namespace MyTradeX.Server.Features.Files;

/// <summary>Reads how large a picture is from its header, without unpacking it: a small file can claim a picture that fills a viewer's memory.</summary>
internal static class ImageSize
{
    // Headers, comments and colour tables that may stand before a JPEG's frame; real files have some dozens.
    const int SegmentsMax = 1_000;

    /// <summary>Width and height in pixels, as the header has them; null when it has none.</summary>
    public static (int Width, int Height)? Read(IDiskFile file, FileType type)
    {
        Span<byte> head = stackalloc byte[30];
        head = head[..file.Read(0, head)];
        if (type == FileType.Png)
            return head.Length >= 24 && head[12..].StartsWith("IHDR"u8) ? Big(BinaryPrimitives.ReadUInt32BigEndian(head[16..]), BinaryPrimitives.ReadUInt32BigEndian(head[20..])) : null;
        if (type == FileType.Gif)
            return head.Length >= 10 ? (BinaryPrimitives.ReadUInt16LittleEndian(head[6..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..])) : null;
        if (type == FileType.WebP)
            return head.Length == 30 ? OfWebP(head) : null;
        return type == FileType.Jpeg ? OfJpeg(file) : null;
    }

    // The first chunk tells, at byte 12; its data begins at byte 20.
    //   "VP8 "  3 bytes of frame tag, 9D 01 2A, then 14 bits of width and of height, 16 bits each (RFC 6386 §9.1)
    //   "VP8L"  2F, then 14 bits of width − 1 and 14 bits of height − 1
    //   "VP8X"  4 bytes of flags, then 24 bits of width − 1 and of height − 1
    static (int, int)? OfWebP(ReadOnlySpan<byte> head)
    {
        const int size14 = (1 << 14) - 1;
        var chunk = head[12..16];
        if (chunk.SequenceEqual("VP8 "u8))
            return head[23..26].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A])
                ? (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) & size14, BinaryPrimitives.ReadUInt16LittleEndian(head[28..]) & size14) : null;
        if (chunk.SequenceEqual("VP8L"u8))
        {
            var bits = (int)(BinaryPrimitives.ReadUInt32LittleEndian(head[21..]) & 0x0FFF_FFFF);
            return head[20] == 0x2F ? ((bits & size14) + 1, (bits >> 14) + 1) : null;
        }
        return chunk.SequenceEqual("VP8X"u8) ? ((head[24] | head[25] << 8 | head[26] << 16) + 1, (head[27] | head[28] << 8 | head[29] << 16) + 1) : null;
    }

    // Segments: FF, a marker, then (but for a few markers) 16 bits of length that count themselves. The frame header (C0–CF but C4, C8, CC) has
    // 8 bits of precision, 16 of height, 16 of width.
    static (int, int)? OfJpeg(IDiskFile file)
    {
        const byte startOfScan = 0xDA, endOfImage = 0xD9;
        Span<byte> segment = stackalloc byte[9];
        long at = 2;
        for (var count = 0; count < SegmentsMax; count++)
        {
            if (file.Read(at, segment) < segment.Length || segment[0] != 0xFF)
                return null;
            var marker = segment[1];
            // Any number of FF may fill the space before a marker.
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            if (marker is startOfScan or endOfImage)
                return null;
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]));
            at += marker is 0x01 or (>= 0xD0 and <= 0xD7) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(segment[2..]);
        }
        return null;
    }

    static (int, int)? Big(uint width, uint height) => width <= int.MaxValue && height <= int.MaxValue ? ((int)width, (int)height) : null;
}
