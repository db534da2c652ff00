using System.Net;
using System.Net.Http.Json;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

public sealed class ChoosingAVersion(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("/api/v1/auth/me", "", 1)]
    [InlineData("/api/auth/me", "", 1)]
    [InlineData("/api/auth/me?version=1", "", 1)]
    [InlineData("/api/v2/auth/me", "", 2)]
    [InlineData("/api/auth/me?version=2", "", 2)]
    [InlineData("/api/auth/me?version=v2", "", 2)]
    [InlineData("/api/auth/me", "application/vnd.mytradex.v2+json", 2)]
    [InlineData("/api/auth/me?version=1", "application/vnd.mytradex.v2+json", 2)]
    [InlineData("/api/v1/auth/me?version=2", "application/vnd.mytradex.v2+json", 1)]
    public async Task the_path_decides_then_accept_then_the_query(string path, string accept, int version)
    {
        using var client = await server.SignedInAsync();
        var answer = await client.SendAsync(Answers.Request(HttpMethod.Get, path, ("Accept", accept)), TestContext.Current.CancellationToken);
        var json = await answer.JsonAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(version == 1, json["success"] is not null);
        Assert.Equal(version == 2, json["meta"] is not null);
        Assert.Equal($"/api/v{version}/auth/me", (string?)json["links"]!["self"]);
    }

    [Theory]
    [InlineData("/api/v3/auth/me", "")]
    [InlineData("/api/v0/auth/me", "")]
    [InlineData("/api/v22/auth/me", "")]
    [InlineData("/api/auth/me?version=3", "")]
    [InlineData("/api/auth/me?version=two", "")]
    [InlineData("/api/auth/me", "application/vnd.mytradex.v7+json")]
    public async Task an_unknown_one_is_refused(string path, string accept)
    {
        using var client = await server.SignedInAsync();
        var answer = await client.SendAsync(Answers.Request(HttpMethod.Get, path, ("Accept", accept)), TestContext.Current.CancellationToken);
        await answer.ErrorAsync(HttpStatusCode.BadRequest, "UNSUPPORTED_API_VERSION");
    }

    [Fact]
    public async Task version_2_answers_data_and_meta()
    {
        using var client = await server.AdminAsync();
        var json = await (await client.GetAsync("/api/v2/users", TestContext.Current.CancellationToken)).JsonAsync();
        Assert.Equal(["data", "links", "meta"], json.AsObject().Select(member => member.Key));
        Assert.Equal(["pagination", "timestamp", "requestId"], json["meta"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task version_2_refuses_with_a_problem()
    {
        using var client = server.Client();
        var answer = await client.PostAsJsonAsync("/api/v2/auth/login", new { }, TestContext.Current.CancellationToken);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("VALIDATION_ERROR", (string?)(await answer.JsonAsync())["code"]);
    }

    [Fact]
    public async Task a_version_that_is_not_deprecated_says_nothing_of_it()
    {
        using var client = server.Client();
        Assert.Null((await client.GetAsync("/api/v1/auth/me", TestContext.Current.CancellationToken)).Header("Deprecation"));
    }

    [Fact]
    public async Task a_deprecated_one_says_so_and_names_its_successor()
    {
        await using var old = new TestServer("Development", "--Versions:V1:DeprecatedAt", "2026-01-01T00:00:00Z", "--Versions:V1:SunsetAt", "2027-01-01T00:00:00Z");
        await old.InitializeAsync();
        using var client = old.Client();
        var v1 = await client.GetAsync("/api/v1/auth/me", TestContext.Current.CancellationToken);
        Assert.Equal("@1767225600", v1.Header("Deprecation"));
        Assert.Equal("Fri, 01 Jan 2027 00:00:00 GMT", v1.Header("Sunset"));
        Assert.Equal("</api/v2>; rel=\"successor-version\"", v1.Header("Link"));
        Assert.Equal("API v1 is deprecated and ends on 2027-01-01", v1.Header("X-API-Deprecation"));
        Assert.Null((await client.GetAsync("/api/v2/auth/me", TestContext.Current.CancellationToken)).Header("Deprecation"));
    }
}
