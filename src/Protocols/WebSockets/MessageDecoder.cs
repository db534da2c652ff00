using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>What the decoder found in the bytes it was given.</summary>
enum DecodeStatus
{
    /// <summary>Nothing whole yet; bytes that were not consumed are to be given again with those that follow.</summary>
    NeedMore,
    Text,
    Binary,
    Ping,
    Pong,
    Close,
    /// <summary>The peer broke the protocol; nothing more is decoded.</summary>
    Invalid,
}

/// <summary>
/// Reads a client's frames as strictly as RFC 6455 is written, with no I/O. A message that lies whole in the input is handed out where it lies; one that comes in pieces is put together in a
/// rented buffer that grows with what has arrived, never with what a header promises.
/// </summary>
sealed class MessageDecoder(int maxMessageBytes)
{
    /// <summary>A control frame and the longest header fit in this; a read buffer must be no smaller.</summary>
    public const int MinBuffer = 14 + 125;

    const int MaskLength = 4;

    byte[]? _assembly;
    int _assembled;
    int _validated;
    byte _messageOpcode;
    bool _inMessage;
    bool _inFrame;
    bool _isFinal;
    uint _mask;
    int _remaining;
    bool _isHandedOut;
    bool _isBroken;

    /// <summary>The message or the control frame's payload; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>What was wrong, when something was.</summary>
    public WebSocketCloseCode ErrorCode { get; private set; }

    /// <summary>What was wrong, in words for the close frame.</summary>
    public string ErrorReason { get; private set; } = "";

    /// <summary>True when no message has begun that is not whole yet.</summary>
    public bool IsIdle => !_inMessage && !_inFrame;

    /// <summary>Decodes up to the next message or control frame.</summary>
    /// <param name="input">Bytes from the peer; they are unmasked in place.</param>
    /// <param name="consumed">How many were used.</param>
    public DecodeStatus Decode(Memory<byte> input, out int consumed)
    {
        if (_isBroken) throw new InvalidOperationException("The peer broke the protocol; nothing more can be decoded.");
        ReleaseHandedOut();
        consumed = 0;
        while (true)
        {
            if (!_inFrame)
            {
                var status = ReadHeader(input[consumed..], out var used);
                consumed += used;
                if (status != DecodeStatus.NeedMore || !_inFrame) return status;
            }

            var available = input[consumed..];
            var take = Math.Min(available.Length, _remaining);
            var chunk = available[..take];
            Unmask(chunk.Span, _mask);
            consumed += take;
            _remaining -= take;
            var isWhole = _remaining == 0 && _isFinal;

            if (isWhole && _assembled == 0)
            {
                EndMessage();
                if (_messageOpcode == Opcode.Text && !Utf8.IsValid(chunk.Span)) return Fail(WebSocketCloseCode.InvalidPayload, "text is not UTF-8");
                Payload = chunk;
                return KindOfMessage();
            }

            if (take > 0)
            {
                Append(chunk.Span);
                // A mask byte belongs to its place in the frame; the next chunk begins where this one ended.
                _mask = BitConverter.IsLittleEndian ? uint.RotateRight(_mask, 8 * (take % MaskLength)) : uint.RotateLeft(_mask, 8 * (take % MaskLength));
                if (_messageOpcode == Opcode.Text && !TextIsValidSoFar(isWhole)) return Fail(WebSocketCloseCode.InvalidPayload, "text is not UTF-8");
            }
            else if (isWhole && _messageOpcode == Opcode.Text && !TextIsValidSoFar(isWhole))
            {
                return Fail(WebSocketCloseCode.InvalidPayload, "text is not UTF-8");
            }
            if (_remaining > 0) return DecodeStatus.NeedMore;

            _inFrame = false;
            if (!isWhole) continue;
            EndMessage();
            Payload = _assembly.AsMemory(0, _assembled);
            _isHandedOut = true;
            return KindOfMessage();
        }
    }

    /// <summary>Lets go of the last message's bytes, which are about to be someone else's.</summary>
    public void Forget()
    {
        Payload = default;
        ReleaseHandedOut();
    }

    /// <summary>Gives the rented buffer back; the decoder must not be used after it.</summary>
    public void Release()
    {
        _isHandedOut = true;
        ReleaseHandedOut();
    }

    /// <summary>Comes back with <see cref="DecodeStatus.NeedMore"/> and <c>_inFrame</c> set when a data frame's payload follows.</summary>
    DecodeStatus ReadHeader(Memory<byte> memory, out int used)
    {
        used = 0;
        var input = memory.Span;
        if (input.Length < 2) return DecodeStatus.NeedMore;
        if ((input[0] & 0x70) != 0) return Fail(WebSocketCloseCode.ProtocolError, "reserved bits are set");
        var opcode = (byte)(input[0] & 0x0F);
        if (opcode is > Opcode.Binary and < Opcode.Close or > Opcode.Pong) return Fail(WebSocketCloseCode.ProtocolError, "reserved opcode");
        if ((input[1] & 0x80) == 0) return Fail(WebSocketCloseCode.ProtocolError, "frame is not masked");
        var isFinal = (input[0] & 0x80) != 0;
        var isControl = opcode >= Opcode.Close;
        var shortLength = input[1] & 0x7F;
        if (isControl)
        {
            if (!isFinal) return Fail(WebSocketCloseCode.ProtocolError, "control frame in fragments");
            if (shortLength > 125) return Fail(WebSocketCloseCode.ProtocolError, "control frame longer than 125 bytes");
        }
        else if (opcode == Opcode.Continuation != _inMessage)
        {
            return Fail(WebSocketCloseCode.ProtocolError, _inMessage ? "new message inside a fragmented one" : "continuation without a beginning");
        }

        var lengthBytes = shortLength switch { 126 => 2, 127 => 8, _ => 0 };
        if (input.Length < 2 + lengthBytes) return DecodeStatus.NeedMore;
        ulong length = (uint)shortLength;
        if (lengthBytes == 2)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(input[2..]);
            if (length < 126) return Fail(WebSocketCloseCode.ProtocolError, "length is not in its shortest form");
        }
        else if (lengthBytes == 8)
        {
            length = BinaryPrimitives.ReadUInt64BigEndian(input[2..]);
            if (length > long.MaxValue) return Fail(WebSocketCloseCode.ProtocolError, "length has its top bit set");
            if (length <= ushort.MaxValue) return Fail(WebSocketCloseCode.ProtocolError, "length is not in its shortest form");
        }
        if (!isControl && length > (ulong)(maxMessageBytes - _assembled)) return Fail(WebSocketCloseCode.MessageTooBig, $"message longer than {maxMessageBytes} bytes");

