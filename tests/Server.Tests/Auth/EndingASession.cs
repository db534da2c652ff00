using System.Net;
using System.Net.Http.Json;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Auth;

public sealed class EndingASession(TestServer server) : IClassFixture<TestServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task refreshing_gives_a_new_pair()
    {
        var (client, session, _) = await server.NewUserAsync();
        var renewed = await (await RefreshAsync(client, (string)session["refreshToken"]!)).DataAsync();
        Assert.NotEqual((string?)session["refreshToken"], (string?)renewed["refreshToken"]);
        Assert.Equal((string?)renewed["token"], (string?)renewed["accessToken"]);
        Assert.Equal(3600, (int)renewed["expiresIn"]!);
        Assert.Equal(HttpStatusCode.OK, await MeAsync(client, (string)renewed["token"]!));
    }

    [Fact]
    public async Task using_a_spent_refresh_token_ends_the_whole_session_at_once()
    {
        var (client, session, _) = await server.NewUserAsync();
        var spent = (string)session["refreshToken"]!;
        var renewed = await (await RefreshAsync(client, spent)).DataAsync();
        await (await RefreshAsync(client, spent)).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        await (await RefreshAsync(client, (string)renewed["refreshToken"]!)).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, (string)renewed["token"]!));
    }

    [Fact]
    public async Task of_many_uses_at_once_at_most_one_succeeds()
    {
        var (client, session, _) = await server.NewUserAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RefreshAsync(client, (string)session["refreshToken"]!)));
        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b")]
    [InlineData(".....")]
    public async Task a_made_up_refresh_token_is_refused(string token)
    {
        using var client = server.Client();
        var answer = await RefreshAsync(client, token);
        Assert.True(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task a_refresh_token_expires()
    {
        await using var own = new TestServer("Development");
        await own.InitializeAsync();
        var (client, session, _) = await own.NewUserAsync();
        own.Clock.Advance(TimeSpan.FromDays(31));
        await (await RefreshAsync(client, (string)session["refreshToken"]!)).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
    }

    [Fact]
    public async Task logging_out_ends_both_tokens_and_no_other_session()
    {
        var (client, session, email) = await server.NewUserAsync();
        using var elsewhere = await server.SignedInAsync(email);
        var answer = await (await client.PostAsync("/api/v1/auth/logout", null, Cancellation)).JsonAsync();
        Assert.True((bool)answer["success"]!);
        Assert.Equal("Successfully logged out", (string?)answer["message"]);
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, (string)session["token"]!));
        await (await RefreshAsync(client, (string)session["refreshToken"]!)).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.GetAsync("/api/v1/auth/me", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task suspending_a_user_ends_their_sessions_at_once_and_bars_the_door()
    {
        using var admin = await server.AdminAsync();
        var (client, session, email) = await server.NewUserAsync();
        Assert.Equal(HttpStatusCode.OK, await MeAsync(client, (string)session["token"]!));
        await (await admin.PatchAsJsonAsync($"/api/v1/users/{session["user"]!["id"]}", new { status = "SUSPENDED" }, Cancellation)).DataAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, (string)session["token"]!));
        await (await RefreshAsync(client, (string)session["refreshToken"]!)).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "password123" }, Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");

        await (await admin.PatchAsJsonAsync($"/api/v1/users/{session["user"]!["id"]}", new { status = "ACTIVE" }, Cancellation)).DataAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, (string)session["token"]!));
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "password123" }, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task deleting_a_user_ends_their_sessions_at_once()
    {
        using var admin = await server.AdminAsync();
        var (client, session, _) = await server.NewUserAsync();
        Assert.Equal(HttpStatusCode.OK, await MeAsync(client, (string)session["token"]!));
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v1/users/{session["user"]!["id"]}", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, (string)session["token"]!));
    }

    [Fact]
    public async Task changing_the_password_ends_every_session()
    {
        var (client, session, email) = await server.NewUserAsync();
        var path = $"/api/v1/users/{session["user"]!["id"]}";
        await (await client.PatchAsJsonAsync(path, new { password = "another password" }, Cancellation)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await client.PatchAsJsonAsync(path, new { password = "another password", currentPassword = "password123" }, Cancellation)).DataAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, (string)session["token"]!));
        Assert.Equal(HttpStatusCode.OK, (await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "another password" }, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task a_new_role_counts_at_once()
    {
        using var admin = await server.AdminAsync();
        var (client, session, _) = await server.NewUserAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/users", Cancellation)).StatusCode);
        await (await admin.PatchAsJsonAsync($"/api/v1/users/{session["user"]!["id"]}", new { role = "ADMIN" }, Cancellation)).DataAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/users", Cancellation)).StatusCode);
    }

    static Task<HttpResponseMessage> RefreshAsync(HttpClient client, string refreshToken) =>
        client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken }, Cancellation);

    static async Task<HttpStatusCode> MeAsync(HttpClient client, string token) =>
        (await client.SendAsync(Answers.Request(HttpMethod.Get, "/api/v1/auth/me", ("Authorization", $"Bearer {token}")), Cancellation)).StatusCode;
}
