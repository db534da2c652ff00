using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Auth;

public sealed class SigningIn(TestServer server) : IClassFixture<TestServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task answers_tokens_and_the_user()
    {
        using var client = server.Client();
        var data = await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email = "USER@example.com", password = "password123" }, Cancellation)).DataAsync();
        Assert.Equal((string?)data["token"], (string?)data["accessToken"]);
        Assert.NotEmpty((string)data["refreshToken"]!);
        Assert.Equal(3600, (int)data["expiresIn"]!);
        Assert.Matches(@"^user-\d+$", (string)data["user"]!["id"]!);
        Assert.Equal("John Doe", (string?)data["user"]!["name"]);
        Assert.Equal("TRADER", (string?)data["user"]!["role"]);
    }

    [Fact]
    public async Task tells_the_caller_what_they_may_do()
    {
        using var client = await server.SignedInAsync();
        var me = await (await client.GetAsync("/api/v1/auth/me", Cancellation)).DataAsync();
        Assert.Equal(
            ["READ_MARKET_DATA", "CREATE_CONTENT", "VIEW_PORTFOLIO", "CREATE_ORDERS", "CANCEL_ORDERS", "TRANSFER_FUNDS"],
            me["permissions"]!.AsArray().Select(permission => (string?)permission));
    }

    [Fact]
    public async Task a_wrong_password_and_an_unknown_email_sound_the_same()
    {
        using var client = server.Client();
        var (_, _, email) = await server.NewUserAsync();
        var wrong = await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password = "wrong password" }, Cancellation))
            .ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        var unknown = await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email = "nobody@example.com", password = "wrong password" }, Cancellation))
            .ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        Assert.Equal(wrong.ToJsonString(), unknown.ToJsonString());
    }

    [Fact]
    public async Task registering_signs_in_with_the_default_role()
    {
        using var client = server.Client();
        var email = $"r{Guid.NewGuid():n}@example.com";
        var answer = await client.PostAsJsonAsync("/api/v1/auth/register", new { email, password = "password123", firstName = "Mary Ann", lastName = "Smith" }, Cancellation);
        var data = await answer.DataAsync();
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/api/v1/users/{data["user"]!["id"]}", answer.Header("Location"));
        Assert.Equal("Mary Ann Smith", (string?)data["user"]!["name"]);
        Assert.Equal("TRADER", (string?)data["user"]!["role"]);
        Assert.NotEmpty((string)data["token"]!);
    }

    [Fact]
    public async Task registering_twice_is_a_conflict_in_any_letter_case()
    {
        using var client = server.Client();
        var (_, _, email) = await server.NewUserAsync();
        var answer = await client.PostAsJsonAsync("/api/v1/auth/register", new { email = email.ToUpperInvariant(), password = "password123", name = "X" }, Cancellation);
        await answer.ErrorAsync(HttpStatusCode.Conflict, "USER_EXISTS");
    }

    [Theory]
    [InlineData("role", "\"ADMIN\"")]
    public async Task registering_cannot_choose_a_role(string member, string value)
    {
        using var client = server.Client();
        var body = $$"""{"email":"r{{Guid.NewGuid():n}}@example.com","password":"password123","name":"X","{{member}}":{{value}}}""";
        var data = await (await client.PostAsync("/api/v1/auth/register", Answers.Json(body), Cancellation)).DataAsync();
        Assert.Equal("TRADER", (string?)data["user"]!["role"]);
    }

    [Fact]
    public async Task repeated_failures_lock_even_the_right_password_for_a_while()
    {
        using var client = server.Client();
        var (_, _, email) = await server.NewUserAsync();
        for (var i = 0; i < 5; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(client, email, "wrong password")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(client, email, "password123")).StatusCode);
        server.Clock.Advance(TimeSpan.FromSeconds(901));
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(client, email, "password123")).StatusCode);
    }

    [Fact]
    public async Task an_access_token_expires()
    {
        var (client, _, _) = await server.NewUserAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/auth/me", Cancellation)).StatusCode);
        server.Clock.Advance(TimeSpan.FromSeconds(3_600 + 6));
        var refused = await client.GetAsync("/api/v1/auth/me", Cancellation);
        await refused.ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        Assert.Equal("Bearer error=\"invalid_token\"", refused.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task a_token_survives_a_restart()
    {
        await using var own = new TestServer("Development");
        await own.InitializeAsync();
        var token = (await own.SignedInAsync()).DefaultRequestHeaders.Authorization;
        await own.RestartAsync();
        using var client = own.Client();
        client.DefaultRequestHeaders.Authorization = token;
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/v1/auth/me", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task a_token_that_was_tampered_with_is_refused()
    {
        var (client, session, _) = await server.NewUserAsync();
        var parts = ((string)session["token"]!).Split('.');
        var claims = JsonNode.Parse(Decode(parts[1]))!;
        claims["role"] = "ADMIN";
        string[] forged =
        [
            $"{parts[0]}.{Encode(claims.ToJsonString())}.{parts[2]}",
            $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.",
            $"{Encode("""{"alg":"HS512","typ":"JWT"}""")}.{parts[1]}.{parts[2]}",
            $"{parts[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}",
            $"{parts[0]}.{parts[1]}.!!!!",
            $"{parts[0]}..{parts[2]}",
            "x", "a.b.c", new string('x', 6_000),
        ];
        foreach (var token in forged)
        {
            client.DefaultRequestHeaders.Authorization = new("Bearer", token);
            await (await client.GetAsync("/api/v1/auth/me", Cancellation)).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        }
    }

    static Task<HttpResponseMessage> LoginAsync(HttpClient client, string email, string password) =>
        client.PostAsJsonAsync("/api/v1/auth/login", new { email, password }, Cancellation);

    static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    static string Decode(string text) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '=')));
}
