using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Auth;

public sealed class SigningInWithCookies(TestServer server) : IClassFixture<TestServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task keeps_the_tokens_out_of_reach_of_scripts()
    {
        var (browser, answer, data) = await SignInAsync();
        using var _ = browser;
        Assert.Null(data["token"]);
        Assert.Null(data["refreshToken"]);
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        Assert.All(cookies, cookie => Assert.Contains("samesite=strict", cookie));
        Assert.Contains(cookies, cookie => cookie.StartsWith("mtx_access=", StringComparison.Ordinal) && cookie.Contains("httponly"));
        Assert.Contains(cookies, cookie => cookie.StartsWith("mtx_refresh=", StringComparison.Ordinal) && cookie.Contains("httponly") && cookie.Contains("path=/api"));
        Assert.Contains(cookies, cookie => cookie.StartsWith($"mtx_csrf={data["csrfToken"]}", StringComparison.Ordinal) && !cookie.Contains("httponly"));
    }

    [Fact]
    public async Task reads_need_the_cookie_alone()
    {
        var (browser, _, _) = await SignInAsync();
        using var _1 = browser;
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/auth/me", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task writes_need_the_csrf_header_of_this_very_session()
    {
        var (browser, _, data) = await SignInAsync();
        var (other, _, otherData) = await SignInAsync();
        using var _1 = browser;
        using var _2 = other;
        await (await browser.PostAsync("/api/v1/auth/logout", null, Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await PostAsync(browser, "logout", (string)otherData["csrfToken"]!)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(browser, "logout", (string)data["csrfToken"]!)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/auth/me", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task refreshing_rotates_the_cookies()
    {
        var (browser, _, data) = await SignInAsync();
        using var _1 = browser;
        await (await browser.PostAsync("/api/v1/auth/refresh", null, Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        for (var i = 0; i < 3; i++)
        {
            var renewed = await (await PostAsync(browser, "refresh", (string)data["csrfToken"]!)).DataAsync();
            Assert.Null(renewed["refreshToken"]);
            Assert.Equal((string?)data["csrfToken"], (string?)renewed["csrfToken"]);
        }
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/auth/me", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task outside_development_the_cookies_are_secure()
    {
        await using var production = new TestServer("Production", "--admin-email", "root@example.com", "--admin-password", "a long enough password");
        await production.InitializeAsync();
        using var client = production.Client();
        var answer = await client.PostAsJsonAsync("/api/v1/auth/login", new { email = "root@example.com", password = "a long enough password", mode = "cookie" }, Cancellation);
        Assert.All(answer.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie));
    }

    async Task<(HttpClient Browser, HttpResponseMessage Answer, JsonNode Data)> SignInAsync()
    {
        var browser = new HttpClient(new SocketsHttpHandler { UseCookies = true }) { BaseAddress = server.Address };
        var answer = await browser.PostAsJsonAsync("/api/v1/auth/login", new { email = "user@example.com", password = "password123", mode = "cookie" }, Cancellation);
        return (browser, answer, await answer.DataAsync());
    }

    static Task<HttpResponseMessage> PostAsync(HttpClient browser, string action, string csrfToken) =>
        browser.SendAsync(Answers.Request(HttpMethod.Post, $"/api/v1/auth/{action}", ("X-CSRF-Token", csrfToken)), Cancellation);
}
