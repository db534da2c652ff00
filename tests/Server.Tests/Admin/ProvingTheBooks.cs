using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Admin;

public sealed class ProvingTheBooks : IAsyncLifetime
{
    readonly TradingServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    Venue.Venue Venue => _server.Services.GetRequiredService<Venue.Venue>();

    [Fact]
    public async Task the_state_at_a_sequence_has_the_same_hash_whenever_it_is_asked_for()
    {
        using var admin = await _server.AdminAsync();
        var symbol = await _server.ListAsync();
        var trader = await _server.TraderAsync(symbol: symbol);
        var before = await HashAsync(admin);
        Assert.Equal(Venue.Sequence, (long)before["sequence"]!);
        Assert.Matches("^[0-9a-f]{32}$", (string)before["stateHash"]!);

        await trader.LimitAsync(symbol, "BUY", 1, 149);
        var again = await HashAsync(admin, $"?sequence={before["sequence"]}");
        var after = await HashAsync(admin);

        Assert.Equal((string?)before["stateHash"], (string?)again["stateHash"]);
        Assert.NotEqual((string?)before["stateHash"], (string?)after["stateHash"]);
        Assert.True((long)after["sequence"]! > (long)before["sequence"]!);
    }

    [Fact]
    public async Task at_a_snapshot_the_hash_is_known_without_replaying()
    {
        using var admin = await _server.AdminAsync();
        var replayed = await HashAsync(admin);
        var snapshot = Venue.TakeSnapshot()!;
        var known = await HashAsync(admin, $"?sequence={snapshot.Sequence}");

        Assert.Equal((0, snapshot.Sequence), ((long)known["replayed"]!, (long)known["snapshotSequence"]!));
        Assert.Equal((string?)replayed["stateHash"], (string?)known["stateHash"]);
    }

    [Theory]
    [InlineData("?sequence=999999999", HttpStatusCode.NotFound, "NOT_FOUND")]
    [InlineData("?sequence=0", HttpStatusCode.BadRequest, "VALIDATION_ERROR")]
    [InlineData("?sequence=now", HttpStatusCode.BadRequest, "VALIDATION_ERROR")]
    public async Task a_sequence_that_cannot_be_had_is_refused(string query, HttpStatusCode status, string code)
    {
        using var admin = await _server.AdminAsync();
        var answer = await admin.GetAsync("/api/v1/admin/state-hash" + query, Cancellation);
        Assert.Equal(status, answer.StatusCode);
        var error = (await answer.JsonAsync())["error"]!;
        Assert.Equal((code, "sequence"), ((string)error["code"]!, (string)error["details"]!["field"]!));
    }

    [Theory]
    [InlineData("/api/v1/admin/state-hash")]
    [InlineData("/api/v1/admin/reconciliation")]
    public async Task only_administrators_may_ask(string path)
    {
        using var nobody = _server.Client();
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync(path, Cancellation)).StatusCode);
        using var trader = await _server.SignedInAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await trader.GetAsync(path, Cancellation)).StatusCode);
    }

    [Fact]
    public async Task books_that_agree_are_sound()
    {
        using var admin = await _server.AdminAsync();
        await CompareAsync();

        var books = await BooksAsync(admin);

        Assert.Equal("SOUND", (string?)books["status"]);
        Assert.Equal((long)books["last"]!["sequence"]!, Venue.Sequence);
        Assert.Equal((string?)(await HashAsync(admin, $"?sequence={books["last"]!["sequence"]}"))["stateHash"], (string?)books["last"]!["stateHash"]);
        Assert.True((long)books["last"]!["compared"]!["ACCOUNTS"]! > 0);
        Assert.Equal("ok", await HealthAsync("/health"));
    }

    [Fact]
    public async Task a_row_that_lies_degrades_health_and_is_shown_to_administrators_alone()
    {
        using var admin = await _server.AdminAsync();
        await Venue.WaitForHistoryAsync(Venue.Sequence, TimeSpan.FromSeconds(30), Cancellation);
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(_server.DataDir, "store.db")};Pooling=False"))
        {
            await database.OpenAsync(Cancellation);
            using var lie = database.CreateCommand();
            lie.CommandText = "UPDATE accounts SET balance = balance + 123456789 WHERE id = 3";
            Assert.Equal(1, await lie.ExecuteNonQueryAsync(Cancellation));
        }
        await CompareAsync();

        var books = await BooksAsync(admin);

        Assert.Equal("UNSOUND", (string?)books["status"]);
        var finding = Assert.Single(books["last"]!["findings"]!.AsArray())!;
        Assert.Equal(("ACCOUNTS", "account 3"), ((string)finding["check"]!, (string)finding["subject"]!));
        Assert.Contains("123456789", (string)finding["detail"]!);
        Assert.Equal("degraded", await HealthAsync("/health"));
        using var anybody = _server.Client();
        var told = await anybody.GetStringAsync("/health", Cancellation);
        Assert.Contains("ACCOUNTS", told);
        Assert.DoesNotContain("123456789", told);
    }

    Task CompareAsync() => Task.Run(
        async () =>
        {
            await Venue.WaitForHistoryAsync(Venue.Sequence, TimeSpan.FromSeconds(30), Cancellation);
            Assert.NotNull(Venue.Reconcile());
        },
        Cancellation);

    async Task<string?> HealthAsync(string path)
    {
        using var client = _server.Client();
        return (string?)JsonNode.Parse(await client.GetStringAsync(path, Cancellation))!["checks"]!["books"]!["status"];
    }

    static async Task<JsonNode> HashAsync(HttpClient admin, string query = "") => await (await admin.GetAsync("/api/v1/admin/state-hash" + query, Cancellation)).DataAsync();

    static async Task<JsonNode> BooksAsync(HttpClient admin) => await (await admin.GetAsync("/api/v1/admin/reconciliation", Cancellation)).DataAsync();
}
