using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Webhooks;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

/// <summary>Every operation of the documents, asked badly: never a 5xx, always the envelope, always a documented status.</summary>
public sealed class MeetingBadInput(StripeServer server) : IClassFixture<StripeServer>
{
    static readonly string[] Values =
    [
        "null", "true", "-1", "0", "1e308", "1e-400", "99999999999999999999999999999999999", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"", "\"NaN\"", "[]", "{}", "[[[[]]]]",
        $"\"{new string('x', 5_000)}\"", "\"'; DROP TABLE users; --\"", "\"../../etc/passwd\"", "\"<script>alert(1)</script>\"",
    ];

    static readonly string[] Bodies = ["", "{}", "[]", "null", "\"x\"", "{\"a\":1,}", "{\"a\"", "\ufeff{}", "{\"__proto__\":{}}", new string('[', 2_000)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task nothing_breaks(int version)
    {
        using var client = server.Client();
        var document = await (await client.GetAsync($"/openapi/v{version}.json", TestContext.Current.CancellationToken)).JsonAsync();
        List<string> broken = [];
        var asked = 0;
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                // Each round signs in anew, since some operations end the session.
                using var admin = await server.AdminAsync();
                foreach (var request in Requests(new HttpMethod(method.ToUpperInvariant()), path, operation!))
                {
                    asked++;
                    var answer = await admin.SendAsync(request, TestContext.Current.CancellationToken);
                    var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                    if ((int)answer.StatusCode >= 500 || !operation!["responses"]!.AsObject().ContainsKey($"{(int)answer.StatusCode}") || !IsInForm(version, answer, text))
                        broken.Add($"{request.Method} {request.RequestUri} → {(int)answer.StatusCode} {text[..Math.Min(text.Length, 200)]}");
                }
            }
        }
        Assert.True(broken.Count == 0, string.Join("\n", broken));
        Assert.True(asked > 300, $"only {asked} requests were made");
    }

    static IEnumerable<HttpRequestMessage> Requests(HttpMethod method, string path, JsonNode operation)
    {
        var parameters = operation["parameters"]?.AsArray().Select(parameter => parameter!).ToList() ?? [];
        var plain = parameters.Where(parameter => (string?)parameter["in"] == "path")
            .Aggregate(path, (at, parameter) => at.Replace($"{{{parameter["name"]}}}", "user-2147483647"));
        foreach (var name in parameters.Where(parameter => (string?)parameter["in"] == "query").Select(parameter => (string)parameter["name"]!))
        {
            foreach (var value in Values)
                yield return new(method, $"{plain}?{name}={Uri.EscapeDataString(value.Trim('"'))}");
        }
        foreach (var id in new[] { "user-1%01", "%F0%9F%92%A9", "-1", new string('9', 3_000), "..%2f..%2fetc", "user-1;drop" })
        {
            if (plain != path)
                yield return new(method, path[..path.IndexOf('{', StringComparison.Ordinal)] + id + path[(path.IndexOf('}', StringComparison.Ordinal) + 1)..]);
        }
        if (operation["requestBody"] is not { } body)
            yield break;
        foreach (var text in Bodies)
            yield return With(text);
        // A form has no members; forms are spoilt in a test of their own.
        if (body["content"]!["application/json"] is not { } json)
            yield break;
        var example = json["example"]!.AsObject();
        foreach (var (member, _) in example)
        {
            foreach (var value in Values)
            {
                var members = example.Where(other => other.Key != member).Select(other => $"{JsonValue.Create(other.Key).ToJsonString()}:{other.Value?.ToJsonString() ?? "null"}");
                yield return With($"{{{string.Join(',', members.Append($"\"{member}\":{value}"))}}}");
            }
        }

        HttpRequestMessage With(string text) => new(method, plain) { Content = Answers.Json(text) };
    }

    static bool IsInForm(int version, HttpResponseMessage answer, string text)
    {
        if (answer.StatusCode == HttpStatusCode.NoContent || answer.RequestMessage!.Method == HttpMethod.Head)
            return text.Length == 0;
        var json = JsonNode.Parse(text);
        var isSuccess = answer.IsSuccessStatusCode;
        return version == 1
            ? (bool?)json?["success"] == isSuccess && json["requestId"] is not null && (isSuccess || json["error"]?["code"] is not null)
            : isSuccess ? json?["meta"] is not null : json?["code"] is not null && (int?)json["status"] == (int)answer.StatusCode;
    }
}
