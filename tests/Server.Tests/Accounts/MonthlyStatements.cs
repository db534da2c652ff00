using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Accounts;

public sealed partial class MonthlyStatements(TradingServer server) : IClassFixture<TradingServer>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    string ThisMonth => server.Clock.GetUtcNow().ToString("yyyy-MM", CultureInfo.InvariantCulture);

    [Fact]
    public async Task add_up_to_the_cent_in_every_form()
    {
        var symbol = await server.ListAsync();
        var (alice, bob) = (await server.TraderAsync(10_000, symbol), await server.TraderAsync(10_000, symbol));
        for (var i = 1; i <= 12; i++)
        {
            await alice.LimitAsync(symbol, "SELL", i, 100.01m);
            await bob.LimitAsync(symbol, "BUY", i, 100.01m);
        }
        for (var i = 1; i <= 30; i++) await (await alice.PostAsync("/transfers", new { fromAccountId = alice.AccountId, toAccountId = bob.AccountId, amount = 0.01m * i })).DataAsync();
        var balance = (decimal)(await (await alice.GetAsync($"/accounts/{alice.AccountId}/balance")).DataAsync())["balance"]!;

        var statement = await (await alice.GetAsync($"/accounts/{alice.AccountId}/statements/{ThisMonth}")).DataAsync();

        Assert.Equal((0m, balance, false), ((decimal)statement["openingBalance"]!, (decimal)statement["closingBalance"]!, (bool)statement["final"]!));
        var totals = statement["totals"]!.AsArray();
        Assert.Equal(["DEPOSIT", "FEE", "TRADE", "TRANSFER"], totals.Select(total => (string?)total!["type"]));
        Assert.Equal(balance, totals.Sum(total => (decimal)total!["amount"]!));
        Assert.Equal((long)statement["transactions"]!, totals.Sum(total => (long)total!["transactions"]!));

        var table = await TextAsync(alice, $"/accounts/{alice.AccountId}/statements/{ThisMonth}?format=csv", "text/csv");
        var rows = table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(',')).ToList();
        Assert.Equal((long)statement["transactions"]!, rows.Count);
        var running = 0m;
        foreach (var row in rows) Assert.Equal(running += decimal.Parse(row[4], CultureInfo.InvariantCulture), decimal.Parse(row[5], CultureInfo.InvariantCulture));
        Assert.Equal(balance, running);

        var page = await TextAsync(alice, $"/accounts/{alice.AccountId}/statements/{ThisMonth}", "text/html");
        Assert.Equal(rows.Count, LedgerRow().Count(page));
        // As many decimals everywhere as the finest amount has, so that the points are in a column.
        var decimals = rows.Max(row => row[4].Length - row[4].IndexOf('.', StringComparison.Ordinal) - 1);
        Assert.InRange(decimals, 3, 6);
        Assert.Contains($"<td colspan=\"4\">Closing balance</td><td class=\"n\">{balance.ToString($"N{decimals}", CultureInfo.InvariantCulture)}</td>", page, StringComparison.Ordinal);
        Assert.All(Amount().Matches(page), amount => Assert.Equal(decimals, amount.Groups[1].Length));
    }

    [Fact]
    public async Task begin_where_the_month_before_ended()
    {
        var own = new TradingServer();
        await own.InitializeAsync();
        await using var ended = own;
        var trader = await own.TraderAsync(250);
        var first = own.Clock.GetUtcNow();
        own.Clock.Advance(new DateTimeOffset(first.Year, first.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1).AddHours(1) - first);
        using var admin = await own.AdminAsync();
        await (await admin.PostAsync($"/api/v1/accounts/{trader.AccountId}/deposits", Answers.Json("""{"amount":50}"""), Cancellation)).DataAsync();

        var (before, now) = (await StatementAsync(first), await StatementAsync(own.Clock.GetUtcNow()));

        Assert.Equal((0m, 250m, true), ((decimal)before["openingBalance"]!, (decimal)before["closingBalance"]!, (bool)before["final"]!));
        Assert.Equal((250m, 300m, false), ((decimal)now["openingBalance"]!, (decimal)now["closingBalance"]!, (bool)now["final"]!));

        async Task<System.Text.Json.Nodes.JsonNode> StatementAsync(DateTimeOffset month) =>
            await (await admin.GetAsync($"/api/v1/accounts/{trader.AccountId}/statements/{month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}", Cancellation)).DataAsync();
    }

    [Fact]
    public async Task are_their_owners_and_of_months_that_have_begun()
    {
        var (alice, eve) = (await server.TraderAsync(1), await server.TraderAsync(0));
        await (await eve.GetAsync($"/accounts/{alice.AccountId}/statements/{ThisMonth}")).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        foreach (var month in (string[])["2999-01", "January", "2026-13", "1900-01"])
            await (await alice.GetAsync($"/accounts/{alice.AccountId}/statements/{month}")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await alice.GetAsync($"/accounts/{alice.AccountId}/statements/{ThisMonth}?format=pdf")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(0m, (decimal)(await (await alice.GetAsync($"/accounts/{alice.AccountId}/statements/2020-02")).DataAsync())["closingBalance"]!);
    }

    [Fact]
    public async Task and_lists_can_be_had_as_tables()
    {
        var trader = await server.TraderAsync(12.5m);

        var table = await TextAsync(trader, $"/accounts/{trader.AccountId}/transactions?limit=5", "text/csv");

        var lines = table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("id,timestamp,type,asset,amount,balanceAfter,reference", lines[0]);
        Assert.Matches(@"^transaction-\d+-1,\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z,DEPOSIT,USD,12\.50,12\.50,$", Assert.Single(lines.Skip(1)));
    }

    static async Task<string> TextAsync(Trader trader, string path, string accept)
    {
        using var answer = await trader.Client.SendAsync(Answers.Request(HttpMethod.Get, "/api/v1" + path, ("Accept", accept)), Cancellation);
        Assert.Equal((HttpStatusCode.OK, accept), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    [GeneratedRegex(@"<tr><td>\d{4}-")]
    private static partial Regex LedgerRow();

    [GeneratedRegex(@"<td class=""n"">[+\u2212]?[\d,]+\.(\d+)</td>")]
    private static partial Regex Amount();
}
