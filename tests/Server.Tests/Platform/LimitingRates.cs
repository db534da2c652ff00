using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

public sealed class LimitingRates(LimitingRates.TightServer server) : IClassFixture<LimitingRates.TightServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // A window so long that nothing comes back while the tests run.
    public sealed class TightServer() : TestServer("Development",
        "--RateLimits:UserRequests", "5", "--RateLimits:AnonymousRequests", "6", "--RateLimits:SignInRequests", "8", "--RateLimits:WindowSeconds", "86400");

    [Fact]
    public async Task each_user_has_a_share_of_their_own_and_is_told_where_they_stand()
    {
        using var user = await server.SignedInAsync();
        using var admin = await server.AdminAsync();
        for (var left = 4; left >= 0; left--)
        {
            var answer = await user.GetAsync("/api/v1/auth/me", Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("5", answer.Header("RateLimit-Limit"));
            Assert.Equal($"{left}", answer.Header("RateLimit-Remaining"));
            Assert.Equal($"{(5 - left) * 17280}", answer.Header("RateLimit-Reset"));
            Assert.Equal("5;w=86400", answer.Header("RateLimit-Policy"));
        }
        var refused = await user.GetAsync("/api/v1/auth/me", Cancellation);
        await refused.ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
        Assert.InRange(int.Parse(refused.Header("Retry-After")!, CultureInfo.InvariantCulture), 1, 17280);
        Assert.Equal("0", refused.Header("RateLimit-Remaining"));
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/v1/auth/me", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task strangers_share_by_address_and_health_is_free()
    {
        using var client = server.Client();
        for (var i = 0; i < 6; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/users", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await client.GetAsync("/api/v1/users", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task sign_in_has_a_tighter_one()
    {
        await using var own = new TestServer("Development", "--RateLimits:SignInRequests", "3", "--RateLimits:WindowSeconds", "86400");
        await own.InitializeAsync();
        using var client = own.Client();
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/v1/auth/login", new { email = "user@example.com", password = "password123" }, Cancellation)).StatusCode);
        await (await client.PostAsJsonAsync("/api/v1/auth/register", new { }, Cancellation)).ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
    }
}
