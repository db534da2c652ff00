using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MyTradeX.Contracts;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

public sealed class AnsweringInTheEnvelope(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task a_success_carries_data_time_and_request_id()
    {
        using var client = await server.SignedInAsync();
        var answer = await client.GetAsync("/api/v1/auth/me", TestContext.Current.CancellationToken);
        var json = await answer.JsonAsync();
        Assert.Equal(["success", "data", "links", "timestamp", "requestId"], json.AsObject().Select(member => member.Key));
        Assert.Equal("John Doe", (string?)json["data"]!["name"]);
        Assert.Equal("/api/v1/auth/me", (string?)json["links"]!["self"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)json["timestamp"]!);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nothing-here", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("GET", "/api", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("GET", "/nothing-here", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("DELETE", "/api/v1/auth/login", HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED")]
    [InlineData("GET", "/api/v1/auth/me", HttpStatusCode.Unauthorized, "UNAUTHORIZED")]
    [InlineData("GET", "/api/v9/auth/me", HttpStatusCode.BadRequest, "UNSUPPORTED_API_VERSION")]
    public async Task whatever_goes_wrong_before_a_feature_answers_in_it_too(string method, string path, HttpStatusCode status, string code)
    {
        using var client = server.Client();
        var answer = await client.SendAsync(Answers.Request(new(method), path), TestContext.Current.CancellationToken);
        await answer.ErrorAsync(status, code);
    }

    [Theory]
    [InlineData("{", "is not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("null", "must be a JSON object")]
    [InlineData("7", "must be a JSON object")]
    [InlineData("{\"email\":NaN}", "is not valid JSON")]
    [InlineData("{\"email\":\"a\",\"email\":\"b\"}", "is not valid JSON")]
    public async Task a_malformed_body_is_told_as_such(string body, string reason)
    {
        using var client = server.Client();
        var answer = await client.PostAsync("/api/v1/auth/login", Answers.Json(body), TestContext.Current.CancellationToken);
        var error = await answer.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal("body", (string?)error["details"]!["field"]);
        Assert.StartsWith(reason, (string?)error["details"]!["reason"]);
    }

    [Fact]
    public async Task nesting_beyond_reason_is_malformed()
    {
        using var client = server.Client();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000);
        await (await client.PostAsync("/api/v1/auth/login", Answers.Json(deep), TestContext.Current.CancellationToken))
            .ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task bytes_that_are_not_utf8_are_malformed()
    {
        using var client = server.Client();
        var content = new ByteArrayContent([.. "{\"email\":\""u8, 0xC3, 0x28, .. "\",\"password\":\"password123\"}"u8]);
        content.Headers.ContentType = new("application/json");
        await (await client.PostAsync("/api/v1/auth/login", content, TestContext.Current.CancellationToken)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task all_faults_are_told_at_once_whether_of_type_or_of_rule()
    {
        using var client = server.Client();
        var answer = await client.PostAsync("/api/v1/auth/register", Answers.Json("""{"email":5,"password":"short","name":["x"]}"""), TestContext.Current.CancellationToken);
        var error = await answer.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(
            ["email must be text", "name must be text", "password must have at least 8 characters"],
            error["details"]!["errors"]!.AsArray().Select(fault => $"{fault!["field"]} {fault["reason"]}").Order());
    }

    [Fact]
    public async Task unknown_members_are_ignored()
    {
        using var client = server.Client();
        var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { email = "user@example.com", password = "password123", shoeSize = 43 }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task another_media_type_is_unsupported()
    {
        using var client = server.Client();
        var answer = await client.PostAsync("/api/v1/auth/login", new StringContent("email=x", Encoding.UTF8, "application/x-www-form-urlencoded"), TestContext.Current.CancellationToken);
        await answer.ErrorAsync(HttpStatusCode.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE");
    }

    [Fact]
    public async Task a_body_beyond_the_limit_is_too_large()
    {
        using var client = server.Client();
        var answer = await client.PostAsync("/api/v1/auth/login", Answers.Json($$"""{"email":"{{new string('x', 1_100_000)}}"}"""), TestContext.Current.CancellationToken);
        await answer.ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task problem_json_gets_the_same_error_as_a_problem()
    {
        using var client = server.Client();
        var request = Answers.Request(HttpMethod.Post, "/api/v1/auth/login", ("Accept", "application/problem+json"));
        request.Content = Answers.Json("{}");
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var problem = await answer.JsonAsync();
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(400, (int)problem["status"]!);
        Assert.Equal("VALIDATION_ERROR", (string?)problem["code"]);
        Assert.Equal("/docs/errors#VALIDATION_ERROR", (string?)problem["type"]);
        Assert.Equal("/api/v1/auth/login", (string?)problem["instance"]);
        Assert.Equal(2, problem["errors"]!.AsArray().Count);
    }

    [Fact]
    public async Task answers_are_compressed_for_whoever_takes_it()
    {
        using var client = await server.SignedInAsync();
        var answer = await client.SendAsync(Answers.Request(HttpMethod.Get, "/api/v1/auth/me", ("Accept-Encoding", "gzip")), TestContext.Current.CancellationToken);
        Assert.Equal("gzip", answer.Header("Content-Encoding"));
        await using var text = new GZipStream(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken), CompressionMode.Decompress);
        Assert.True((bool?)(await JsonNode.ParseAsync(text, cancellationToken: TestContext.Current.CancellationToken))!["success"]);
    }

    [Fact]
    public async Task the_page_of_error_codes_has_a_row_for_each()
    {
        using var client = server.Client();
        var page = await client.GetStringAsync("/docs/errors", TestContext.Current.CancellationToken);
        Assert.All(ErrorCode.All, code => Assert.Contains($"<tr id=\"{code.Name}\">", page));
    }

    [Fact]
    public async Task a_get_that_has_not_changed_is_not_sent_again()
    {
        using var client = await server.SignedInAsync();
        var first = await client.GetAsync("/api/v1/auth/me", TestContext.Current.CancellationToken);
        var again = await client.SendAsync(Answers.Request(HttpMethod.Get, "/api/v1/auth/me", ("If-None-Match", first.Header("ETag")!)), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.True(first.Headers.CacheControl is { Private: true, NoCache: true });
    }
}
