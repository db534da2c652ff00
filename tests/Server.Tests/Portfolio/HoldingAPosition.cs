using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MyTradeX.Core;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.MarketData;
using Xunit;

namespace MyTradeX.Server.Tests.Portfolio;

public sealed class HoldingAPosition(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task shows_what_it_cost_and_what_it_is_worth()
    {
        var instrument = await _market.ListAsync(reference: 150m);
        var (client, user) = await _market.TraderAsync();
        var account = await _market.AccountAsync(user, 100_000m);
        var (_, dealer) = await _market.DealerAsync(instrument);
        await _market.TradeAsync(instrument, account, dealer, 100, 149.50m);
        await _market.PlaceAsync(account, instrument, Side.Sell, 40, 155m);
        await _market.TradeAsync(instrument, (await _market.DealerAsync(instrument)).AccountId, dealer, 1, 150.25m);

        var position = Assert.Single((await (await client.ReadAsync("/api/v1/portfolio/positions")).DataAsync()).AsArray())!;

        Assert.Equal(
            $$"""
            {"id":"position-{{account}}-{{instrument.Id}}","accountId":"account-{{account}}","symbol":"{{instrument.Symbol}}","quantity":100,"available":60,"held":40,"averageCost":149.50,"costBasis":14950.00,"currentPrice":150.25,"marketValue":15025.00,"unrealizedPnL":75.00,"realizedPnL":0.00,"fees":0.00,"dayPnL":75.00,"currency":"USD","lastUpdated":"{{position["lastUpdated"]}}"}
            """,
            position.ToJsonString());
        var summary = await (await client.ReadAsync("/api/v1/portfolio/summary")).DataAsync();
        Assert.Equal(
            $$"""
            {"totalValue":100075.00,"cash":85050.00,"marketValue":15025.00,"totalUnrealizedPnL":75.00,"totalRealizedPnL":0.00,"totalFees":0.00,"dayPnL":75.00,"currency":"USD","positions":[{"symbol":"{{instrument.Symbol}}","quantity":100,"marketValue":15025.00,"pnL":75.00}]}
            """,
            summary.ToJsonString());
    }

    [Fact]
    public async Task without_a_price_is_valued_at_cost()
    {
        var instrument = await _market.ListAsync();
        var (client, user) = await _market.TraderAsync();
        var account = await _market.AccountAsync(user, 0);
        await _market.DeliverAsync(account, instrument, 10, 3.21m);

        var position = (await (await client.ReadAsync("/api/v1/portfolio/positions")).DataAsync())[0]!.AsObject();

        Assert.False(position.ContainsKey("currentPrice"));
        Assert.Equal(("32.10", "0.00", "0.00"), (Text(position, "marketValue"), Text(position, "unrealizedPnL"), Text(position, "dayPnL")));
    }

    [Fact]
    public async Task sold_out_is_listed_only_on_request_and_counts_in_the_totals()
    {
        var instrument = await _market.ListAsync();
        var (client, user) = await _market.TraderAsync();
        var account = await _market.AccountAsync(user, 1_000m);
        var (_, dealer) = await _market.DealerAsync(instrument);
        await _market.TradeAsync(instrument, account, dealer, 10, 20m);
        await _market.TradeAsync(instrument, dealer, account, 10, 22m);

        Assert.Empty((await (await client.ReadAsync("/api/v1/portfolio/positions")).DataAsync()).AsArray());
        var closed = Assert.Single((await (await client.ReadAsync("/api/v1/portfolio/positions?includeClosed=true")).DataAsync()).AsArray())!;
        Assert.Equal(("0", "0.00", "20.00"), (Text(closed, "quantity"), Text(closed, "averageCost"), Text(closed, "realizedPnL")));
        var summary = await (await client.ReadAsync("/api/v1/portfolio/summary")).DataAsync();
        Assert.Equal(("1020.00", "20.00", "20.00"), (Text(summary, "totalValue"), Text(summary, "totalRealizedPnL"), Text(summary, "dayPnL")));
        Assert.Empty(summary["positions"]!.AsArray());
    }

    [Fact]
    public async Task in_two_accounts_is_two_positions_and_one_line_of_the_summary()
    {
        var instrument = await _market.ListAsync(reference: 50m);
        var (client, user) = await _market.TraderAsync();
        var (first, second) = (await _market.AccountAsync(user, 100m), await _market.AccountAsync(user, 7m));
        await _market.DeliverAsync(first, instrument, 10, 40m);
        await _market.DeliverAsync(second, instrument, 5, 60m);

        var positions = (await (await client.ReadAsync("/api/v1/portfolio/positions")).DataAsync()).AsArray();
        Assert.Equal([$"account-{first}", $"account-{second}"], positions.Select(position => (string?)position!["accountId"]));
        var line = Assert.Single((await (await client.ReadAsync("/api/v1/portfolio/summary")).DataAsync())["positions"]!.AsArray())!;
        Assert.Equal(("15", "750.00", "50.00"), (Text(line, "quantity"), Text(line, "marketValue"), Text(line, "pnL")));
        var one = await (await client.ReadAsync($"/api/v1/portfolio/summary?accountId=account-{second}")).DataAsync();
        Assert.Equal(("257.00", "-50.00"), (Text(one, "totalValue"), Text(one, "totalUnrealizedPnL")));
    }

    [Fact]
    public async Task in_two_currencies_is_summed_up_one_currency_at_a_time()
    {
        await _market.CurrencyAsync("EUR", 4);
        var (dollars, euros) = (await _market.ListAsync(reference: 10m), await _market.ListAsync(reference: 10m, currency: "EUR"));
        var (client, user) = await _market.TraderAsync();
        var usd = await _market.AccountAsync(user, 1m);
        var eur = await _market.AccountAsync(user, 2m, "EUR", currencyScale: 4);
        await _market.DeliverAsync(usd, dollars, 1, 10m);
        await _market.DeliverAsync(eur, euros, 2, 10m);

        Assert.Equal(("USD", "11.00"), await TotalAsync(""));
        Assert.Equal(("EUR", "22.00"), await TotalAsync("?currency=eur"));
        Assert.Equal(("EUR", "22.00"), await TotalAsync($"?accountId=account-{eur}"));
        await (await client.ReadAsync("/api/v1/portfolio/summary?currency=XYZ")).ErrorAsync(HttpStatusCode.NotFound, "CURRENCY_NOT_FOUND");

        async Task<(string?, string?)> TotalAsync(string query)
        {
            var summary = await (await client.ReadAsync("/api/v1/portfolio/summary" + query)).DataAsync();
            return ((string?)summary["currency"], Text(summary, "totalValue"));
        }
    }

    [Fact]
    public async Task of_many_instruments_pages_by_number_and_by_cursor_alike()
    {
        var (client, user) = await _market.TraderAsync();
        var account = await _market.AccountAsync(user, 0);
        List<string> symbols = [];
        for (var i = 0; i < 5; i++)
        {
            var instrument = await _market.ListAsync();
            symbols.Add(instrument.Symbol);
            await _market.DeliverAsync(account, instrument, 1, 1m);
        }

        List<string> numbered = [], walked = [];
        for (var page = 1; page <= 3; page++)
            numbered.AddRange(Symbols(await (await client.ReadAsync($"/api/v1/portfolio/positions?size=2&page={page}")).JsonAsync()));
        for (string? cursor = ""; cursor is not null;)
        {
            var answer = await (await client.ReadAsync($"/api/v1/portfolio/positions?size=2&cursor={cursor}")).JsonAsync();
            walked.AddRange(Symbols(answer));
            cursor = (string?)answer["pagination"]!["nextCursor"];
        }
        Assert.Equal(symbols, numbered);
        Assert.Equal(symbols, walked);
        Assert.Equal([symbols[3]], Symbols(await (await client.ReadAsync($"/api/v1/portfolio/positions?symbol={symbols[3]}")).JsonAsync()));
    }

    [Fact]
    public async Task is_nobody_elses_business()
    {
        var instrument = await _market.ListAsync(reference: 5m);
        var (_, owner) = await _market.TraderAsync();
        var account = await _market.AccountAsync(owner, 10m);
        await _market.DeliverAsync(account, instrument, 1, 5m);
        var (other, _) = await _market.TraderAsync();
        using var admin = await server.AdminAsync();
        using var nobody = server.Client();

        Assert.Empty((await (await other.ReadAsync("/api/v1/portfolio/positions")).DataAsync()).AsArray());
        Assert.Equal("0.00", Text(await (await other.ReadAsync("/api/v1/portfolio/summary")).DataAsync(), "totalValue"));
        foreach (var path in new[] { "positions", "summary" })
        {
            foreach (var client in new[] { other, admin })
            {
                foreach (var id in new[] { $"account-{account}", "account-1", "account-0", "account-999999", "nonsense" })
                    await (await client.ReadAsync($"/api/v1/portfolio/{path}?accountId={id}")).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
            }
            await (await nobody.ReadAsync($"/api/v1/portfolio/{path}")).ErrorAsync(HttpStatusCode.Unauthorized, "UNAUTHORIZED");
        }
        var cursor = (string?)(await (await other.ReadAsync("/api/v1/portfolio/positions")).JsonAsync())["pagination"]!["nextCursor"];
        Assert.Null(cursor);
    }

    [Fact]
    public async Task needs_the_permission_to_view_a_portfolio()
    {
        using var admin = await server.AdminAsync();
        var email = $"u{Guid.NewGuid():n}@example.com";
        await admin.WriteAsync("/api/v1/users", Answers.Json($$"""{"email":"{{email}}","password":"password123","name":"Plain User","role":"USER"}"""));
        using var user = await server.SignedInAsync(email);
        await (await user.ReadAsync("/api/v1/portfolio/summary")).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
        await (await user.ReadAsync("/api/v1/portfolio/positions")).ErrorAsync(HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    static string[] Symbols(JsonNode answer) => [.. answer["data"]!.AsArray().Select(position => (string)position!["symbol"]!)];

    internal static string? Text(JsonNode node, string name) => node[name]?.ToJsonString();
}

/// <summary>The worked example of docs/portfolio.md, line by line.</summary>
public sealed class TradingAFewShares(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task adds_up_as_the_documentation_says()
    {
        var instrument = await _market.ListAsync(reference: 10m, makerFeePpm: 1_000, takerFeePpm: 1_000);
        var user = (await _market.TraderAsync()).UserId;
        var email = await EmailAsync(user);
        var account = await _market.AccountAsync(user, 1_000m);
        var (_, dealer) = await _market.DealerAsync(instrument);

        await _market.TradeAsync(instrument, account, dealer, 2, 10.00m);
        Assert.Equal("2 | 20.00 | 10.00 | 10.00 | 20.00 | 0.00 | 0.00 | 0.02 | 0.00", await LineAsync());
        await _market.TradeAsync(instrument, account, dealer, 1, 10.01m);
        Assert.Equal("3 | 30.01 | 10.0033 | 10.01 | 30.03 | 0.02 | 0.00 | 0.03001 | 0.02", await LineAsync());
        await _market.TradeAsync(instrument, dealer, account, 1, 10.05m);
        Assert.Equal("2 | 20.006667 | 10.0033 | 10.05 | 20.10 | 0.093333 | 0.046667 | 0.04006 | 0.14", await LineAsync());
        await _market.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("2 | 20.006667 | 10.0033 | 10.05 | 20.10 | 0.093333 | 0.046667 | 0.04006 | 0.00", await LineAsync());
        await _market.TradeAsync(instrument, dealer, account, 2, 10.02m);
        Assert.Equal("0 | 0.00 | 0.00 | 10.02 | 0.00 | 0.00 | 0.08 | 0.0601 | -0.06", await LineAsync());

        async Task<string> LineAsync()
        {
            using var client = await server.SignedInAsync(email);
            var position = (await (await client.ReadAsync("/api/v1/portfolio/positions?includeClosed=true")).DataAsync())[0]!;
            var names = new[] { "quantity", "costBasis", "averageCost", "currentPrice", "marketValue", "unrealizedPnL", "realizedPnL", "fees", "dayPnL" };
            return string.Join(" | ", names.Select(name => HoldingAPosition.Text(position, name)));
        }
    }

    async Task<string> EmailAsync(long user)
    {
        using var admin = await server.AdminAsync();
        return (string)(await (await admin.ReadAsync($"/api/v1/users/user-{user.ToString(CultureInfo.InvariantCulture)}")).DataAsync())["email"]!;
    }
}
