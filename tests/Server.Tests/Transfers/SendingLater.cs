using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Transfers;

/// <summary>Each test has a server of its own, whose clock it moves.</summary>
public sealed class SendingLater : IAsyncLifetime
{
    readonly TradingServer _server = new();

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task happens_when_the_time_has_come_and_not_before()
    {
        var (alice, bob) = (await _server.TraderAsync(100), await _server.TraderAsync(0));
        var runAt = Whole(_server.Clock.GetUtcNow().AddMinutes(20));

        var scheduled = await (await alice.PostAsync("/transfers/schedule", Of(alice, bob, 30, runAt))).DataAsync();

        Assert.Equal(("scheduled", Text(runAt)), ((string?)scheduled["status"], (string?)scheduled["runAt"]));
        Assert.Equal(100m, (await alice.CashAsync()).Available);
        await (await bob.GetAsync($"/transfers/{scheduled["id"]}")).ErrorAsync(HttpStatusCode.NotFound, "TRANSFER_NOT_FOUND");
        Assert.Empty((await (await bob.GetAsync("/transfers/history")).DataAsync()).AsArray());
        _server.Clock.Advance(TimeSpan.FromMinutes(21));
        var done = await UntilAsync(alice, scheduled, "completed");
        Assert.True((DateTimeOffset)done["completedAt"]! >= runAt);
        Assert.Equal(70m, (await alice.CashAsync()).Available);
        Assert.Equal(30m, (await bob.CashAsync()).Available);
    }

    [Fact]
    public async Task fails_for_want_of_money_and_says_so_to_the_sender_alone()
    {
        var (alice, bob) = (await _server.TraderAsync(10), await _server.TraderAsync(0));
        var scheduled = await (await alice.PostAsync("/transfers/schedule", Of(alice, bob, 30, _server.Clock.GetUtcNow().AddMinutes(5)))).DataAsync();

        _server.Clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("INSUFFICIENT_FUNDS", (string?)(await UntilAsync(alice, scheduled, "failed"))["failureCode"]);
        Assert.Empty((await (await bob.GetAsync("/transfers/history")).DataAsync()).AsArray());
    }

    [Fact]
    public async Task can_be_taken_back_once_while_it_waits()
    {
        var (alice, bob) = (await _server.TraderAsync(100), await _server.TraderAsync(0));
        var id = (string)(await (await alice.PostAsync("/transfers/schedule", Of(alice, bob, 30, _server.Clock.GetUtcNow().AddMinutes(5)))).DataAsync())["id"]!;

        await (await bob.PostAsync($"/transfers/{id}/cancel", new { })).ErrorAsync(HttpStatusCode.NotFound, "TRANSFER_NOT_FOUND");
        var cancelled = await (await alice.PostAsync($"/transfers/{id}/cancel", new { reason = "Changed my mind" })).DataAsync();

        Assert.Equal("cancelled", (string?)cancelled["status"]);
        var error = await (await alice.PostAsync($"/transfers/{id}/cancel", new { })).ErrorAsync(HttpStatusCode.Conflict, "TRANSFER_NOT_SCHEDULED");
        Assert.Equal("cancelled", (string?)error["details"]!["observed"]);
    }

    [Fact]
    public async Task of_a_series_goes_on_by_itself_through_a_restart_until_it_is_taken_back()
    {
        var (alice, bob) = (await _server.TraderAsync(100), await _server.TraderAsync(0));
        var start = _server.Clock.GetUtcNow().AddMinutes(5);
        var first = await (await alice.PostAsync("/transfers/schedule", Of(alice, bob, 30, start, new { frequency = "DAILY", interval = 2 }))).DataAsync();
        Assert.Equal((1, (string?)first["id"], "DAILY", 2), ((int)first["occurrence"]!, (string?)first["seriesId"], (string?)first["recurrence"]!["frequency"], (int)first["recurrence"]!["interval"]!));

        _server.Clock.Advance(TimeSpan.FromMinutes(6));
        await UntilAsync(alice, first, "completed");
        var second = await NextAsync(alice, first, 2);

        Assert.Equal(("scheduled", Text(Whole(start).AddDays(2))), ((string?)second["status"], (string?)second["runAt"]));
        await _server.RestartAsync();
        var client = await _server.SignedInAsync("admin@example.com");
        var path = $"/api/v1/transfers/{second["id"]}";
        Assert.Equal("scheduled", (string?)(await (await client.GetAsync(path, TestContext.Current.CancellationToken)).DataAsync())["status"]);
        var cancelled = await (await client.PostAsync(path + "/cancel", Answers.Json("{}"), TestContext.Current.CancellationToken)).DataAsync();
        Assert.Equal("cancelled", (string?)cancelled["status"]);
        _server.Clock.Advance(TimeSpan.FromDays(5));
        client = await _server.SignedInAsync("admin@example.com");
        Assert.Equal(2, (await (await client.GetAsync($"/api/v1/transfers?userId={alice.UserId}&seriesId={first["id"]}", TestContext.Current.CancellationToken)).DataAsync()).AsArray().Count);
    }

