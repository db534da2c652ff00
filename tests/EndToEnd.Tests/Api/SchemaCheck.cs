using System.Text.Json;
using System.Text.Json.Nodes;

namespace MyTradeX.EndToEnd.Tests.Api;

/// <summary>Holds an answer against its schema in the document; a member that the schema does not know is a fault too.</summary>
public static class SchemaCheck
{
    /// <summary>The first difference, as a sentence, or null.</summary>
    public static string? FirstFault(this ApiDocument document, JsonObject schema, JsonNode? value, string at = "$")
    {
        schema = document.Resolve(schema);
        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
            return choices.Any(choice => document.FirstFault(choice!.AsObject(), value, at) is null) ? null : $"{at} fits none of the schema's forms: {Shown(value)}";
        if (schema["type"] is { } type && !TypesOf(type).Any(allowed => Is(value, allowed)))
            return $"{at} is not {type.ToJsonString()}: {Shown(value)}";
        if (value is not null && schema["enum"] is JsonArray allowedValues && !allowedValues.Any(allowed => JsonNode.DeepEquals(allowed, value)))
            return $"{at} is none of {allowedValues.ToJsonString()}: {Shown(value)}";
        return value switch
        {
            JsonObject members => document.FirstFault(schema, members, at),
            JsonArray items when schema["items"] is JsonObject ofItems =>
                items.Select((item, index) => document.FirstFault(ofItems, item, $"{at}[{index}]")).FirstOrDefault(fault => fault is not null),
            _ => null,
        };
    }

    static string? FirstFault(this ApiDocument document, JsonObject schema, JsonObject members, string at)
    {
        if (schema["properties"] is not JsonObject properties && schema["additionalProperties"] is null) return null;
        properties = schema["properties"] as JsonObject ?? [];
        foreach (var required in schema["required"] as JsonArray ?? [])
            if (!members.ContainsKey(required!.GetValue<string>())) return $"{at} lacks {required}";
        foreach (var (name, value) in members)
        {
            var ofMember = properties[name] as JsonObject ?? schema["additionalProperties"] as JsonObject;
            if (ofMember is null) return $"{at}.{name} is not in the schema";
            if (document.FirstFault(ofMember, value, $"{at}.{name}") is { } fault) return fault;
        }
        return null;
    }

    static IEnumerable<string> TypesOf(JsonNode type) =>
        type is JsonArray several ? several.Select(one => one!.GetValue<string>()) : [type.GetValue<string>()];

    static bool Is(JsonNode? value, string type) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("null", JsonValueKind.Null) or ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => !value!.ToJsonString().Contains('.'),
        _ => false,
    };

    static string Shown(JsonNode? value) => value?.ToJsonString() is { } text ? text[..Math.Min(text.Length, 200)] : "null";
}
