using System.Buffers.Binary;

namespace MyTradeX.WebSockets.Tests;

/// <summary>Frames as a client sends them, right or wrong.</summary>
static class ClientFrames
{
    public const byte Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    public static byte[] Frame(byte opcode, ReadOnlySpan<byte> payload, bool final = true, uint mask = 0x11223344, byte rsv = 0)
    {
        List<byte> frame = [(byte)((final ? 0x80 : 0) | rsv << 4 | opcode)];
        Span<byte> length = stackalloc byte[8];
        if (payload.Length <= 125)
        {
            frame.Add((byte)(0x80 | payload.Length));
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            frame.Add(0x80 | 126);
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)payload.Length);
            frame.AddRange(length[..2]);
        }
        else
        {
            frame.Add(0x80 | 127);
            BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)payload.Length);
            frame.AddRange(length);
        }
        byte[] key = [(byte)(mask >> 24), (byte)(mask >> 16), (byte)(mask >> 8), (byte)mask];
        frame.AddRange(key);
        for (var i = 0; i < payload.Length; i++) frame.Add((byte)(payload[i] ^ key[i % 4]));
        return [.. frame];
    }

    public static byte[] CloseFrame(int code, string reason = "") => Frame(Close, [(byte)(code >> 8), (byte)code, .. System.Text.Encoding.UTF8.GetBytes(reason)]);
}
