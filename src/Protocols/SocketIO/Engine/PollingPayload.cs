using System.Buffers.Text;
using System.Text.Unicode;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>Takes the packets of a polling request's body one after the other.</summary>
struct PollingPayload(ReadOnlyMemory<byte> body)
{
    ReadOnlyMemory<byte> _rest = body;
    bool _hasMore = true;

    /// <summary>The body as a whole: something, and UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> body) => body.Length > 0 && Utf8.IsValid(body);

    /// <summary>The next packet: text with its type, or a decoded binary message.</summary>
    /// <returns>False at the end.</returns>
    public bool TryRead(out ReadOnlyMemory<byte> packet, out bool isBinary, out bool isValid)
    {
        (packet, isBinary, isValid) = (default, false, true);
        if (!_hasMore) return false;
        var length = _rest.Span.IndexOf(EnginePacket.Separator);
        _hasMore = length >= 0;
        packet = _hasMore ? _rest[..length] : _rest;
        if (_hasMore) _rest = _rest[(length + 1)..];
        if (packet.IsEmpty)
        {
            isValid = false;
        }
        else if (packet.Span[0] == 'b')
        {
            isBinary = true;
            var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(packet.Length - 1)];
            isValid = Base64.DecodeFromUtf8(packet.Span[1..], bytes, out _, out var written) == System.Buffers.OperationStatus.Done;
            packet = bytes.AsMemory(0, written);
        }
        return true;
    }
}
