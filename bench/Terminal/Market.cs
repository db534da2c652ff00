using System.Diagnostics;

namespace MyTradeX.Bench.Terminal;

/// <summary>An instrument whose book changes at a pace.</summary>
sealed class Market
{
    public const string Symbol = "TEST";
    const int Levels = 20;

    readonly ServerProcess _server;
    readonly string _token;

    Market(ServerProcess server, string token) => (_server, _token) = (server, token);

    public static async Task<Market> OpenAsync(ServerProcess server)
    {
        var admin = await server.LoginAsync("admin@example.com");
        (await server.SendAsync(HttpMethod.Post, "instruments", new { symbol = Symbol, name = "Test Inc.", currency = "USD", priceScale = 2, quantityScale = 0, tickSize = 0.01m, lotSize = 1, referencePrice = 100m }, admin)).Expect(201);
        (await server.SendAsync(HttpMethod.Post, "users", new { email = "maker@example.com", password = "a long Passw0rd", name = "Maker", role = "TRADER" }, admin)).Expect(201);
        var market = new Market(server, await server.LoginAsync("maker@example.com", "a long Passw0rd"));
        var account = (await server.SendAsync(HttpMethod.Get, "accounts", token: market._token)).Expect(200)[0]!["id"]!.GetValue<string>();
        (await server.SendAsync(HttpMethod.Post, $"accounts/{account}/deposits", new { amount = 1_000_000m }, market._token)).Expect(201);
        (await server.SendAsync(HttpMethod.Post, $"accounts/{account}/positions", new { symbol = Symbol, quantity = 1_000_000m, price = 100m }, admin)).Expect(201);
        for (var level = 1; level <= Levels; level++)
            foreach (var side in (string[])["BUY", "SELL"])
                await market.PlaceAsync(side, level, 100 + level);
        return market;
    }

    /// <summary>Changes a level so often a second – an order is placed or the last one of the level cancelled – until told to stop; how many changes there were.</summary>
    public async Task<int> MoveAsync(int perSecond, CancellationToken stop)
    {
        var (began, changes) = (Stopwatch.GetTimestamp(), 0);
        var open = new Queue<string>();
        while (!stop.IsCancellationRequested)
        {
            var due = TimeSpan.FromSeconds((double)changes / perSecond) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero) await Task.Delay(due, CancellationToken.None);
            if (changes % 2 == 0) open.Enqueue(await PlaceAsync(changes % 4 == 0 ? "BUY" : "SELL", 1 + changes / 2 % 12, 1 + changes % 89));
            else (await _server.SendAsync(HttpMethod.Delete, $"orders/{open.Dequeue()}", token: _token)).Expect(200);
            changes++;
        }
        return changes;
    }

    async Task<string> PlaceAsync(string side, int level, int quantity)
    {
        var order = new { symbol = Symbol, side, orderType = "LIMIT", quantity, price = 100m + (side == "BUY" ? -level : level) * 0.01m, timeInForce = "GTC" };
        return (await _server.SendAsync(HttpMethod.Post, "orders", order, _token)).Expect(201)["id"]!.GetValue<string>();
    }
}
