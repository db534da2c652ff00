using System.Text;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>The packet types of Socket.IO protocol 5, as their digits on the wire.</summary>
enum PacketType : byte
{
    Connect = 0,
    Disconnect = 1,
    Event = 2,
    Ack = 3,
    ConnectError = 4,
    BinaryEvent = 5,
    BinaryAck = 6,
}

/// <summary>What stands before a packet's JSON: <c>type [attachments-] [/namespace,] [ack id]</c>.</summary>
/// <param name="Type">The packet's type.</param>
/// <param name="Attachments">How many binary messages follow; 0 for types without.</param>
/// <param name="Namespace">The namespace, <c>/</c> when none is named; a query behind it is cut off.</param>
/// <param name="AckId">The id to acknowledge, or -1.</param>
/// <param name="Length">Bytes of the header; the rest is JSON or nothing.</param>
readonly record struct PacketHeader(PacketType Type, int Attachments, string Namespace, long AckId, int Length)
{
    /// <summary>Longer names are refused: each is compared and may be kept.</summary>
    public const int MaxNamespaceBytes = 256;

    // JavaScript counts exactly up to 2^53, which has sixteen digits.
    const int MaxAckDigits = 16;

    /// <summary>Reads a header from text that is valid UTF-8; false when there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, int maxAttachments, out PacketHeader header)
    {
        header = default;
        if (text.IsEmpty || text[0] is < (byte)'0' or > (byte)'6') return false;
        var type = (PacketType)(text[0] - '0');
        var at = 1;

        var attachments = 0;
        if (type is PacketType.BinaryEvent or PacketType.BinaryAck)
        {
            if (!TryReadNumber(text, ref at, 4, out var count) || at == text.Length || text[at] != '-' || count > maxAttachments) return false;
            at++;
            attachments = (int)count;
        }

        var name = "/";
        if (at < text.Length && text[at] == '/')
        {
            var rest = text[at..];
            var comma = rest.IndexOf((byte)',');
            var whole = comma < 0 ? rest : rest[..comma];
            if (whole.Length > MaxNamespaceBytes) return false;
            at += comma < 0 ? whole.Length : whole.Length + 1;
            var query = whole.IndexOf((byte)'?');
            if (query >= 0) whole = whole[..query];
            if (whole.Length > 1) name = Encoding.UTF8.GetString(whole);
        }

        var ackId = -1L;
        if (at < text.Length && char.IsAsciiDigit((char)text[at]) && !TryReadNumber(text, ref at, MaxAckDigits, out ackId)) return false;
        header = new(type, attachments, name, ackId, at);
        return true;
    }

    static bool TryReadNumber(ReadOnlySpan<byte> text, ref int at, int maxDigits, out long number)
    {
        number = 0;
        var start = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at]))
        {
            if (at - start == maxDigits) return false;
            number = number * 10 + (text[at++] - '0');
        }
        return at > start;
    }
}
