using System.Net;
using System.Text.RegularExpressions;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.MarketData;

public sealed partial class OpeningTheFrontPage(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/front.html")]
    [InlineData("/tour.html")]
    [InlineData("/reset-password.html")]
    [InlineData("/verify-email.html")]
    public async Task needs_nothing_from_elsewhere_and_nothing_inline(string path)
    {
        using var client = server.Client();
        var answer = await client.ReadAsync(path);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Contains("script-src 'self'", answer.Header("Content-Security-Policy"));
        Assert.DoesNotMatch(InlineCode(), page);
        Assert.All(Addresses().Matches(page).Select(match => match.Groups[1].Value), address => Assert.True(address[0] is '/' or '#', address));
    }

    [Fact]
    public async Task leads_only_to_addresses_that_answer()
    {
        using var client = server.Client();
        foreach (var path in new[] { "/", "/tour.html", "/reset-password.html", "/verify-email.html" })
        {
            var page = await (await client.ReadAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            foreach (var address in Addresses().Matches(page).Select(match => match.Groups[1].Value).Where(address => address[0] == '/').Distinct())
            {
                var answer = await client.ReadAsync(address);
                Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.MovedPermanently or HttpStatusCode.Redirect, $"{address}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task imports_only_modules_that_are_there()
    {
        using var client = server.Client();
        Queue<string> left = new(["/front/page.js", "/front/tour.js", "/front/reset-password.js", "/front/verify-email.js"]);
        HashSet<string> seen = [];
        while (left.TryDequeue(out var module))
        {
            if (!seen.Add(module))
                continue;
            var answer = await client.ReadAsync(module);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
            foreach (Match import in Imports().Matches(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)))
                left.Enqueue("/front/" + import.Groups[1].Value);
        }
        Assert.True(seen.Count >= 5, string.Join(", ", seen));
    }

    [Fact]
    public async Task is_told_the_known_logins_in_development_and_they_work()
    {
        using var client = server.Client();
        var logins = (await (await client.ReadAsync("/api/v1/about")).DataAsync())["logins"]!.AsArray();
        Assert.Equal(["TRADER", "ADMIN"], logins.Select(login => (string?)login!["role"]));
        foreach (var login in logins)
        {
            var entered = await client.WriteAsync("/api/v1/auth/login", new { email = (string?)login!["email"], password = (string?)login["password"], mode = "cookie" });
            Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        }
    }

    [Fact]
    public async Task is_told_no_login_outside_development()
    {
        await using var production = new TestServer("Production");
        await production.InitializeAsync();
        using var client = production.Client();
        var about = (await (await client.ReadAsync("/api/v1/about")).DataAsync()).AsObject();
        Assert.Equal("MyTradeX", (string?)about["name"]);
        Assert.False(about.ContainsKey("logins"));
        Assert.False((bool)about["demoMarket"]!);
    }

    [GeneratedRegex("""<style|style="|<script(?![^>]*src=)|\son[a-z]+=""")]
    private static partial Regex InlineCode();

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Addresses();

    [GeneratedRegex("""from "\./([a-z]+\.js)";""")]
    private static partial Regex Imports();
}
