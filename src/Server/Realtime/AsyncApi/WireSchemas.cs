using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using MyTradeX.Contracts.Trading;

namespace MyTradeX.Server.Realtime;

/// <summary>JSON schemas of wire records, gathered under their names.</summary>
/// <param name="options">How the OpenAPI documents see records.</param>
internal sealed class WireSchemas(JsonSerializerOptions options)
{
    static readonly JsonSchemaExporterOptions Exporting = new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Transform };

    /// <summary>All that were asked for.</summary>
    public JsonObject All { get; } = [];

    /// <summary>A reference to a record's schema; the schema itself where the record has no name.</summary>
    public JsonNode Of(Type type)
    {
        var isNamed = type.Namespace?.StartsWith("MyTradeX.", StringComparison.Ordinal) is true;
        if (isNamed && All.ContainsKey(type.Name))
            return Reference(type.Name);
        var schema = options.GetJsonSchemaAsNode(type, Exporting);
        if (!isNamed)
            return schema;
        All[type.Name] = schema;
        return Reference(type.Name);
    }

    /// <summary>Adds a schema that no record has.</summary>
    public void Add(string name, JsonObject schema) => All[name] = schema;

    /// <summary>Refers to a schema that is there.</summary>
    public static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    // Types with converters of ours, whose JSON the exporter cannot see; as in the OpenAPI documents.
    static JsonNode Transform(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(decimal))
            return new JsonObject { ["type"] = "number" };
        if (type == typeof(DateTimeOffset))
            return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(BookLevelDto))
            return new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "number" }, ["minItems"] = 2, ["maxItems"] = 2, ["description"] = "Price and quantity" };
        // What is absent is left out, never null.
        if (schema is JsonObject { } described && described["type"] is JsonArray types && types.FirstOrDefault(one => (string?)one != "null") is { } only)
            described["type"] = (string?)only;
        if (schema is JsonObject of && of["enum"] is JsonArray values && values.FirstOrDefault(value => value is null) is null)
            values.Remove(null);
        return schema;
    }
}
