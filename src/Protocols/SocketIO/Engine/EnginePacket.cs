using System.Buffers.Text;
using System.Text;
using MyTradeX.Protocols.WebSockets;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>An Engine.IO message encoded once for every transport and any number of connections. Never changes.</summary>
public sealed class EnginePacket
{
    /// <summary>Between packets in one polling payload.</summary>
    internal const byte Separator = 0x1E;

    readonly ReadOnlyMemory<byte>[]? _attachments;
    readonly ReadOnlyMemory<byte> _text;
    byte[]? _polling;

    EnginePacket(WebSocketFrame frame, ReadOnlyMemory<byte> text, ReadOnlyMemory<byte>[]? attachments) => (Frame, _text, _attachments) = (frame, text, attachments);

    /// <summary>A text message.</summary>
    public static EnginePacket Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Raw(WebSocketFrame.Text("4" + text));
    }

    /// <summary>A binary message. As base64 in polling.</summary>
    public static EnginePacket Binary(ReadOnlyMemory<byte> payload) => new(WebSocketFrame.Binary(payload.Span), default, [payload.ToArray()]);

    /// <summary>A packet whose text is complete, its type included.</summary>
    internal static EnginePacket Raw(ReadOnlySpan<byte> text) => Raw(WebSocketFrame.Text(text));

    /// <summary>A text packet and the binary messages that belong to it, which nothing may come between.</summary>
    internal static EnginePacket WithAttachments(ReadOnlySpan<byte> text, ReadOnlyMemory<byte>[] attachments)
    {
        if (attachments.Length == 0) return Raw(text);
        var frames = new WebSocketFrame[1 + attachments.Length];
        frames[0] = WebSocketFrame.Text(text);
        for (var i = 0; i < attachments.Length; i++) frames[i + 1] = WebSocketFrame.Binary(attachments[i].Span);
        return new(WebSocketFrame.Sequence(frames), frames[0].Payload, attachments);
    }

    static EnginePacket Raw(WebSocketFrame frame) => new(frame, frame.Payload, null);

    internal static EnginePacket Ping { get; } = Raw("2"u8);

    internal static EnginePacket Probe { get; } = Raw("3probe"u8);

    internal static EnginePacket Close { get; } = Raw("1"u8);

    internal static EnginePacket Noop { get; } = Raw("6"u8);

    internal WebSocketFrame Frame { get; }

    /// <summary>Bytes it takes on a WebSocket, which is also what it counts for while it waits.</summary>
    public int Length => Frame.Length;

    /// <summary>The packet in a polling payload; binary messages in base64 after the letter b.</summary>
    internal ReadOnlyMemory<byte> Polling => _attachments is null ? _text : _polling ??= EncodePolling();

    byte[] EncodePolling()
    {
        var length = _text.Length;
        foreach (var attachment in _attachments!) length += (length > 0 ? 1 : 0) + 1 + Base64.GetMaxEncodedToUtf8Length(attachment.Length);
        var payload = new byte[length];
        _text.Span.CopyTo(payload);
        var at = _text.Length;
        foreach (var attachment in _attachments)
        {
            if (at > 0) payload[at++] = Separator;
            payload[at++] = (byte)'b';
            Base64.EncodeToUtf8(attachment.Span, payload.AsSpan(at), out _, out var written);
            at += written;
        }
        return payload;
    }

    /// <summary>The packet as it would stand in a polling payload, for the log and the debugger.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Polling.Span).Replace('\u001E', '␞');
}
