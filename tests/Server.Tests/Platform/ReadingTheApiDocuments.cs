using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

public sealed class ReadingTheApiDocuments(TestServer server) : IClassFixture<TestServer>
{
    static readonly string[] Methods = ["get", "post", "put", "patch", "delete"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task every_operation_is_whole(int version)
    {
        var document = await DocumentAsync(version);
        Assert.StartsWith("3.1", (string)document["openapi"]!);
        List<string> lacking = [];
        foreach (var (name, operation) in Operations(document))
        {
            void Need(bool holds, string what)
            {
                if (!holds)
                    lacking.Add($"{name}: {what}");
            }

            Need(name.Contains($"/api/v{version}/"), "its version's path");
            Need(operation["summary"] is not null, "a summary");
            Need(operation["operationId"] is not null, "an operation id");
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                Need(parameter!["example"] is not null, $"an example of {parameter["name"]}");
                Need(parameter["description"] is not null, $"a description of {parameter["name"]}");
            }
            if (operation["requestBody"] is { } body)
            {
                var form = body["content"]!["application/json"] ?? body["content"]!["multipart/form-data"];
                Need(form!["example"] is not null, "an example body");
                Need(operation["responses"]!["415"] is not null && operation["responses"]!["413"] is not null, "refusals of a body");
            }
            var statuses = operation["responses"]!.AsObject().Select(response => response.Key).ToList();
            Need(statuses.Any(status => status.StartsWith('2')), "a success");
            Need(statuses.Contains("400") && statuses.Contains("429") && statuses.Contains("500") && statuses.Contains("503"), "the common refusals");
            Need(operation["security"] is null || statuses.Contains("401"), "401");
            foreach (var (status, response) in operation["responses"]!.AsObject())
            {
                if (status == "204")
                    continue;
                foreach (var (media, content) in response!["content"]!.AsObject())
                {
                    Need(content!["schema"] is not null, $"a schema of {status} {media}");
                    Need(content["example"] is not null, $"an example of {status} {media}");
                }
                if (!status.StartsWith('2'))
                    Need(response["content"]!.AsObject().ContainsKey(version == 1 ? "application/json" : "application/problem+json"), $"the right form of {status}");
            }
        }
        Assert.Empty(lacking);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task every_reference_leads_somewhere(int version)
    {
        var document = await DocumentAsync(version);
        Assert.All(References(document), reference =>
            Assert.NotNull(reference.Split('/').Skip(1).Aggregate<string, JsonNode?>(document, (at, step) => at?[step])));
    }

    [Fact]
    public async Task every_member_says_its_type()
    {
        var schemas = (await DocumentAsync(1))["components"]!["schemas"]!.AsObject();
        Assert.Empty(
            from schema in schemas
            from member in schema.Value!["properties"]?.AsObject() ?? []
            where member.Value!["type"] is null && member.Value["$ref"] is null && member.Value["oneOf"] is null
            select $"{schema.Key}.{member.Key}");
    }

    [Fact]
    public async Task a_success_is_described_inside_its_envelope()
    {
        var v1 = (await DocumentAsync(1))["paths"]!["/api/v1/users"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!;
        Assert.Equal("array", (string?)v1["schema"]!["properties"]!["data"]!["type"]);
        Assert.Equal("#/components/schemas/Pagination", (string?)v1["schema"]!["properties"]!["pagination"]!["$ref"]);
        Assert.True((bool)v1["example"]!["success"]!);
        var v2 = (await DocumentAsync(2))["paths"]!["/api/v2/users"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!;
        Assert.NotNull(v2["schema"]!["properties"]!["meta"]!["properties"]!["pagination"]);
    }

    [Fact]
    public async Task a_page_tries_them_with_nothing_from_elsewhere()
    {
        using var client = server.Client();
        var page = await client.GetStringAsync("/docs/index.html", TestContext.Current.CancellationToken);
        Assert.Contains("swagger-ui", page);
        Assert.DoesNotContain("src=\"http", page);
        Assert.DoesNotContain("href=\"http", page);
        foreach (var asset in new[] { "swagger-ui.css", "swagger-ui-bundle.js", "index.js" })
            Assert.True((await client.GetAsync("/docs/" + asset, TestContext.Current.CancellationToken)).IsSuccessStatusCode, asset);
    }

    async Task<JsonNode> DocumentAsync(int version)
    {
        using var client = server.Client();
        return await (await client.GetAsync($"/openapi/v{version}.json", TestContext.Current.CancellationToken)).JsonAsync();
    }

    static IEnumerable<(string Name, JsonNode Operation)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Methods.Contains(operation.Key)
        select ($"{operation.Key} {path.Key}", operation.Value);

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
