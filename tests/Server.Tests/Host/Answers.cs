using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace MyTradeX.Server.Tests.Host;

/// <summary>Reads answers the way tests speak of them.</summary>
internal static class Answers
{
    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
        ?? throw new InvalidDataException("the answer is null");

    /// <summary>The data of a success in the envelope.</summary>
    public static async Task<JsonNode> DataAsync(this HttpResponseMessage response)
    {
        var json = await response.JsonAsync();
        Assert.True((bool?)json["success"], json.ToJsonString());
        return json["data"]!;
    }

    /// <summary>The error of a refusal in the envelope, after checking its form.</summary>
    public static async Task<JsonNode> ErrorAsync(this HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var json = await response.JsonAsync();
        Assert.True(response.StatusCode == status, $"{(int)response.StatusCode}: {json.ToJsonString()}");
        Assert.False((bool)json["success"]!);
        Assert.Equal(code, (string?)json["error"]!["code"]);
        Assert.NotEmpty((string)json["error"]!["message"]!);
        Assert.EndsWith("Z", (string)json["timestamp"]!);
        Assert.Equal(response.Header("X-Request-ID"), (string?)json["requestId"]);
        return json["error"]!;
    }

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public static HttpRequestMessage Request(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
