using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>Writes packets, each once for however many sockets get it.</summary>
sealed class PacketEncoder(JsonSerializerOptions json)
{
    [ThreadStatic] static ArrayBufferWriter<byte>? t_json;
    [ThreadStatic] static ArrayBufferWriter<byte>? t_text;

    // What goes over the wire is not put into HTML by us; without it every quote and umlaut would grow to six bytes.
    readonly JsonWriterOptions _writerOptions = new() { Encoder = json.Encoder ?? JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public JsonSerializerOptions Json { get; } = json;

    /// <summary>An event: its name, its arguments, and at the end the place from which a client that was cut asks for more.</summary>
    public EnginePacket Event(string ns, string name, ReadOnlySpan<object?> arguments, long ackId = -1, string? offset = null) =>
        Array(ns, PacketType.Event, PacketType.BinaryEvent, name, arguments, ackId, offset);

    /// <summary>An event whose one argument is JSON already.</summary>
    public EnginePacket Event(string ns, string name, ReadOnlySpan<byte> utf8Json)
    {
        var body = Take(ref t_json);
        try
        {
            using (Utf8JsonWriter writer = new(body, _writerOptions))
            {
                writer.WriteStartArray();
                writer.WriteStringValue(name);
                writer.WriteRawValue(utf8Json, skipInputValidation: true);
                writer.WriteEndArray();
            }
            return Compose(PacketType.Event, 0, ns, -1, body.WrittenSpan, []);
        }
        finally
        {
            Return(ref t_json, body);
        }
    }

    public EnginePacket Ack(string ns, long ackId, ReadOnlySpan<object?> arguments) => Array(ns, PacketType.Ack, PacketType.BinaryAck, null, arguments, ackId, null);

    public static EnginePacket Disconnect(string ns) => Compose(PacketType.Disconnect, 0, ns, -1, [], []);

    /// <summary>Tells a socket its id and, where sessions are kept, the secret by which it may have its own again.</summary>
    public EnginePacket Connect(string ns, string id, string? privateId) => Object(PacketType.Connect, ns, writer =>
    {
        writer.WriteString("sid"u8, id);
        if (privateId is not null) writer.WriteString("pid"u8, privateId);
    });

    public EnginePacket ConnectError(string ns, ConnectRefusal refusal) => Object(PacketType.ConnectError, ns, writer =>
    {
        writer.WriteString("message"u8, refusal.Message);
        if (refusal.Data is null) return;
        writer.WritePropertyName("data"u8);
        JsonSerializer.Serialize(writer, refusal.Data, refusal.Data.GetType(), Json);
    });

    EnginePacket Object(PacketType type, string ns, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> body = new();
        using (Utf8JsonWriter writer = new(body, _writerOptions))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Compose(type, 0, ns, -1, body.WrittenSpan, []);
    }

    EnginePacket Array(string ns, PacketType plain, PacketType binary, string? name, ReadOnlySpan<object?> arguments, long ackId, string? offset)
    {
        var body = Take(ref t_json);
        try
        {
            List<ReadOnlyMemory<byte>> attachments = [];
            using (Utf8JsonWriter writer = new(body, _writerOptions))
            {
                writer.WriteStartArray();
                if (name is not null) writer.WriteStringValue(name);
                foreach (var argument in arguments) BinaryJson.Write(writer, argument, Json, attachments);
                if (offset is not null) writer.WriteStringValue(offset);
                writer.WriteEndArray();
            }
            return Compose(attachments.Count > 0 ? binary : plain, attachments.Count, ns, ackId, body.WrittenSpan, attachments.Count > 0 ? [.. attachments] : []);
        }
        finally
        {
            Return(ref t_json, body);
        }
    }

    static EnginePacket Compose(PacketType type, int attachmentCount, string ns, long ackId, ReadOnlySpan<byte> body, ReadOnlyMemory<byte>[] attachments)
    {
        var text = Take(ref t_text);
        try
        {
            text.Write([(byte)'4', (byte)('0' + (byte)type)]);
            if (attachmentCount > 0) WriteNumber(text, attachmentCount, "-"u8);
            if (ns != "/")
            {
                Encoding.UTF8.GetBytes(ns, text);
                text.Write(","u8);
            }
            if (ackId >= 0) WriteNumber(text, ackId, []);
            text.Write(body);
            return EnginePacket.WithAttachments(text.WrittenSpan, attachments);
        }
        finally
        {
            Return(ref t_text, text);
        }
    }

    static void WriteNumber(ArrayBufferWriter<byte> text, long number, ReadOnlySpan<byte> after)
    {
        number.TryFormat(text.GetSpan(20), out var written);
        text.Advance(written);
        text.Write(after);
    }

    static ArrayBufferWriter<byte> Take(ref ArrayBufferWriter<byte>? kept)
    {
        var writer = kept ?? new(512);
        kept = null;
        return writer;
    }

    static void Return(ref ArrayBufferWriter<byte>? kept, ArrayBufferWriter<byte> writer)
    {
        // A buffer that one huge packet has blown up is not kept on the thread for good.
        if (writer.Capacity > 256 * 1024) return;
        writer.ResetWrittenCount();
        kept = writer;
    }
}
