using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

public sealed class NamingRequests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("a")]
    [InlineData("req-ABC_1.2-3")]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567")]
    public async Task a_well_formed_id_is_echoed(string id) => Assert.Equal(id, await IdForAsync(id));

    [Theory]
    [InlineData("two words")]
    [InlineData("<script>")]
    [InlineData("012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678")]
    [InlineData("")]
    public async Task any_other_is_replaced(string id) => Assert.StartsWith("req-", await IdForAsync(id));

    [Fact]
    public async Task every_answer_has_one_and_the_security_headers()
    {
        using var client = server.Client();
        foreach (var path in new[] { "/api/v1/auth/me", "/health", "/nothing" })
        {
            var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.StartsWith("req-", answer.Header("X-Request-ID"));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Equal("DENY", answer.Header("X-Frame-Options"));
            Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"));
            Assert.Null(answer.Header("Server"));
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("99999999999999999999999")]
    [InlineData("9223372036854775807")]
    [InlineData("yesterday")]
    public async Task a_senders_clock_is_never_trusted(string timestamp)
    {
        using var client = server.Client();
        var answer = await client.SendAsync(Answers.Request(HttpMethod.Get, "/health", ("X-Client-Timestamp", timestamp)), TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
    }

    async Task<string?> IdForAsync(string id)
    {
        using var client = server.Client();
        var answer = await client.SendAsync(Answers.Request(HttpMethod.Get, "/api/v1/auth/me", ("X-Request-ID", id)), TestContext.Current.CancellationToken);
        var json = await answer.JsonAsync();
        Assert.Equal(answer.Header("X-Request-ID"), (string?)json["requestId"]);
        return answer.Header("X-Request-ID");
    }
}
