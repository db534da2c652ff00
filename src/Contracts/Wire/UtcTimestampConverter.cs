using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MyTradeX.Contracts.Wire;

/// <summary>Instants: written in UTC with milliseconds and <c>Z</c>; read from any ISO 8601 instant that names its offset.</summary>
public sealed class UtcTimestampConverter : JsonConverter<DateTimeOffset>
{
    /// <summary>ISO 8601, UTC, milliseconds: what JavaScript's <c>toISOString</c> writes.</summary>
    public const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // Length of 2024-01-15T10:30:00.000.
    const int Milliseconds = 23;

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var instant))
            return instant;
        throw new JsonException("must be an ISO 8601 instant such as 2024-01-15T10:30:00Z");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        // The round-trip format is written several times faster than one of our own; it has four digits more.
        Span<byte> text = stackalloc byte[32];
        value.UtcDateTime.TryFormat(text, out _, "O", CultureInfo.InvariantCulture);
        text[Milliseconds] = (byte)'Z';
        writer.WriteStringValue(text[..(Milliseconds + 1)]);
    }

    /// <summary>Reads an instant from text; a date alone is its first moment in UTC.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant)
        && text!.Length >= 10 && text[4] == '-';
}
