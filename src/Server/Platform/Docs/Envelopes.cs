using Microsoft.OpenApi;
using MyTradeX.Contracts;

namespace MyTradeX.Server.Platform.Docs;

/// <summary>The schemas of what stands around data and refusals.</summary>
internal static class Envelopes
{
    public const string ErrorName = "ErrorEnvelope", ProblemName = "Problem", PaginationName = "Pagination", LinksName = "Links", DetailsName = "ErrorDetails";

    /// <summary>The version's envelope around a payload.</summary>
    public static OpenApiSchema Around(IOpenApiSchema? data, bool isList, int version, OpenApiDocument document)
    {
        var about = new Dictionary<string, IOpenApiSchema>();
        if (data is null)
            about["message"] = Text("A sentence for people");
        if (isList)
            about["pagination"] = new OpenApiSchemaReference(PaginationName, document);
        about["timestamp"] = Instant();
        about["requestId"] = Text("Quote it when asking about this request");

        var properties = new Dictionary<string, IOpenApiSchema>();
        if (data is not null)
            properties["data"] = data;
        properties["links"] = new OpenApiSchemaReference(LinksName, document);
        HashSet<string> required = data is null ? [] : ["data"];
        if (version == 2)
        {
            properties["meta"] = Object(about, isList ? ["pagination", "timestamp", "requestId"] : ["timestamp", "requestId"]);
            return Object(properties, [.. required, "meta"]);
        }
        foreach (var (name, schema) in about)
            properties[name] = schema;
        properties["success"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Enum = [true] };
        return Object(properties, [.. required, "success", "timestamp", "requestId"]);
    }

    /// <summary>Adds the schemas that every operation refers to.</summary>
    public static void AddTo(OpenApiDocument document, int version)
    {
        document.Components ??= new();
        var schemas = document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        var code = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. ErrorCode.All.Select(known => (System.Text.Json.Nodes.JsonNode)known.Name)] };
        var fault = Object(new() { ["field"] = Text("Path of the field"), ["reason"] = Text("The rule it broke") }, ["field", "reason"]);
        var faults = new OpenApiSchema { Type = JsonSchemaType.Array, Items = fault, Description = "All faults, when there are several" };
        var any = new OpenApiSchema { Type = JsonSchemaType.Number | JsonSchemaType.String };
        schemas[DetailsName] = Object(new()
        {
            ["field"] = Text("The field at fault"),
            ["reason"] = Text("The rule it broke"),
            ["limit"] = any,
            ["observed"] = any,
            ["suggested"] = any,
            ["clientOrderId"] = Text("The sender's own order id"),
            ["errors"] = faults,
        }, []);
        schemas[LinksName] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Null },
            Description = "Addresses of this resource and its neighbours; null where there is none",
        };
        schemas[PaginationName] = Object(new()
        {
            ["page"] = Whole("From 1"),
            ["size"] = Whole("Entries a page"),
            ["total"] = Whole("Entries in all"),
            ["totalPages"] = Whole("Pages in all"),
            ["hasNext"] = Flag(),
            ["hasPrevious"] = Flag(),
            ["nextCursor"] = Text("Asks for the page after"),
            ["prevCursor"] = Text("Asks for the page before"),
            ["hasMore"] = Flag(),
        }, []);
        schemas[ProblemName] = Object(new()
        {
            ["type"] = Text("The kind of problem"),
            ["title"] = Text("The kind in words"),
            ["status"] = Whole("The HTTP status"),
            ["detail"] = Text("What was wrong this time"),
            ["instance"] = Text("The address that was asked"),
            ["code"] = code,
            ["details"] = new OpenApiSchemaReference(DetailsName, document),
            ["errors"] = faults,
            ["timestamp"] = Instant(),
            ["requestId"] = Text("Quote it when asking about this request"),
        }, ["type", "title", "status", "code", "timestamp", "requestId"]);
        if (version == 1)
            schemas[ErrorName] = Object(new()
            {
                ["success"] = new OpenApiSchema { Type = JsonSchemaType.Boolean, Enum = [false] },
                ["error"] = Object(new()
                {
                    ["code"] = code,
                    ["message"] = Text("What was wrong, the rule, the way out"),
                    ["details"] = new OpenApiSchemaReference(DetailsName, document),
                }, ["code", "message"]),
                ["timestamp"] = Instant(),
                ["requestId"] = Text("Quote it when asking about this request"),
            }, ["success", "error", "timestamp", "requestId"]);
    }

    static OpenApiSchema Object(Dictionary<string, IOpenApiSchema> properties, HashSet<string> required) =>
        new() { Type = JsonSchemaType.Object, Properties = properties, Required = required };

    static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };

    static OpenApiSchema Whole(string description) => new() { Type = JsonSchemaType.Integer, Description = description };

    static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };

    static OpenApiSchema Instant() => new() { Type = JsonSchemaType.String, Format = "date-time" };
}
