using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Users;

public sealed class ListingUsers(ListingUsers.Crowd crowd) : IClassFixture<ListingUsers.Crowd>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A server with 25 users beside the two first ones.</summary>
    public sealed class Crowd : TestServer, IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            using var admin = await AdminAsync();
            for (var i = 1; i <= 25; i++)
                await (await admin.PostAsJsonAsync("/api/v1/users", new
                {
                    email = $"crowd{i:00}@example.com",
                    name = $"Person{26 - i:00} Crowd",
                    password = "password123",
                    role = i % 5 == 0 ? "MODERATOR" : "USER",
                    status = i % 10 == 0 ? "SUSPENDED" : "ACTIVE",
                })).DataAsync();
        }
    }

    [Fact]
    public async Task without_page_or_cursor_carries_both_sets()
    {
        var json = await GetAsync("/users?search=crowd");
        var pagination = json["pagination"]!;
        Assert.Equal(20, json["data"]!.AsArray().Count);
        Assert.Equal("""{"page":1,"size":20,"total":25,"totalPages":2,"hasNext":true,"hasPrevious":false""", pagination.ToJsonString()[..pagination.ToJsonString().IndexOf(",\"nextCursor", StringComparison.Ordinal)]);
        Assert.True((bool)pagination["hasMore"]!);
        Assert.Equal("/api/v1/users?search=crowd&page=2", (string?)json["links"]!["next"]);
        Assert.True(json["links"]!.AsObject().ContainsKey("prev"));
        Assert.Null(json["links"]!["prev"]);
    }

    [Fact]
    public async Task by_number_walks_all_pages()
    {
        var json = await GetAsync("/users?search=crowd&page=3&limit=10&sort=email");
        Assert.Equal(["crowd21", "crowd22", "crowd23", "crowd24", "crowd25"], Names(json));
        Assert.Equal("""{"page":3,"size":10,"total":25,"totalPages":3,"hasNext":false,"hasPrevious":true}""", json["pagination"]!.ToJsonString());
        Assert.Equal("/api/v1/users?search=crowd&limit=10&sort=email&page=2", (string?)json["links"]!["prev"]);
    }

    [Fact]
    public async Task by_cursor_walks_there_and_back()
    {
        List<string> walked = [];
        JsonNode json = await GetAsync("/users?search=crowd&size=10&sort=email&order=desc&cursor=");
        Assert.Null(json["pagination"]!["page"]);
        walked.AddRange(Names(json));
        while ((string?)json["links"]!["next"] is { } next)
        {
            json = await GetAsync(next["/api/v1".Length..]);
            walked.AddRange(Names(json));
        }
        Assert.Equal(Enumerable.Range(1, 25).Reverse().Select(i => $"crowd{i:00}"), walked);
        Assert.False((bool)json["pagination"]!["hasMore"]!);
        json = await GetAsync(((string)json["links"]!["prev"]!)["/api/v1".Length..]);
        Assert.Equal("crowd15", Names(json).First());
    }

    [Fact]
    public async Task a_cursor_that_was_changed_or_comes_from_another_list_is_refused()
    {
        var cursor = (string)(await GetAsync("/users?search=crowd&size=5"))["pagination"]!["nextCursor"]!;
        using var admin = await crowd.AdminAsync();
        foreach (var path in new[]
        {
            $"/api/v1/users?search=crowd&cursor={cursor[..^2]}AA",
            $"/api/v1/users?search=crowd&cursor=A{cursor[1..]}x",
            $"/api/v1/users?search=other&cursor={cursor}",
            $"/api/v1/users?search=crowd&order=desc&cursor={cursor}",
            "/api/v1/users?search=crowd&cursor=%00",
            "/api/v1/users?search=crowd&cursor=nonsense",
            $"/api/v1/users?search=crowd&page=1&cursor={cursor}",
        })
        {
            var error = await (await admin.GetAsync(path, Cancellation)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
            Assert.Equal("cursor", (string?)error["details"]!["field"]);
        }
    }

    [Theory]
    [InlineData("role=MODERATOR", 5)]
    [InlineData("status=SUSPENDED", 2)]
    [InlineData("role=moderator&status=ACTIVE", 3)]
    [InlineData("search=PERSON25", 1)]
    [InlineData("search=crowd0", 9)]
    [InlineData("search=100%25", 0)]
    [InlineData("search=_", 0)]
    public async Task filters_narrow(string filter, int count) =>
        Assert.Equal(count, (long)(await GetAsync($"/users?{filter}"))["pagination"]!["total"]!);

    [Fact]
    public async Task sorts_by_first_name()
    {
        Assert.Equal(["crowd25", "crowd24"], Names(await GetAsync("/users?search=crowd&sort=firstName&size=2")));
        Assert.Equal(["crowd01", "crowd02"], Names(await GetAsync("/users?search=crowd&sort=firstName&size=2&order=desc")));
    }

    [Theory]
    [InlineData("page=0", "page")]
    [InlineData("page=one", "page")]
    [InlineData("page=99999999999999999999", "page")]
    [InlineData("size=101", "size")]
    [InlineData("limit=0", "limit")]
    [InlineData("role=KING", "role")]
    [InlineData("sort=password", "sort")]
    [InlineData("order=up", "order")]
    [InlineData("search=%00", "search")]
    public async Task a_faulty_parameter_is_named(string query, string field)
    {
        using var admin = await crowd.AdminAsync();
        var error = await (await admin.GetAsync($"/api/v1/users?{query}", Cancellation)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(field, (string?)error["details"]!["field"]);
    }

    [Fact]
    public async Task is_for_administrators()
    {
        using var trader = await crowd.SignedInAsync();
        var error = await (await trader.GetAsync("/api/v1/users", Cancellation)).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        Assert.Contains("MANAGE_USERS", (string)error["message"]!);
    }

    async Task<JsonNode> GetAsync(string path)
    {
        using var admin = await crowd.AdminAsync();
        var answer = await admin.GetAsync("/api/v1" + path, Cancellation);
        var json = await answer.JsonAsync();
        Assert.True(answer.IsSuccessStatusCode, json.ToJsonString());
        return json;
    }

    static IEnumerable<string> Names(JsonNode json) => json["data"]!.AsArray().Select(user => ((string)user!["email"]!).Split('@')[0]);
}