        var headerLength = 2 + lengthBytes + MaskLength;
        if (input.Length < headerLength) return DecodeStatus.NeedMore;
        var mask = MemoryMarshal.Read<uint>(input[(2 + lengthBytes)..]);
        if (isControl) return ReadControl(opcode, memory[headerLength..], (int)length, mask, headerLength, out used);

        used = headerLength;
        if (opcode != Opcode.Continuation) _messageOpcode = opcode;
        _inMessage = true;
        _inFrame = true;
        _isFinal = isFinal;
        _mask = mask;
        _remaining = (int)length;
        return DecodeStatus.NeedMore;
    }

    DecodeStatus ReadControl(byte opcode, Memory<byte> rest, int length, uint mask, int headerLength, out int used)
    {
        used = 0;
        if (rest.Length < length) return DecodeStatus.NeedMore;
        used = headerLength + length;
        var payload = rest[..length];
        Unmask(payload.Span, mask);
        Payload = payload;
        if (opcode == Opcode.Ping) return DecodeStatus.Ping;
        if (opcode == Opcode.Pong) return DecodeStatus.Pong;
        if (length == 1) return Fail(WebSocketCloseCode.ProtocolError, "close code of one byte");
        if (length >= 2)
        {
            if (!CloseCodes.IsSendable(BinaryPrimitives.ReadUInt16BigEndian(payload.Span))) return Fail(WebSocketCloseCode.ProtocolError, "close code is not allowed");
            if (!Utf8.IsValid(payload.Span[2..])) return Fail(WebSocketCloseCode.InvalidPayload, "close reason is not UTF-8");
        }
        return DecodeStatus.Close;
    }

    DecodeStatus KindOfMessage() => _messageOpcode == Opcode.Text ? DecodeStatus.Text : DecodeStatus.Binary;

    void EndMessage()
    {
        _inFrame = false;
        _inMessage = false;
    }

    void Append(ReadOnlySpan<byte> chunk)
    {
        if (_assembly is null || _assembly.Length - _assembled < chunk.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_assembled + chunk.Length, Math.Min(2 * _assembled, maxMessageBytes)));
            if (_assembly is not null)
            {
                _assembly.AsSpan(0, _assembled).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_assembly);
            }
            _assembly = larger;
        }
        chunk.CopyTo(_assembly.AsSpan(_assembled));
        _assembled += chunk.Length;
    }

    /// <summary>Checks what has not been checked; a character cut by the end of a chunk is left for the next one. So wrong text is refused when its first wrong byte comes, not at the end of the message.</summary>
    bool TextIsValidSoFar(bool isWhole)
    {
        var rest = _assembly.AsSpan(_validated, _assembled - _validated);
        if (isWhole) return Utf8.IsValid(rest);
        var cut = rest.Length;
        // The last character begins at most three bytes back, at a byte that is no continuation (10xxxxxx).
        for (var back = 1; back <= Math.Min(3, rest.Length); back++)
        {
            var candidate = rest[^back];
            if ((candidate & 0xC0) == 0x80) continue;
            if (candidate >= 0xC0 && Rune.DecodeFromUtf8(rest[^back..], out _, out _) == OperationStatus.NeedMoreData) cut = rest.Length - back;
            break;
        }
        if (!Utf8.IsValid(rest[..cut])) return false;
        _validated += cut;
        return true;
    }

    DecodeStatus Fail(WebSocketCloseCode code, string reason)
    {
        _isBroken = true;
        ErrorCode = code;
        ErrorReason = reason;
        return DecodeStatus.Invalid;
    }

    void ReleaseHandedOut()
    {
        if (!_isHandedOut) return;
        _isHandedOut = false;
        _assembled = 0;
        _validated = 0;
        if (_assembly is null) return;
        ArrayPool<byte>.Shared.Return(_assembly);
        _assembly = null;
    }

    static void Unmask(Span<byte> payload, uint mask)
    {
        if (mask == 0) return;
        var words = MemoryMarshal.Cast<byte, ulong>(payload);
        var wide = (ulong)mask << 32 | mask;
        for (var i = 0; i < words.Length; i++) words[i] ^= wide;
        for (var i = words.Length * sizeof(ulong); i < payload.Length; i++)
        {
            var shift = 8 * (i % MaskLength);
            payload[i] ^= (byte)(BitConverter.IsLittleEndian ? mask >> shift : mask >> (24 - shift));
        }
    }
}