    [Fact]
    public async Task of_a_series_ends_with_its_last_day()
    {
        var (alice, bob) = (await _server.TraderAsync(100), await _server.TraderAsync(0));
        var start = _server.Clock.GetUtcNow().AddMinutes(5);
        var only = await (await alice.PostAsync("/transfers/schedule", Of(alice, bob, 30, start, new { frequency = "WEEKLY", until = start.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }))).DataAsync();

        _server.Clock.Advance(TimeSpan.FromMinutes(6));
        await UntilAsync(alice, only, "completed");

        // The end is told by the one that was the last: it will not happen again.
        await WaitAsync(async () => (await (await alice.GetAsync($"/transfers/{only["id"]}")).DataAsync())["recurrence"] is null);
        Assert.Single((await (await alice.GetAsync("/transfers/history")).DataAsync()).AsArray());
    }

    [Fact]
    public async Task keeps_the_time_of_day_of_a_place()
    {
        var (alice, bob) = (await _server.TraderAsync(100), await _server.TraderAsync(0));
        var year = _server.Clock.GetUtcNow().Year + 1;

        var winter = await (await alice.PostAsync("/transfers/schedule", new { fromAccountId = alice.AccountId, toAccountId = bob.AccountId, amount = 1, runAt = $"{year}-01-15T09:00:00", timeZone = "Europe/Berlin" })).DataAsync();
        var summer = await (await alice.PostAsync("/transfers/schedule", new { fromAccountId = alice.AccountId, toAccountId = bob.AccountId, amount = 1, runAt = $"{year}-07-15T09:00", timeZone = "Europe/Berlin" })).DataAsync();

        Assert.Equal(($"{year}-01-15T08:00:00.000Z", $"{year}-07-15T07:00:00.000Z"), ((string?)winter["runAt"], (string?)summer["runAt"]));
    }

    [Fact]
    public async Task names_what_is_wrong()
    {
        var (alice, bob) = (await _server.TraderAsync(100), await _server.TraderAsync(0));
        var soon = Text(_server.Clock.GetUtcNow().AddHours(1));
        await Refused(new { }, "runAt");
        await Refused(new { runAt = "tomorrow" }, "runAt");
        await Refused(new { runAt = "2020-01-01T00:00:00Z" }, "runAt");
        await Refused(new { runAt = "2999-01-01T00:00:00Z" }, "runAt");
        await Refused(new { runAt = soon, timeZone = "Europe/Atlantis" }, "timeZone");
        await Refused(new { runAt = soon, recurrence = new { } }, "recurrence.frequency");
        await Refused(new { runAt = soon, recurrence = new { frequency = "HOURLY" } }, "recurrence.frequency");
        await Refused(new { runAt = soon, recurrence = new { frequency = "DAILY", interval = 0 } }, "recurrence.interval");
        await Refused(new { runAt = soon, recurrence = new { frequency = "DAILY", until = "2020-01-01" } }, "recurrence.until");

        async Task Refused(object about, string field)
        {
            var body = new JsonObject { ["fromAccountId"] = alice.AccountId, ["toAccountId"] = bob.AccountId, ["amount"] = 1 };
            foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(about)!.AsObject()) body[name] = value?.DeepClone();
            var error = await (await alice.PostAsync("/transfers/schedule", body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
            Assert.Equal(field, (string?)error["details"]!["field"]);
        }
    }

    static object Of(Trader from, Trader to, decimal amount, DateTimeOffset runAt, object? recurrence = null) =>
        new { fromAccountId = from.AccountId, toAccountId = to.AccountId, amount, runAt = runAt.ToString("O", CultureInfo.InvariantCulture), recurrence };

    static DateTimeOffset Whole(DateTimeOffset time) => new(time.UtcDateTime.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerSecond)), TimeSpan.Zero);

    static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);

    static async Task<JsonNode> UntilAsync(Trader trader, JsonNode transfer, string status)
    {
        JsonNode? now = null;
        await WaitAsync(async () => (string?)(now = await (await trader.GetAsync($"/transfers/{transfer["id"]}")).DataAsync())["status"] == status);
        return now!;
    }

    static async Task<JsonNode> NextAsync(Trader trader, JsonNode series, int occurrence)
    {
        JsonNode? found = null;
        await WaitAsync(async () => (found = (await (await trader.GetAsync($"/transfers?seriesId={series["id"]}")).DataAsync()).AsArray().FirstOrDefault(transfer => (int)transfer!["occurrence"]! == occurrence)) is not null);
        return found!;
    }

    // The venue looks at its clock once a second.
    static async Task WaitAsync(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 100, "did not come about in 10 seconds");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
