using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Transfers;

public sealed class SendingMoney(TradingServer server) : IClassFixture<TradingServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task moves_it_at_once_and_shows_on_both_accounts()
    {
        var (alice, bob) = (await server.TraderAsync(1_000), await server.TraderAsync(0));

        var answer = await alice.PostAsync("/transfers", new { fromAccountId = alice.AccountId, toAccountId = bob.AccountId, amount = 250.25m, currency = "usd", memo = "Lunch" });

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var sent = await answer.DataAsync();
        Assert.Equal($"/api/v1/transfers/{sent["id"]}", answer.Header("Location"));
        Assert.NotNull(answer.Header("X-Sequence"));
        Assert.Equal(("completed", 250.25m, "USD", alice.AccountId, bob.AccountId, "Lunch"),
            ((string?)sent["status"], (decimal)sent["amount"]!, (string?)sent["currency"], (string?)sent["fromAccountId"], (string?)sent["toAccountId"], (string?)sent["memo"]));
        Assert.Equal(749.75m, (await alice.CashAsync()).Available);
        Assert.Equal(250.25m, (await bob.CashAsync()).Available);
        foreach (var trader in (Trader[])[alice, bob])
        {
            var line = (await (await trader.GetAsync($"/accounts/{trader.AccountId}/transactions?type=TRANSFER")).DataAsync()).AsArray().Single()!;
            Assert.Equal((string?)sent["id"], (string?)line["reference"]);
            Assert.Equal(trader == alice ? -250.25m : 250.25m, (decimal)line["amount"]!);
            foreach (var path in (string[])[$"/transfers/{sent["id"]}", $"/transfers/{sent["id"]}/status"])
                Assert.Equal(sent.ToJsonString(), (await (await trader.GetAsync(path)).DataAsync()).ToJsonString());
        }
    }

    [Fact]
    public async Task tells_whoever_listens_the_line_that_the_list_shows()
    {
        var (alice, bob) = (await server.TraderAsync(1_000), await server.TraderAsync(0));
        var from = (string?)(await (await bob.GetAsync("/poll?topics=transactions")).DataAsync())["cursor"];

        await alice.PostAsync("/transfers", Of(alice, bob, 12.5m));

        var told = Assert.Single((await (await bob.GetAsync($"/poll?topics=transactions&cursor={from}")).DataAsync())["events"]!.AsArray())!;
        var listed = (await (await bob.GetAsync($"/accounts/{bob.AccountId}/transactions?type=TRANSFER")).DataAsync()).AsArray().Single()!;
        Assert.Equal(("transaction:new", listed.ToJsonString()), ((string?)told["type"], told["payload"]!.ToJsonString()));
    }

    [Fact]
    public async Task finds_the_account_by_the_number_that_people_tell()
    {
        var (alice, bob) = (await server.TraderAsync(1_000), await server.TraderAsync(0));
        var number = (string)(await (await bob.GetAsync($"/accounts/{bob.AccountId}")).DataAsync())["number"]!;

        var sent = await (await alice.PostAsync("/transfers", new { fromAccountId = alice.AccountId, toAccountNumber = number.Insert(6, " "), amount = 1 })).DataAsync();
        Assert.Equal(bob.AccountId, (string?)sent["toAccountId"]);

        var mistyped = number[..^1] + (char)('0' + (number[^1] - '0' + 1) % 10);
        var error = await (await alice.PostAsync("/transfers", new { fromAccountId = alice.AccountId, toAccountNumber = mistyped, amount = 1 })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal("toAccountNumber", (string?)error["details"]!["field"]);
    }

    [Fact]
    public async Task above_the_limit_for_one_is_refused_in_the_words_of_the_contract()
    {
        var (alice, bob) = (await server.TraderAsync(300_000), await server.TraderAsync(0));

        var error = await (await alice.PostAsync("/transfers", Of(alice, bob, 100_000.01m))).ErrorAsync(HttpStatusCode.BadRequest, "TRANSFER_LIMIT_EXCEEDED");

        Assert.Equal("Amount exceeds maximum limit", (string?)error["message"]);
        Assert.Equal((100_000.01m, 100_000m), ((decimal)error["details"]!["observed"]!, (decimal)error["details"]!["limit"]!));
        await (await alice.PostAsync("/transfers", Of(alice, bob, 100_000m))).DataAsync();
        await (await alice.PostAsync("/transfers", Of(alice, bob, 999_999_999_999_999_999m))).ErrorAsync(HttpStatusCode.BadRequest, "TRANSFER_LIMIT_EXCEEDED");
    }

    [Fact]
    public async Task stops_at_what_one_account_may_send_in_a_day()
    {
        var (alice, bob) = (await server.TraderAsync(1_000_000), await server.TraderAsync(0));
        for (var i = 0; i < 4; i++) await (await alice.PostAsync("/transfers", Of(alice, bob, 100_000))).DataAsync();
        await (await alice.PostAsync("/transfers", Of(alice, bob, 99_000))).DataAsync();

        var error = await (await alice.PostAsync("/transfers", Of(alice, bob, 1_000.01m))).ErrorAsync(HttpStatusCode.UnprocessableEntity, "DAILY_LIMIT_EXCEEDED");

        Assert.Equal((499_000m, 500_000m, 1_000m), ((decimal)error["details"]!["observed"]!, (decimal)error["details"]!["limit"]!, (decimal)error["details"]!["suggested"]!));
        var told = await (await alice.PostAsync("/transfers/validate", Of(alice, bob, 1_000m))).DataAsync();
        Assert.Equal((true, 1_000m, 100_000m, 501_000m), ((bool)told["valid"]!, (decimal)told["remainingToday"]!, (decimal)told["maximumAmount"]!, (decimal)told["available"]!));
    }

    [Fact]
    public async Task can_be_tried_out_without_sending()
    {
        var (alice, bob) = (await server.TraderAsync(100), await server.TraderAsync(0));

        var told = await (await alice.PostAsync("/transfers/validate", Of(alice, bob, 100.01m))).DataAsync();

        Assert.False((bool)told["valid"]!);
        Assert.Equal(("INSUFFICIENT_FUNDS", bob.AccountId, 100m), ((string?)told["refusal"]!["code"], (string?)told["toAccountId"], (decimal)told["available"]!));
        Assert.True((bool)(await (await alice.PostAsync("/transfers/validate", Of(alice, bob, 100m))).DataAsync())["valid"]!);
        Assert.Equal(100m, (await alice.CashAsync()).Available);
    }

    [Fact]
    public async Task names_what_is_wrong()
    {
        var (alice, bob) = (await server.TraderAsync(100), await server.TraderAsync(0));
        await Refused(new { }, HttpStatusCode.BadRequest, "VALIDATION_ERROR", "fromAccountId");
        await Refused(new { fromAccountId = alice.AccountId, amount = 1 }, HttpStatusCode.BadRequest, "VALIDATION_ERROR", "toAccountId");
        await Refused(new { fromAccountId = alice.AccountId, toAccountId = "bob", amount = 1 }, HttpStatusCode.BadRequest, "VALIDATION_ERROR", "toAccountId");
        await Refused(new { fromAccountId = alice.AccountId, toAccountId = bob.AccountId, toAccountNumber = "1", amount = 1 }, HttpStatusCode.BadRequest, "VALIDATION_ERROR", "toAccountNumber");
        await Refused(Of(alice, bob, 0), HttpStatusCode.BadRequest, "VALIDATION_ERROR", "amount");
        await Refused(Of(alice, bob, 0.0000001m), HttpStatusCode.UnprocessableEntity, "AMOUNT_OUT_OF_RANGE", "amount");
        await Refused(Of(alice, bob, 100.01m), HttpStatusCode.UnprocessableEntity, "INSUFFICIENT_FUNDS", "amount");
        await Refused(Of(bob, alice, 1), HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND", null);
        await Refused(new { fromAccountId = alice.AccountId, toAccountId = "account-999999", amount = 1 }, HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND", "toAccountId");
        await Refused(new { fromAccountId = alice.AccountId, toAccountId = "account-1", amount = 1 }, HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND", "toAccountId");
        await Refused(Of(alice, alice, 1), HttpStatusCode.BadRequest, "VALIDATION_ERROR", "toAccountId");
        await Refused(new { fromAccountId = alice.AccountId, toAccountId = bob.AccountId, amount = 1, currency = "XYZ" }, HttpStatusCode.NotFound, "CURRENCY_NOT_FOUND", "currency");
        await Refused(new { fromAccountId = alice.AccountId, toAccountId = bob.AccountId, amount = 1, memo = new string('é', 33) }, HttpStatusCode.BadRequest, "VALIDATION_ERROR", "memo");

        async Task Refused(object body, HttpStatusCode status, string code, string? field)
        {
            var error = await (await alice.PostAsync("/transfers", body)).ErrorAsync(status, code);
            Assert.Equal(field, (string?)error["details"]?["field"]);
        }
    }

    [Fact]
    public async Task happens_once_under_one_key()
    {
        var (alice, bob) = (await server.TraderAsync(100), await server.TraderAsync(0));

        var first = await (await alice.SendAsync(HttpMethod.Post, "/transfers", "once", Of(alice, bob, 60))).DataAsync();
        var again = await alice.SendAsync(HttpMethod.Post, "/transfers", "once", Of(alice, bob, 60));

        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal(first.ToJsonString(), (await again.DataAsync()).ToJsonString());
        Assert.Equal(40m, (await alice.CashAsync()).Available);
        await (await alice.SendAsync(HttpMethod.Post, "/transfers", "once", Of(alice, bob, 61))).ErrorAsync(HttpStatusCode.Conflict, "IDEMPOTENCY_CONFLICT");
    }

    [Fact]
    public async Task is_seen_by_the_two_alone_and_by_administrators()
    {
        var (alice, bob, eve) = (await server.TraderAsync(100), await server.TraderAsync(0), await server.TraderAsync(0));
        var id = (string)(await (await alice.PostAsync("/transfers", Of(alice, bob, 1))).DataAsync())["id"]!;

        await (await eve.GetAsync($"/transfers/{id}")).ErrorAsync(HttpStatusCode.NotFound, "TRANSFER_NOT_FOUND");
        await (await eve.GetAsync($"/transfers/history?userId={alice.UserId}")).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        using var admin = await server.AdminAsync();
        Assert.Equal(id, (string?)(await (await admin.GetAsync($"/api/v1/transfers/{id}", Cancellation)).DataAsync())["id"]);
        Assert.Equal(id, (string?)(await (await admin.GetAsync($"/api/v1/transfers?userId={alice.UserId}", Cancellation)).DataAsync()).AsArray().Single()!["id"]);
    }

    [Fact]
    public async Task is_listed_newest_first_by_filters_and_pages()
    {
        var (alice, bob) = (await server.TraderAsync(100), await server.TraderAsync(100));
        for (var i = 1; i <= 3; i++) await (await alice.PostAsync("/transfers", Of(alice, bob, i))).DataAsync();
        await (await bob.PostAsync("/transfers", Of(bob, alice, 10))).DataAsync();

        Assert.Equal([10m, 3m, 2m, 1m], await AmountsAsync("/transfers/history"));
        Assert.Equal([3m, 2m, 1m], await AmountsAsync("/transfers/history?direction=SENT"));
        Assert.Equal([10m], await AmountsAsync("/transfers/history?direction=RECEIVED&status=completed"));
        Assert.Equal([], await AmountsAsync("/transfers/history?status=scheduled,failed"));
        var walked = new List<decimal>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = JsonNode.Parse(await (await alice.GetAsync($"/transfers/history?size=2&cursor={cursor}")).Content.ReadAsStringAsync(Cancellation))!;
            walked.AddRange(page["data"]!.AsArray().Select(transfer => (decimal)transfer!["amount"]!));
            cursor = (string?)page["pagination"]!["nextCursor"];
        }
        Assert.Equal([10m, 3m, 2m, 1m], walked);

        async Task<IEnumerable<decimal>> AmountsAsync(string path) => (await (await alice.GetAsync(path)).DataAsync()).AsArray().Select(transfer => (decimal)transfer!["amount"]!).ToList();
    }

    static object Of(Trader from, Trader to, decimal amount) => new { fromAccountId = from.AccountId, toAccountId = to.AccountId, amount };
}
