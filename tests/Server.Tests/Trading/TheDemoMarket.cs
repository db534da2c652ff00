using System.Net;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Trading;

public sealed class TheDemoMarket
{
    [Fact]
    public async Task is_there_at_the_first_look_and_the_known_logins_can_trade_it_across_a_restart()
    {
        await using var server = new TestServer("Development", "--demo", "true", "--Demo:PastMinutes", "5");
        await server.InitializeAsync();
        for (var start = 1; start <= 2; start++)
        {
            using var client = await server.SignedInAsync();
            var accountId = (string)(await (await client.GetAsync("/api/v1/accounts", TestContext.Current.CancellationToken)).DataAsync()).AsArray().Single()!["id"]!;
            var trader = new Trader(client, "", accountId);
            var symbols = (await (await trader.GetAsync("/instruments")).DataAsync()).AsArray().Select(instrument => (string)instrument!["symbol"]!).ToList();
            Assert.Equal(6, symbols.Count);
            foreach (var symbol in symbols)
                Assert.NotEmpty((await (await trader.GetAsync($"/orderbook/{symbol}?depth=5")).DataAsync())["bids"]!.AsArray());

            // There is cash for a share and there are shares for a sale, once: what was sold before the restart is gone.
            var bought = await (await trader.PostAsync("/orders", new { symbol = "AAPL", side = "BUY", orderType = "MARKET", quantity = 1 })).DataAsync();
            Assert.Equal("FILLED", (string?)bought["status"]);
            var sold = await (await trader.PostAsync("/orders", new { symbol = "AAPL", side = "SELL", orderType = "MARKET", quantity = start == 1 ? 101 : 1 })).DataAsync();
            Assert.Equal("FILLED", (string?)sold["status"]);
            await (await trader.TryLimitAsync("AAPL", "SELL", 1, Math.Round((decimal)sold["averageFillPrice"]!, 2))).ErrorAsync(HttpStatusCode.UnprocessableEntity, "INSUFFICIENT_POSITION");
            if (start == 1)
                await server.RestartAsync();
        }
    }
}
