using System.Text.Json;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>Socket code as front ends have it, unchanged, through a restart of the server on the same data and address.</summary>
public sealed class FrontEndsSockets
{
    [Theory]
    [InlineData("", false)]
    [InlineData("websocket", true)]
    public async Task a_market_data_hook_shows_prices_again_after_a_restart(string transport, bool isKilled)
    {
        NodeClient.Require();
        await using var venue = await TradedVenue.StartAsync();
        await using var page = NodeClient.Start(venue, "market.js", transport);
        await page.NextAsync("isConnected", value => value.GetBoolean());
        await venue.TradeAsync(100.25m);
        await page.NextAsync("data", data => IsPrice(data, 100.25m));

        await RestartAsync(venue, isKilled);

        await page.NextAsync("isConnected", value => !value.GetBoolean());
        await page.NextAsync("isConnected", value => value.GetBoolean());
        // What is there comes at once, what happens then as it happens.
        await page.NextAsync("data", data => IsPrice(data, 100.25m));
        await venue.TradeAsync(100.75m);
        await page.NextAsync("data", data => IsPrice(data, 100.75m));
        await page.EndAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_socket_service_notifies_its_listeners_again_after_a_restart(bool isKilled)
    {
        NodeClient.Require();
        await using var venue = await TradedVenue.StartAsync();
        await using var page = NodeClient.Start(venue, "account.js");
        Assert.Equal("websocket", (await page.NextAsync("connected")).GetString());
        await HearsOfMoneyAsync(venue, page, 100.25m);

        await RestartAsync(venue, isKilled);

        await page.NextAsync("disconnected");
        await page.NextAsync("connected");
        await HearsOfMoneyAsync(venue, page, 100.75m);
        // The service listens for system alerts and asks for no topic of them.
        await venue.HaltAsync();
        Assert.Equal("MARKET_HALTED", (await page.NextAsync("systemAlert")).GetProperty("type").GetString());
        await page.EndAsync();
    }

    static bool IsPrice(JsonElement data, decimal price) => data.TryGetProperty("lastPrice", out var last) && last.ValueKind == JsonValueKind.Number && last.GetDecimal() == price;

    static async Task HearsOfMoneyAsync(TradedVenue venue, NodeClient page, decimal price)
    {
        // The service asks for its topics when it has connected, and hears of no answer: a trade may be earlier. The next one is not.
        using var heard = new CancellationTokenSource();
        var trading = TradeUntilHeardAsync();
        try
        {
            Assert.Equal(venue.Ann.AccountId, (await page.NextAsync("balanceUpdate")).GetProperty("id").GetString());
            await page.NextAsync("newTransaction", line => line.GetProperty("amount").GetDecimal() == -price);
        }
        finally
        {
            await heard.CancelAsync();
            await trading;
        }

        async Task TradeUntilHeardAsync()
        {
            while (!heard.IsCancellationRequested)
                await venue.TradeAsync(price);
        }
    }

    static async Task RestartAsync(TradedVenue venue, bool isKilled)
    {
        if (isKilled)
            await venue.Server.KillAsync();
        else
            await venue.Server.StopAsync();
        await venue.Server.StartAsync(cancellation: TestContext.Current.CancellationToken);
    }
}
