using System.Text.Json.Nodes;

namespace MyTradeX.EndToEnd.Tests.Api;

/// <summary>A parameter as the document tells it.</summary>
public sealed record Parameter(string Name, string In, bool Required, JsonNode? Example);

/// <summary>One operation as the document tells it.</summary>
public sealed record Operation(
    string Id, int Version, string Method, string Path, bool IsAnonymous, IReadOnlyList<Parameter> Parameters,
    JsonObject? BodyExample, IReadOnlyList<string> BodyMembers, IReadOnlyDictionary<int, JsonObject> Answers)
{
    public bool TakesBody => BodyExample is not null;

    /// <summary>Whether it takes a form with a file instead.</summary>
    public bool TakesFile { get; init; }

    /// <summary>Whether a success is a file's bytes rather than JSON.</summary>
    public bool GivesFile => Answers.GetValueOrDefault(200)?["content"]?["*/*"] is not null;

    public IEnumerable<Parameter> InPath => Parameters.Where(parameter => parameter.In == "path");

    public IEnumerable<Parameter> InQuery => Parameters.Where(parameter => parameter.In == "query");

    public bool IsSafe => Method is "GET" or "HEAD";

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>The server's own OpenAPI document: the list of everything it can be asked, and of everything it may answer.</summary>
public sealed class ApiDocument
{
    readonly JsonObject _root;

    ApiDocument(JsonObject root, int version)
    {
        _root = root;
        Version = version;
        Operations = [.. from path in root["paths"]!.AsObject()
                         from operation in path.Value!.AsObject()
                         where !IsStream(operation.Value!.AsObject())
                         select Read(path.Key, operation.Key, operation.Value!.AsObject())];
    }

    public int Version { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public static async Task<ApiDocument> LoadAsync(HttpClient http, int version) =>
        new(JsonNode.Parse(await http.GetStringAsync($"openapi/v{version}.json"))!.AsObject(), version);

    /// <summary>The methods that the document has for a path, those included of a path that leaves open what this one names (<c>/orders/{id}</c> for <c>/orders/preview</c>).</summary>
    public IEnumerable<string> MethodsOf(string path) => Operations.Where(operation => Covers(operation.Path, path)).Select(operation => operation.Method);

    /// <summary>Follows a reference to its schema.</summary>
    public JsonObject Resolve(JsonObject schema)
    {
        while (schema["$ref"]?.GetValue<string>() is { } reference)
            schema = reference.Split('/').Skip(1).Aggregate((JsonNode)_root, (at, step) => at[step]!).AsObject();
        return schema;
    }

    // A stream goes on for as long as it is listened to; it is not one answer to be checked.
    static bool IsStream(JsonObject operation) => operation["responses"]?["200"]?["content"]?["text/event-stream"] is not null;

    Operation Read(string path, string method, JsonObject operation)
    {
        var body = operation["requestBody"]?["content"]?["application/json"];
        var schema = body?["schema"] is JsonObject found ? Resolve(found) : null;
        return new(
            operation["operationId"]!.GetValue<string>(), Version, method.ToUpperInvariant(), path, operation["security"] is null,
            [.. (operation["parameters"] as JsonArray ?? []).Select(Read!)],
            body?["example"] as JsonObject,
            [.. (schema?["properties"] as JsonObject ?? []).Select(member => member.Key)],
            operation["responses"]!.AsObject().ToDictionary(answer => int.Parse(answer.Key), answer => answer.Value!.AsObject()))
        {
            TakesFile = operation["requestBody"]?["content"]?["multipart/form-data"] is not null,
        };
    }

    static bool Covers(string template, string path)
    {
        var (steps, named) = (template.Split('/'), path.Split('/'));
        return steps.Length == named.Length && steps.Zip(named).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));
    }

    static Parameter Read(JsonNode parameter) => new(
        parameter["name"]!.GetValue<string>(), parameter["in"]!.GetValue<string>(), parameter["required"]?.GetValue<bool>() ?? false, parameter["example"]);
}
