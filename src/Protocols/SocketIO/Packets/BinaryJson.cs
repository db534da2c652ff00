using System.Text.Json;
using System.Text.Json.Serialization;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>
/// Bytes in JSON: a placeholder stands where they were and they follow as attachments. The converters find the attachments of the packet at hand on their thread, since a serializer has no other way to
/// tell a converter what it is for; a packet is written or read without leaving the thread.
/// </summary>
static class BinaryJson
{
    [ThreadStatic] static List<ReadOnlyMemory<byte>>? t_written;
    [ThreadStatic] static ReadOnlyMemory<byte>[]? t_read;

    static ReadOnlySpan<byte> Placeholder => "_placeholder"u8;

    static ReadOnlySpan<byte> Num => "num"u8;

    /// <summary>A copy of the application's settings that knows bytes.</summary>
    public static JsonSerializerOptions With(JsonSerializerOptions options)
    {
        JsonSerializerOptions copy = new(options);
        copy.Converters.Insert(0, new BytesConverter());
        copy.Converters.Insert(0, new MemoryConverter());
        copy.Converters.Insert(0, new ForwardedConverter());
        copy.MakeReadOnly(populateMissingResolver: true);
        return copy;
    }

    /// <summary>Writes one argument; its bytes are added to the attachments.</summary>
    public static void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions options, List<ReadOnlyMemory<byte>> attachments)
    {
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }
        var before = t_written;
        t_written = attachments;
        try
        {
            JsonSerializer.Serialize(writer, value, value.GetType(), options);
        }
        finally
        {
            t_written = before;
        }
    }

    /// <summary>Reads one argument as a type.</summary>
    /// <exception cref="JsonException">It cannot be read so.</exception>
    public static T? Read<T>(JsonElement element, JsonSerializerOptions options, ReadOnlyMemory<byte>[] attachments)
    {
        var before = t_read;
        t_read = attachments;
        try
        {
            return element.Deserialize<T>(options);
        }
        finally
        {
            t_read = before;
        }
    }

    /// <summary>Is it a placeholder, and whose?</summary>
    public static bool IsPlaceholder(JsonElement element, out int number)
    {
        number = -1;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(Placeholder, out var mark) && mark.ValueKind == JsonValueKind.True
            && element.TryGetProperty(Num, out var num) && num.ValueKind == JsonValueKind.Number && num.TryGetInt32(out number);
    }

    /// <summary>Do all placeholders below an element name attachments that there are? A client's that do not are a protocol error.</summary>
    public static bool PlaceholdersAreIn(JsonElement element, int count) => element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().All(item => PlaceholdersAreIn(item, count)),
        JsonValueKind.Object when element.TryGetProperty(Placeholder, out var mark) && mark.ValueKind == JsonValueKind.True => IsPlaceholder(element, out var number) && number >= 0 && number < count,
        JsonValueKind.Object => element.EnumerateObject().All(property => PlaceholdersAreIn(property.Value, count)),
        _ => true,
    };

    static void WritePlaceholder(Utf8JsonWriter writer, ReadOnlyMemory<byte> bytes)
    {
        var attachments = t_written ?? throw new InvalidOperationException("Bytes become attachments only inside a packet.");
        writer.WriteStartObject();
        writer.WriteBoolean(Placeholder, true);
        writer.WriteNumber(Num, attachments.Count);
        writer.WriteEndObject();
        attachments.Add(bytes);
    }

    static ReadOnlyMemory<byte> ReadBytes(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String) return reader.GetBytesFromBase64();
        var element = JsonElement.ParseValue(ref reader);
        if (IsPlaceholder(element, out var number) && t_read is { } attachments && number >= 0 && number < attachments.Length) return attachments[number];
        throw new JsonException("Bytes were expected: a binary attachment or base64.");
    }

    sealed class BytesConverter : JsonConverter<byte[]>
    {
        public override byte[]? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadBytes(ref reader).ToArray();

        public override void Write(Utf8JsonWriter writer, byte[] value, JsonSerializerOptions options) => WritePlaceholder(writer, value);
    }

    sealed class MemoryConverter : JsonConverter<ReadOnlyMemory<byte>>
    {
        public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadBytes(ref reader);

        public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) => WritePlaceholder(writer, value);
    }

    /// <summary>A received argument that is sent on: its placeholders are numbered anew.</summary>
    internal sealed record Forwarded(JsonElement Element, ReadOnlyMemory<byte>[] Attachments);

    sealed class ForwardedConverter : JsonConverter<Forwarded>
    {
        public override Forwarded Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("It is only written.");

        public override void Write(Utf8JsonWriter writer, Forwarded value, JsonSerializerOptions options) => Write(writer, value.Element, value.Attachments);

        static void Write(Utf8JsonWriter writer, JsonElement element, ReadOnlyMemory<byte>[] attachments)
        {
            if (IsPlaceholder(element, out var number))
            {
                WritePlaceholder(writer, attachments[number]);
            }
            else if (element.ValueKind == JsonValueKind.Array)
            {
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray()) Write(writer, item, attachments);
                writer.WriteEndArray();
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, attachments);
                }
                writer.WriteEndObject();
            }
            else
            {
                element.WriteTo(writer);
            }
        }
    }
}
