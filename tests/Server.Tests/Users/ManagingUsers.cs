using System.Net;
using System.Net.Http.Json;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Users;

public sealed class ManagingUsers(TestServer server) : IClassFixture<TestServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task creating_answers_201_with_its_address()
    {
        using var admin = await server.AdminAsync();
        var answer = await CreateAsync(admin, name: "Jane Doe", role: "TRADER");
        var json = await answer.JsonAsync();
        var user = json["data"]!;
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal($"/api/v1/users/{user["id"]}", answer.Header("Location"));
        Assert.Equal($"/api/v1/users/{user["id"]}", (string?)json["links"]!["self"]);
        Assert.Equal(("Jane Doe", "Jane", "Doe", "TRADER", "ACTIVE"),
            ((string?)user["name"], (string?)user["firstName"], (string?)user["lastName"], (string?)user["role"], (string?)user["status"]));
        Assert.Null(user["lastLogin"]);
        Assert.DoesNotContain("assword", json.ToJsonString());
    }

    [Fact]
    public async Task creating_with_a_taken_email_is_a_conflict()
    {
        using var admin = await server.AdminAsync();
        await (await CreateAsync(admin, email: "user@example.com")).ErrorAsync(HttpStatusCode.Conflict, "USER_EXISTS");
    }

    [Fact]
    public async Task creating_tells_every_fault()
    {
        using var admin = await server.AdminAsync();
        var answer = await admin.PostAsync("/api/v1/users", Answers.Json("""{"email":"not one","password":"short","role":"KING","status":7,"avatar":"javascript:alert(1)"}"""), Cancellation);
        var error = await answer.ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(["avatar", "email", "name", "password", "role", "status"], error["details"]!["errors"]!.AsArray().Select(fault => (string?)fault!["field"]).Order());
        Assert.Contains("must be one of USER, TRADER, MODERATOR, ADMIN", error.ToJsonString());
    }

    [Fact]
    public async Task put_replaces_the_profile_and_removes_an_absent_picture()
    {
        using var admin = await server.AdminAsync();
        var id = await NewIdAsync(admin, avatar: "https://example.com/me.png");
        var user = await (await admin.PutAsJsonAsync($"/api/v1/users/{id}", new { name = "Jane Smith", role = "MODERATOR", status = "SUSPENDED" }, Cancellation)).DataAsync();
        Assert.Equal(("Jane Smith", "Jane", "Smith", "MODERATOR", "SUSPENDED"),
            ((string?)user["name"], (string?)user["firstName"], (string?)user["lastName"], (string?)user["role"], (string?)user["status"]));
        Assert.Null(user["avatar"]);
        await (await admin.PutAsJsonAsync($"/api/v1/users/{id}", new { role = "USER" }, Cancellation)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task patch_keeps_what_is_absent()
    {
        using var admin = await server.AdminAsync();
        var id = await NewIdAsync(admin, avatar: "https://example.com/me.png");
        var user = await (await admin.PatchAsJsonAsync($"/api/v1/users/{id}", new { role = "TRADER" }, Cancellation)).DataAsync();
        Assert.Equal(("New Person", "https://example.com/me.png", "TRADER"), ((string?)user["name"], (string?)user["avatar"], (string?)user["role"]));
        user = await (await admin.PatchAsJsonAsync($"/api/v1/users/{id}", new { avatar = "" }, Cancellation)).DataAsync();
        Assert.Null(user["avatar"]);
    }

    [Fact]
    public async Task deleting_answers_204_and_then_404()
    {
        using var admin = await server.AdminAsync();
        var id = await NewIdAsync(admin);
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync($"/api/v1/users/{id}", Cancellation)).StatusCode);
        await (await admin.GetAsync($"/api/v1/users/{id}", Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "USER_NOT_FOUND");
        await (await admin.DeleteAsync($"/api/v1/users/{id}", Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "USER_NOT_FOUND");
    }

    [Theory]
    [InlineData("user-0")]
    [InlineData("user-01")]
    [InlineData("user--1")]
    [InlineData("12")]
    [InlineData("user-99999999999999999999")]
    [InlineData("order-1")]
    public async Task an_id_that_names_nobody_is_not_found(string id)
    {
        using var admin = await server.AdminAsync();
        await (await admin.GetAsync($"/api/v1/users/{id}", Cancellation)).ErrorAsync(HttpStatusCode.NotFound, "USER_NOT_FOUND");
    }

    [Fact]
    public async Task the_last_administrator_cannot_be_demoted_suspended_or_deleted()
    {
        await using var own = new TestServer("Development");
        await own.InitializeAsync();
        using var admin = await own.AdminAsync();
        var path = "/api/v1/users/" + (await (await admin.GetAsync("/api/v1/auth/me", Cancellation)).DataAsync())["id"];
        await (await admin.PatchAsJsonAsync(path, new { role = "USER" }, Cancellation)).ErrorAsync(HttpStatusCode.Conflict, "LAST_ADMIN");
        await (await admin.PatchAsJsonAsync(path, new { status = "SUSPENDED" }, Cancellation)).ErrorAsync(HttpStatusCode.Conflict, "LAST_ADMIN");
        await (await admin.DeleteAsync(path, Cancellation)).ErrorAsync(HttpStatusCode.Conflict, "LAST_ADMIN");
        await (await CreateAsync(admin, role: "ADMIN")).DataAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await admin.DeleteAsync(path, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task users_see_and_change_themselves_but_nobody_else()
    {
        var (client, session, _) = await server.NewUserAsync();
        var (_, other, _) = await server.NewUserAsync();
        var (own, foreign) = ($"/api/v1/users/{session["user"]!["id"]}", $"/api/v1/users/{other["user"]!["id"]}");
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(own, Cancellation)).StatusCode);
        var renamed = await (await client.PatchAsJsonAsync(own, new { firstName = "Anna", lastName = "Lee" }, Cancellation)).DataAsync();
        Assert.Equal("Anna Lee", (string?)renamed["name"]);
        await (await client.GetAsync(foreign, Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await client.GetAsync("/api/v1/users/user-999999", Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await client.PatchAsJsonAsync(foreign, new { name = "X" }, Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await client.DeleteAsync(own, Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await CreateAsync(client)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Fact]
    public async Task users_cannot_raise_themselves()
    {
        var (client, session, _) = await server.NewUserAsync();
        var own = $"/api/v1/users/{session["user"]!["id"]}";
        await (await client.PatchAsJsonAsync(own, new { role = "ADMIN" }, Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await client.PutAsJsonAsync(own, new { name = "X", role = "ADMIN", status = "ACTIVE" }, Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync(own, new { name = "X", role = "TRADER", status = "ACTIVE" }, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task changing_ones_own_email_needs_the_password()
    {
        var (client, session, _) = await server.NewUserAsync();
        var own = $"/api/v1/users/{session["user"]!["id"]}";
        var email = $"moved{Guid.NewGuid():n}@example.com";
        await (await client.PatchAsJsonAsync(own, new { email, currentPassword = "wrong" }, Cancellation)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(email, (string?)(await (await client.PatchAsJsonAsync(own, new { email, currentPassword = "password123" }, Cancellation)).DataAsync())["email"]);
        await (await client.PatchAsJsonAsync(own, new { email = "user@example.com", currentPassword = "password123" }, Cancellation)).ErrorAsync(HttpStatusCode.Conflict, "USER_EXISTS");
    }

    [Fact]
    public async Task a_repeated_idempotency_key_creates_once()
    {
        using var admin = await server.AdminAsync();
        var key = Guid.NewGuid().ToString();
        var body = $$"""{"email":"i{{Guid.NewGuid():n}}@example.com","password":"password123","name":"Once"}""";
        var first = await CreateWithKeyAsync(admin, key, body);
        var again = await CreateWithKeyAsync(admin, key, body);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Null(first.Header("Idempotency-Replayed"));
        Assert.Equal(first.Header("Location"), again.Header("Location"));
        Assert.Equal((await first.DataAsync()).ToJsonString(), (await again.DataAsync()).ToJsonString());
        await (await CreateWithKeyAsync(admin, key, body.Replace("Once", "Twice"))).ErrorAsync(HttpStatusCode.Conflict, "IDEMPOTENCY_CONFLICT");
        Assert.Equal(HttpStatusCode.Conflict, (await CreateWithKeyAsync(admin, Guid.NewGuid().ToString(), body)).StatusCode);
    }

    static Task<HttpResponseMessage> CreateWithKeyAsync(HttpClient client, string key, string body)
    {
        var request = Answers.Request(HttpMethod.Post, "/api/v1/users", ("Idempotency-Key", key));
        request.Content = Answers.Json(body);
        return client.SendAsync(request, Cancellation);
    }

    static Task<HttpResponseMessage> CreateAsync(HttpClient client, string? email = null, string name = "New Person", string? role = null, string? avatar = null) =>
        client.PostAsJsonAsync("/api/v1/users", new { email = email ?? $"c{Guid.NewGuid():n}@example.com", name, password = "tempPassword123", role, avatar }, Cancellation);

    static async Task<string> NewIdAsync(HttpClient admin, string? avatar = null) => (string)(await (await CreateAsync(admin, avatar: avatar)).DataAsync())["id"]!;
}
