using System.Buffers.Binary;
using System.Text;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>
/// A message framed for the wire, once: header and payload in one block that never changes and may be sent to any number of connections at the same time.
/// A server's frames are not masked, so every connection gets the same bytes.
/// </summary>
public sealed class WebSocketFrame
{
    const byte Fin = 0x80;

    readonly byte[] _bytes;
    readonly int _headerLength;

    WebSocketFrame(byte opcode, ReadOnlySpan<byte> payload)
    {
        _headerLength = HeaderLength(payload.Length);
        _bytes = GC.AllocateUninitializedArray<byte>(_headerLength + payload.Length);
        WriteHeader(_bytes, opcode, payload.Length);
        payload.CopyTo(_bytes.AsSpan(_headerLength));
    }

    WebSocketFrame(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        _headerLength = HeaderLength(length);
        _bytes = GC.AllocateUninitializedArray<byte>(_headerLength + length);
        WriteHeader(_bytes, Opcode.Text, length);
        Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_headerLength));
    }

    WebSocketFrame(byte[] bytes, int headerLength) => (_bytes, _headerLength) = (bytes, headerLength);

    /// <summary>A text message.</summary>
    /// <param name="utf8">Its UTF-8 bytes; not checked, since the peer does.</param>
    public static WebSocketFrame Text(ReadOnlySpan<byte> utf8) => new(Opcode.Text, utf8);

    /// <summary>A text message.</summary>
    public static WebSocketFrame Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new(text);
    }

    /// <summary>A binary message.</summary>
    public static WebSocketFrame Binary(ReadOnlySpan<byte> payload) => new(Opcode.Binary, payload);

    /// <summary>Several messages in one block: whatever else is sent at the same time, nothing comes between them. <see cref="IsText"/> and <see cref="Payload"/> are those of the first message and all that follows it.</summary>
    public static WebSocketFrame Sequence(params ReadOnlySpan<WebSocketFrame> messages)
    {
        if (messages.IsEmpty) throw new ArgumentException("A sequence has one message at least.", nameof(messages));
        var length = 0;
        foreach (var message in messages) length += message.Length;
        var bytes = GC.AllocateUninitializedArray<byte>(length);
        var at = 0;
        foreach (var message in messages)
        {
            message._bytes.CopyTo(bytes, at);
            at += message.Length;
        }
        return new(bytes, messages[0]._headerLength);
    }

    internal static WebSocketFrame Ping { get; } = new(Opcode.Ping, []);

    internal static WebSocketFrame Pong(ReadOnlySpan<byte> payload) => new(Opcode.Pong, payload);

    internal static WebSocketFrame Close(WebSocketCloseCode code, string reason)
    {
        if (code == WebSocketCloseCode.NoStatus) return new(Opcode.Close, []);
        // A control frame carries 125 bytes at most: two for the code, the rest for words, cut between characters.
        Span<byte> payload = stackalloc byte[125];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        System.Text.Unicode.Utf8.FromUtf16(reason, payload[2..], out _, out var written);
        return new(Opcode.Close, payload[..(2 + written)]);
    }

    /// <summary>True for a text message, false for a binary one.</summary>
    public bool IsText => (_bytes[0] & 0x0F) == Opcode.Text;

    /// <summary>Bytes on the wire, header included.</summary>
    public int Length => _bytes.Length;

    /// <summary>The message without its header.</summary>
    public ReadOnlyMemory<byte> Payload => _bytes.AsMemory(_headerLength);

    internal ReadOnlyMemory<byte> Bytes => _bytes;

    static int HeaderLength(int length) => length switch { <= 125 => 2, <= ushort.MaxValue => 4, _ => 10 };

    static void WriteHeader(Span<byte> frame, byte opcode, int length)
    {
        frame[0] = (byte)(Fin | opcode);
        switch (HeaderLength(length))
        {
            case 2:
                frame[1] = (byte)length;
                break;
            case 4:
                frame[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)length);
                break;
            default:
                frame[1] = 127;
                BinaryPrimitives.WriteUInt64BigEndian(frame[2..], (ulong)length);
                break;
        }
    }
}

/// <summary>The opcodes of RFC 6455 §5.2; the others are reserved.</summary>
static class Opcode
{
    public const byte Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;
}
