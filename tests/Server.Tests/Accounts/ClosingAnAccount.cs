using System.Net;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Trading;
using Xunit;

namespace MyTradeX.Server.Tests.Accounts;

public sealed class ClosingAnAccount(TradingServer server) : IClassFixture<TradingServer>
{
    [Fact]
    public async Task needs_it_to_be_empty_and_is_for_good()
    {
        var trader = await server.TraderAsync(100);
        var other = (string)(await (await trader.PostAsync("/accounts", new { type = "SAVINGS" })).DataAsync())["id"]!;
        var path = $"/accounts/{trader.AccountId}/close";

        var error = await (await trader.PostAsync(path, new { reason = "moving" })).ErrorAsync(HttpStatusCode.Conflict, "ACCOUNT_NOT_EMPTY");
        Assert.Equal(100m, (decimal)error["details"]!["observed"]!);
        await (await trader.PostAsync("/transfers", new { fromAccountId = trader.AccountId, toAccountId = other, amount = 100 })).DataAsync();
        var closed = await (await trader.PostAsync(path, new { reason = "moving" })).DataAsync();

        Assert.Equal("CLOSED", (string?)closed["status"]);
        await (await trader.PostAsync(path, new { })).ErrorAsync(HttpStatusCode.UnprocessableEntity, "ACCOUNT_CLOSED");
        await (await trader.PostAsync($"/accounts/{trader.AccountId}/deposits", new { amount = 1 })).ErrorAsync(HttpStatusCode.UnprocessableEntity, "ACCOUNT_CLOSED");
        await (await trader.PostAsync("/transfers", new { fromAccountId = other, toAccountId = trader.AccountId, amount = 1 })).ErrorAsync(HttpStatusCode.UnprocessableEntity, "ACCOUNT_CLOSED");
    }

    [Fact]
    public async Task of_the_one_that_is_traded_from_by_default_makes_way_for_another()
    {
        var symbol = await server.ListAsync();
        var trader = await server.TraderAsync(0);
        await (await trader.PostAsync($"/accounts/{trader.AccountId}/close", new { })).DataAsync();

        await (await trader.TryLimitAsync(symbol, "BUY", 1, 100)).ErrorAsync(HttpStatusCode.UnprocessableEntity, "INSUFFICIENT_FUNDS");

        var accounts = (await (await trader.GetAsync("/accounts")).DataAsync()).AsArray();
        Assert.Equal(["CLOSED", "ACTIVE"], accounts.Select(account => (string?)account!["status"]));
    }

    [Fact]
    public async Task is_its_owners_to_do_as_is_its_name()
    {
        var (trader, stranger) = (await server.TraderAsync(0), await server.TraderAsync(0));
        await (await stranger.PostAsync($"/accounts/{trader.AccountId}/close", new { })).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        await (await stranger.PutAsync($"/accounts/{trader.AccountId}", new { name = "Mine" })).ErrorAsync(HttpStatusCode.NotFound, "ACCOUNT_NOT_FOUND");
        await (await trader.PutAsync($"/accounts/{trader.AccountId}", new { name = " " })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal("Holidays", (string?)(await (await trader.PutAsync($"/accounts/{trader.AccountId}", new { name = "Holidays" })).DataAsync())["name"]);
        Assert.Equal("Holidays", (string?)(await (await trader.GetAsync($"/accounts/{trader.AccountId}")).DataAsync())["name"]);
    }
}
