using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MyTradeX.Server.Tests.Host;

/// <summary>The real server on a port of its own, with its own data folder.</summary>
public class TestServer : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("mytradex-server-").FullName;
    readonly List<string> _args;
    WebApplication? _app;
    bool _isStarted;

    // Few rounds: what a hash costs is not what these tests are about.
    public TestServer() : this("Development") { }

    internal TestServer(string environment, params string[] settings) =>
        _args = ["--environment", environment, "--urls", "http://127.0.0.1:0", "--data-dir", _folder, "--demo", "false", "--Auth:PasswordIterations", "1000", "--Logging:LogLevel:Default", "Error", .. settings];

    internal MovableClock Clock { get; } = new();

    public string DataDir => _folder;

    public IServiceProvider Services => _app!.Services;

    public Uri Address => new(_app!.Urls.First());

    public async ValueTask InitializeAsync()
    {
        _app = Program.Build([.. _args], services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            Adjust(services);
        });
        await _app.StartAsync();
        _isStarted = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isStarted)
            await _app!.StopAsync();
        if (_app is not null)
            await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>What a test puts in a service's place.</summary>
    private protected virtual void Adjust(IServiceCollection services) { }

    /// <summary>Stops and starts on the same data.</summary>
    public async Task RestartAsync()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await InitializeAsync();
    }

    /// <summary>A client that keeps no cookies and is nobody.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    public async Task<HttpClient> SignedInAsync(string email = "user@example.com", string password = "password123")
    {
        var client = Client();
        var session = await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password })).DataAsync();
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string?)session["token"]);
        return client;
    }

    public Task<HttpClient> AdminAsync() => SignedInAsync("admin@example.com");

    /// <summary>Registers someone new: their client, and the answer's data.</summary>
    public async Task<(HttpClient Client, JsonNode Session, string Email)> NewUserAsync()
    {
        var client = Client();
        var email = $"u{Guid.NewGuid():n}@example.com";
        var session = await (await client.PostAsJsonAsync("/api/v1/auth/register", new { email, password = "password123", name = "New User" })).DataAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)session["token"]);
        return (client, session, email);
    }
}
