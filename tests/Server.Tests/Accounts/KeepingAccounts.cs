using System.Net;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Accounts;

public sealed class KeepingAccounts(TradingServer server) : IClassFixture<TradingServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task everyone_has_a_trading_account_from_the_start()
    {
        var trader = await server.TraderAsync(0);
        var accounts = await (await trader.GetAsync("/accounts")).DataAsync();
        Assert.Equal($$"""[{"id":"{{trader.AccountId}}","number":"{{MyTradeX.Server.Features.Accounts.AccountNumber.Of(long.Parse(trader.AccountId["account-".Length..]))}}","name":"Trading USD","type":"TRADING","currency":"USD","balance":0.00,"available":0.00,"held":0.00,"status":"ACTIVE"}]""", accounts.ToJsonString());
        using var admin = await server.AdminAsync();
        var made = await (await admin.PostAsync("/api/v1/users", Answers.Json($$"""{"email":"{{Guid.NewGuid():n}}@example.com","password":"password123","name":"X","role":"TRADER"}"""), Cancellation)).DataAsync();
        using var client = await server.SignedInAsync((string)made["email"]!);
        Assert.Single((await (await client.GetAsync("/api/v1/accounts", Cancellation)).DataAsync()).AsArray());
    }

    [Fact]
    public async Task more_can_be_opened()
    {
        var trader = await server.TraderAsync(0);
        var answer = await trader.PostAsync("/accounts", new { name = "Rainy days", type = "SAVINGS", currency = "usd" });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.NotNull(answer.Header("X-Sequence"));
        var account = await answer.DataAsync();
        Assert.Equal(("Rainy days", "SAVINGS", "USD"), ((string?)account["name"], (string?)account["type"], (string?)account["currency"]));
        Assert.Equal($"/api/v1/accounts/{account["id"]}", answer.Header("Location"));
        Assert.Equal(account.ToJsonString(), (await (await trader.GetAsync($"/accounts/{account["id"]}")).DataAsync()).ToJsonString());
        Assert.Equal(2, (await (await trader.GetAsync("/accounts")).DataAsync()).AsArray().Count);
        await (await trader.PostAsync("/accounts", new { currency = "XYZ" })).ErrorAsync(HttpStatusCode.NotFound, "CURRENCY_NOT_FOUND");
        await (await trader.PostAsync("/accounts", new { type = "FEES" })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await trader.PostAsync("/accounts", new { name = new string('é', 33) })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await trader.PostAsync("/accounts", new { name = new string('x', 65) })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task they_are_listed_page_by_page_oldest_first()
    {
        var trader = await server.TraderAsync(0);
        foreach (var name in (string[])["Second", "Third"]) await trader.PostAsync("/accounts", new { name, type = "CHECKING" });
        var names = new List<string?>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = System.Text.Json.Nodes.JsonNode.Parse(await (await trader.GetAsync($"/accounts?size=1&cursor={cursor}")).Content.ReadAsStringAsync(Cancellation))!;
            names.Add((string?)page["data"]!.AsArray().Single()!["name"]);
            cursor = (string?)page["pagination"]!["nextCursor"];
        }
        Assert.Equal(["Trading USD", "Second", "Third"], names);
        var numbered = System.Text.Json.Nodes.JsonNode.Parse(await (await trader.GetAsync("/accounts?size=2&page=2")).Content.ReadAsStringAsync(Cancellation))!;
        Assert.Equal("Third", (string?)numbered["data"]!.AsArray().Single()!["name"]);
        Assert.Equal((3, 2, false, true), ((int)numbered["pagination"]!["total"]!, (int)numbered["pagination"]!["totalPages"]!, (bool)numbered["pagination"]!["hasNext"]!, (bool)numbered["pagination"]!["hasPrevious"]!));
    }

    [Fact]
    public async Task opening_under_a_key_opens_one()
    {
        var trader = await server.TraderAsync(0);
        var first = await (await trader.SendAsync(HttpMethod.Post, "/accounts", "open", new { name = "Once", type = "SAVINGS" })).DataAsync();
        var again = await trader.SendAsync(HttpMethod.Post, "/accounts", "open", new { name = "Once", type = "SAVINGS" });
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal((string?)first["id"], (string?)(await again.DataAsync())["id"]);
    }

    [Fact]
    public async Task a_deposit_is_booked_to_the_last_decimal()
    {
        var trader = await server.TraderAsync(0);
        var answer = await trader.PostTextAsync($"/accounts/{trader.AccountId}/deposits", """{"amount":"1234.567891"}""");
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Contains("\"balance\":1234.567891,", await answer.Content.ReadAsStringAsync(Cancellation));
        var balance = await (await trader.GetAsync($"/accounts/{trader.AccountId}/balance")).DataAsync();
        Assert.Equal((1234.567891m, 1234.567891m, 0m), ((decimal)balance["balance"]!, (decimal)balance["available"]!, (decimal)balance["held"]!));
        var line = (await (await trader.GetAsync($"/accounts/{trader.AccountId}/transactions")).DataAsync()).AsArray().Single()!;
        Assert.Equal(("DEPOSIT", "USD", 1234.567891m, 1234.567891m), ((string?)line["type"], (string?)line["asset"], (decimal)line["amount"]!, (decimal)line["balanceAfter"]!));
    }

    [Theory]
    [InlineData("""{}""", 400, "VALIDATION_ERROR")]
    [InlineData("""{"amount":0}""", 400, "VALIDATION_ERROR")]
    [InlineData("""{"amount":-1}""", 400, "VALIDATION_ERROR")]
    [InlineData("""{"amount":0.0000001}""", 422, "AMOUNT_OUT_OF_RANGE")]
    [InlineData("""{"amount":1000000.01}""", 422, "AMOUNT_OUT_OF_RANGE")]
    [InlineData("""{"amount":99999999999999999999}""", 422, "AMOUNT_OUT_OF_RANGE")]
    public async Task an_amount_that_cannot_be_is_refused(string body, int status, string code)
    {
        var trader = await server.TraderAsync(0);
        await (await trader.PostTextAsync($"/accounts/{trader.AccountId}/deposits", body)).ErrorAsync((HttpStatusCode)status, code);
        Assert.Equal((0m, 0m), await trader.CashAsync());
    }

    [Fact]
    public async Task the_largest_amount_goes_in_and_comes_back_unchanged()
    {
        var trader = await server.TraderAsync(0);
        using var client = await server.AdminAsync();
        var admin = new Trader(client, "", "");
        var path = $"/accounts/{trader.AccountId}/deposits";
        var answer = await admin.PostTextAsync(path, """{"amount":999999999.999999}""");
        Assert.Contains("\"balance\":999999999.999999,", await answer.Content.ReadAsStringAsync(Cancellation));
        var details = (await (await admin.PostTextAsync(path, """{"amount":1000000000}""")).ErrorAsync(HttpStatusCode.UnprocessableEntity, "AMOUNT_OUT_OF_RANGE"))["details"]!;
        Assert.Equal(999_999_999.999999m, (decimal)details["limit"]!);
    }

    [Fact]
    public async Task outside_development_only_administrators_bring_money_in()
    {
        await using var production = new TestServer("Production", "--admin-email", "root@example.com", "--admin-password", "correct horse", "--Auth:DefaultRole", "Trader");
        await production.InitializeAsync();
        var (client, session, _) = await production.NewUserAsync();
        var id = (string)(await (await client.GetAsync("/api/v1/accounts", Cancellation)).DataAsync())[0]!["id"]!;
        var trader = new Trader(client, (string)session["user"]!["id"]!, id);
        await (await trader.PostAsync($"/accounts/{id}/deposits", new { amount = 1 })).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        using var root = await production.SignedInAsync("root@example.com", "correct horse");
        await (await new Trader(root, "", "").PostAsync($"/accounts/{id}/deposits", new { amount = 5 })).DataAsync();
        Assert.Equal((5m, 0m), await trader.CashAsync());
    }

    [Fact]
    public async Task every_movement_is_in_the_list_of_transactions()
    {
        var symbol = await server.ListAsync();
        var (seller, buyer) = (await server.TraderAsync(0, symbol), await server.TraderAsync(10_000));
        await seller.LimitAsync(symbol, "SELL", 10, 150);
        await buyer.LimitAsync(symbol, "BUY", 10, 150);
        var path = $"/accounts/{buyer.AccountId}/transactions";
        var lines = (await (await buyer.GetAsync(path)).DataAsync()).AsArray();
        Assert.Equal(["TRADE 10", "FEE -0.3", "TRADE -1500", "DEPOSIT 10000"], lines.Select(line => $"{line!["type"]} {(decimal)line["amount"]!:0.####}"));
        Assert.Equal([symbol, "USD", "USD", "USD"], lines.Select(line => (string?)line!["asset"]));
        Assert.Equal([10m, 8_499.70m, 8_500m, 10_000m], lines.Select(line => (decimal)line!["balanceAfter"]!));
        Assert.StartsWith("trade-", (string?)lines[0]!["reference"]);

        Assert.Equal(2, (await (await buyer.GetAsync(path + "?type=TRADE")).DataAsync()).AsArray().Count);
        Assert.Equal(3, (await (await buyer.GetAsync(path + "?asset=usd")).DataAsync()).AsArray().Count);
        var first = await (await buyer.GetAsync(path + "?size=3&cursor=")).JsonAsync();
        var rest = await (await buyer.GetAsync($"{path}?size=3&cursor={first["pagination"]!["nextCursor"]}")).JsonAsync();
        Assert.Equal("DEPOSIT", (string?)rest["data"]!.AsArray().Single()!["type"]);
        Assert.Equal(4, (int)(await (await buyer.GetAsync(path + "?page=2&size=3")).JsonAsync())["pagination"]!["total"]!);
        await (await buyer.GetAsync(path + "?type=GIFT")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task shares_are_brought_in_and_can_be_sold()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync(0);
        var path = $"/accounts/{trader.AccountId}/positions";
        Assert.Equal(HttpStatusCode.Created, (await trader.PostAsync(path, new { symbol, quantity = 7, unitCost = 149.5 })).StatusCode);
        await trader.LimitAsync(symbol, "SELL", 7, 150);
        await (await trader.PostAsync(path, new { symbol = "NOPE", quantity = 7 })).ErrorAsync(HttpStatusCode.NotFound, "INSTRUMENT_NOT_FOUND");
        await (await trader.PostAsync(path, new { symbol, quantity = 7.5 })).ErrorAsync(HttpStatusCode.UnprocessableEntity, "AMOUNT_OUT_OF_RANGE");
        await (await trader.PostAsync(path, new { symbol, quantity = -7, unitCost = -1 })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task the_venues_own_accounts_are_not_found()
    {
        using var client = await server.AdminAsync();
        var admin = new Trader(client, "", "");
        foreach (var id in new[] { "account-1", "account-2" })
        {
            await (await admin.GetAsync($"/accounts/{id}")).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
            await (await admin.PostAsync($"/accounts/{id}/deposits", new { amount = 1 })).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        }
    }
}
