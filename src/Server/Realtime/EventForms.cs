using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Server.Realtime;

/// <summary>How one kind of door writes an event.</summary>
internal sealed record EventForm<TForm>(int Index, Func<RealtimeEvent, TForm> Make) where TForm : class;

/// <summary>The forms in which events leave.</summary>
internal static class EventForms
{
    /// <summary>How many forms there are.</summary>
    public const int Count = 4;

    static readonly JsonEncodedText
        Type = JsonEncodedText.Encode("type"), Topic = JsonEncodedText.Encode("topic"), FirstSequence = JsonEncodedText.Encode("firstSequence"),
        Sequence = JsonEncodedText.Encode("sequence"), Cursor = JsonEncodedText.Encode("cursor"), Timestamp = JsonEncodedText.Encode("timestamp"), Payload = JsonEncodedText.Encode("payload");

    /// <summary>One JSON object that says everything: <c>{"type","topic","firstSequence","sequence","cursor","timestamp","payload"}</c>. WebSocket, long polling and the stream's data.</summary>
    public static EventForm<byte[]> Json { get; } = new(0, ToJson);

    /// <summary>A block of a <c>text/event-stream</c>.</summary>
    public static EventForm<byte[]> ServerSent { get; } = new(1, ToServerSent);

    static byte[] ToJson(RealtimeEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>(e.Data.Length + 192);
        using var writer = new Utf8JsonWriter(buffer, new() { Encoder = WireJson.Options.Encoder, SkipValidation = true });
        writer.WriteStartObject();
        writer.WriteString(Type, e.Name);
        if (e.Topic.Length > 0)
        {
            writer.WriteString(Topic, e.Topic);
            if (e.FirstSequence != e.Sequence)
                writer.WriteNumber(FirstSequence, e.FirstSequence);
            writer.WriteNumber(Sequence, e.Sequence);
        }
        // What is said in a room is not kept, so there is nothing to resume.
        if (e.Id != 0)
            writer.WriteString(Cursor, CursorOf(e));
        writer.WritePropertyName(Timestamp);
        JsonSerializer.Serialize(writer, e.Time, WireJson.Options);
        writer.WritePropertyName(Payload);
        writer.WriteRawValue(e.Data.Span, skipInputValidation: true);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    // JSON has no bare line break, so one data line carries it.
    static byte[] ToServerSent(RealtimeEvent e)
    {
        var head = Encoding.UTF8.GetBytes($"id: {CursorOf(e)}\nevent: {e.Name}\ndata: ");
        return [.. head, .. e.As(Json), (byte)'\n', (byte)'\n'];
    }

    /// <summary>What a client sends to go on after an event.</summary>
    public static string CursorOf(RealtimeEvent e) => e.Id.ToString(CultureInfo.InvariantCulture);
}
