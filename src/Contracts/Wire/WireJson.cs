using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MyTradeX.Contracts.Trading;

namespace MyTradeX.Contracts.Wire;

/// <summary>How wire records become JSON and back, for server and clients alike.</summary>
public static class WireJson
{
    /// <summary>Deepest nesting read; nothing on this wire nests deeper than a handful.</summary>
    public const int DepthMax = 32;

    /// <summary>
    /// camelCase names, enums as wire strings, exact decimals, instants in UTC, absent instead of null.
    /// Unknown members are ignored; a member given twice is refused. Read-only.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.AllowReadingFromString,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            AllowDuplicateProperties = false,
            MaxDepth = DepthMax,
            // JSON is served as application/json with nosniff, never inside HTML, so names and prose stay readable.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(WireJsonContext.Default, new DefaultJsonTypeInfoResolver()),
            Converters =
            {
                new JsonStringEnumConverter<TransferStatus>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false),
                new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false),
                new ExactDecimalConverter(),
                new UtcTimestampConverter(),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}
