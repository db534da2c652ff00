using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using MyTradeX.Server.Platform.Settings;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

public sealed class ConfiguringTheServer
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Auth:AccessTokenSeconds", "5", "Auth:AccessTokenSeconds is '5'; it must be between 60 and 86400.")]
    [InlineData("Auth:SigningKey", "short", "Auth:SigningKey is set to a value that is not shown; it must have at least 32 characters.")]
    [InlineData("Auth:DefaultRole", "Admin", "Auth:DefaultRole is 'Admin'; it must be USER or TRADER: nobody makes themselves a moderator or administrator.")]
    [InlineData("Auth:AcessTokenSeconds", "600", "Auth:AcessTokenSeconds is not a setting; Auth has Issuer, Audience,")]
    [InlineData("Versions:V1:Sunset", "2027-01-01", "Versions:V1:Sunset is not a setting; Versions:V1 has DeprecatedAt, SunsetAt.")]
    [InlineData("Versions:V1:SunsetAt", "2027-01-01", "Versions:V1:SunsetAt is ")]
    [InlineData("RateLimits:WindowSeconds", "0", "RateLimits:WindowSeconds is '0'; it must be between 1 and 86400.")]
    [InlineData("Cors:AllowedOrigins:0", "*", "must list exact origins such as https://app.example.com; '*' is not one")]
    [InlineData("Server:BodyBytesMax", "many", "'many'")]
    public async Task a_faulty_setting_stops_the_start_and_is_explained(string setting, string value, string message)
    {
        await using var server = new TestServer("Production", "--" + setting, value);
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(async () => await server.InitializeAsync());
        Assert.Contains(failure.Failures, text => text.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task the_effective_configuration_masks_secrets()
    {
        await using var server = new TestServer("Production", "--Auth:SigningKey", "a secret of more than thirty-two characters", "--demo", "true");
        await server.InitializeAsync();
        var printed = EffectiveConfiguration.Print(server.Services);
        Assert.DoesNotContain("a secret", printed);
        Assert.Contains("\"SigningKey\": \"••••••\"", printed);
        Assert.Contains("\"Enabled\": true", printed);
        Assert.Contains($"\"DataDir\": \"{server.DataDir}\"", printed);
    }

    [Fact]
    public async Task outside_development_there_are_no_known_logins_and_the_first_administrator_is_named()
    {
        await using var server = new TestServer("Production", "--admin-email", "root@example.com", "--admin-password", "a long enough password");
        await server.InitializeAsync();
        using var client = server.Client();
        foreach (var email in new[] { "user@example.com", "admin@example.com" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "password123" }, Cancellation)).StatusCode);
        using var admin = await server.SignedInAsync("root@example.com", "a long enough password");
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync("/api/v1/users", Cancellation)).StatusCode);
        var (_, session, _) = await server.NewUserAsync();
        Assert.Equal("USER", (string?)session["user"]!["role"]);
    }

    [Fact]
    public async Task the_signing_key_is_readable_by_its_owner_alone()
    {
        await using var server = new TestServer("Production");
        await server.InitializeAsync();
        var key = new FileInfo(Path.Combine(server.DataDir, "keys", "signing.key"));
        Assert.Equal(32, key.Length);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, key.UnixFileMode);
    }

    [Theory]
    [InlineData("--data-dri", "--data-dri")]
    [InlineData("--verbose=true", "--verbose")]
    [InlineData("-x", "-x")]
    [InlineData("--demo", null)]
    [InlineData("--Auth:Issuer", null)]
    [InlineData("--URLS", null)]
    public void an_unknown_option_is_noticed(string option, string? unknown) =>
        Assert.Equal(unknown, CommandLine.Parse([option, "value"]).Unknown);

    [Fact]
    public async Task health_tells_of_the_store_and_the_environment()
    {
        await using var server = new TestServer("Production");
        await server.InitializeAsync();
        using var client = server.Client();
        var health = await (await client.GetAsync("/health", Cancellation)).JsonAsync();
        Assert.Equal(("ok", "Production", "ok"), ((string?)health["status"], (string?)health["environment"], (string?)health["checks"]!["store"]!["status"]));
        Assert.True((double)health["uptime"]! > 0);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/ready", Cancellation)).StatusCode);
    }
}
