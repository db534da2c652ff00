using System.Net;
using Xunit;

[assembly: AssemblyFixture(typeof(MyTradeX.Browser.Tests.Terminal))]

namespace MyTradeX.Browser.Tests;

/// <summary>One server with its demo market for all tests, each of which brings users of its own.</summary>
public sealed class Terminal : IAsyncLifetime
{
    public const string Password = "a long Passw0rd";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-browser-");
    int _users;

    /// <summary>The server.</summary>
    public ServerProcess Server { get; private set; } = null!;

    /// <summary>Where it listens, without a slash at its end.</summary>
    public string Address => Server.Http.BaseAddress!.ToString().TrimEnd('/');

    public async ValueTask InitializeAsync()
    {
        // Browsers, which ask much at once, all come from one address.
        Server = new(Path.Combine(_folder.FullName, "data"), ["--demo", "true"], new() { ["RateLimits__AnonymousRequests"] = "100000", ["RateLimits__SignInRequests"] = "100000" });
        await Server.StartAsync();
    }

    /// <summary>Skips the test where the web app was not built, and fails it where everything must run.</summary>
    public async Task RequireAppAsync()
    {
        // As a browser asks: the app's own addresses are for those who want a page.
        using var request = new HttpRequestMessage(HttpMethod.Get, "trade/AAPL") { Headers = { { "Accept", "text/html" } } };
        using var answer = await Server.Http.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.OK) return;
        const string missing = "The web terminal was not built (Node 20.19 or newer and npm are needed: Debian: apt-get install nodejs npm)";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
    }

    /// <summary>A user of a test's own, with money where they trade.</summary>
    public async Task<TestUser> OpenAsync(string role = "TRADER", decimal cash = 100_000, string? name = null)
    {
        var number = Interlocked.Increment(ref _users);
        var email = $"user{number}@browser.example";
        var admin = await Server.LoginAsync("admin@example.com");
        (await Server.SendAsync(HttpMethod.Post, "users", new { email, password = Password, name = name ?? $"Test User {number}", role }, admin)).Expect(201);
        var token = await Server.LoginAsync(email, Password);
        var account = (await Server.SendAsync(HttpMethod.Get, "accounts", token: token)).Expect(200)[0]!["id"]!.GetValue<string>();
        if (cash > 0) (await Server.SendAsync(HttpMethod.Post, $"accounts/{account}/deposits", new { amount = cash }, token)).Expect(201);
        return new(email, token, account);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>A user whom a test can act for through the API, too.</summary>
public sealed record TestUser(string Email, string Token, string Account);
