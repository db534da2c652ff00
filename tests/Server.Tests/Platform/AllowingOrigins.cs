using System.Net;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

public sealed class AllowingOrigins(AllowingOrigins.ListedServer server) : IClassFixture<AllowingOrigins.ListedServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public sealed class ListedServer() : TestServer("Production", "--Cors:AllowedOrigins:0", "https://app.example.com");

    [Fact]
    public async Task a_listed_origin_may_call_with_credentials()
    {
        var answer = await PreflightAsync(server, "https://app.example.com");
        Assert.Equal("https://app.example.com", answer.Header("Access-Control-Allow-Origin"));
        Assert.Equal("true", answer.Header("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task its_page_may_read_refusals_too()
    {
        using var client = server.Client();
        var answer = await client.SendAsync(Answers.Request(HttpMethod.Get, "/api/v1/auth/me", ("Origin", "https://app.example.com")), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("https://app.example.com", answer.Header("Access-Control-Allow-Origin"));
        Assert.Contains("X-Request-ID", answer.Header("Access-Control-Expose-Headers"));
    }

    [Theory]
    [InlineData("https://evil.example.com")]
    [InlineData("https://app.example.com.evil.com")]
    [InlineData("null")]
    public async Task any_other_may_not(string origin) =>
        Assert.Null((await PreflightAsync(server, origin)).Header("Access-Control-Allow-Origin"));

    [Fact]
    public async Task nobody_may_unless_listed()
    {
        await using var closed = new TestServer("Production");
        await closed.InitializeAsync();
        Assert.Null((await PreflightAsync(closed, "http://localhost:3000")).Header("Access-Control-Allow-Origin"));
    }

    static async Task<HttpResponseMessage> PreflightAsync(TestServer at, string origin)
    {
        using var client = at.Client();
        return await client.SendAsync(Answers.Request(HttpMethod.Options, "/api/v1/auth/me",
            ("Origin", origin), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "authorization")), Cancellation);
    }
}
