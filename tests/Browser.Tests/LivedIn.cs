using System.Net.Http.Headers;
using System.Text;

namespace MyTradeX.Browser.Tests;

/// <summary>A user who has been here for a while: screens are looked at with something on them.</summary>
static class LivedIn
{
    /// <summary>Has a trader trade, save, send money and store files.</summary>
    public static async Task FillAsync(Terminal terminal, TestUser user)
    {
        var server = terminal.Server;
        var savings = (await PostAsync("accounts", new { name = "Rainy days", type = "SAVINGS" }))["id"]!.GetValue<string>();
        foreach (var (symbol, side, quantity) in ((string, string, int)[])[("MSFT", "BUY", 60), ("NVDA", "BUY", 25), ("AAPL", "BUY", 40), ("JPM", "BUY", 50), ("AAPL", "SELL", 15), ("JPM", "SELL", 50)])
            await PostAsync("orders", new { symbol, side, orderType = "MARKET", quantity });
        foreach (var (symbol, side, quantity, away) in ((string, string, int, decimal)[])[("AAPL", "BUY", 30, 0.99m), ("AAPL", "SELL", 10, 1.01m), ("MSFT", "SELL", 20, 1.02m)])
        {
            var last = (await server.SendAsync(HttpMethod.Get, $"market-data/{symbol}", token: user.Token)).Expect(200)["lastPrice"]!.GetValue<decimal>();
            await PostAsync("orders", new { symbol, side, orderType = "LIMIT", quantity, price = decimal.Round(last * away, 2), timeInForce = "GTC" });
        }
        foreach (var (amount, memo) in ((decimal, string)[])[(2_500m, "Start"), (120.40m, "Left over in November")])
            await PostAsync("transfers", new { fromAccountId = user.Account, toAccountId = savings, amount, memo });
        await PostAsync("transfers/schedule", new { fromAccountId = user.Account, toAccountId = savings, amount = 150m, memo = "Every month", runAt = DateTimeOffset.UtcNow.AddDays(9), recurrence = new { frequency = "MONTHLY" } });
        await PostAsync("webhooks", new { url = "http://127.0.0.1:9/books", events = (string[])["order.filled", "transfer.completed"], description = "Bookkeeping" });
        await UploadAsync("bookings.csv", "date,amount\n2026-11-20,12.50\n", "text/csv");
        await UploadAsync("notes.txt", "Sell the second half above 320.\n", "text/plain");

        async Task<System.Text.Json.Nodes.JsonNode> PostAsync(string path, object body) => (await server.SendAsync(HttpMethod.Post, path, body, user.Token)).Expect(201);

        async Task UploadAsync(string name, string text, string type)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new(type) } };
            using var form = new MultipartFormDataContent { { content, "file", name } };
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/upload") { Content = form, Headers = { Authorization = new AuthenticationHeaderValue("Bearer", user.Token) } };
            using var answer = await server.Http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }
    }
}
