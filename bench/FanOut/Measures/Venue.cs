using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using MyTradeX.Bench.FanOut.Publishing;

namespace MyTradeX.Bench.FanOut.Measures;

/// <summary>The whole server, with an instrument and two users who trade it with each other.</summary>
sealed class Venue : IDisposable
{
    public const string Symbol = "TEST";
    const string Password = "a long Passw0rd";

    readonly Publisher _server;
    readonly HttpClient _http;
    readonly List<string> _traders = [];

    Venue(int port, string processors)
    {
        _server = Publisher.Hub(port, processors);
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 32 }) { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
    }

    public int ProcessId => _server.ProcessId;

    /// <summary>Time that it has had on processors.</summary>
    public TimeSpan ProcessorTime => _server.ProcessorTime;

    public string AdminToken { get; private set; } = "";

    public static async Task<Venue> StartAsync(int port, string processors)
    {
        var venue = new Venue(port, processors);
        await venue._server.ReadyAsync();
        venue.AdminToken = await venue.LoginAsync("admin@example.com", "password123");
        await venue.AskAsync(HttpMethod.Post, "instruments", venue.AdminToken, new { symbol = Symbol, name = "Test Inc.", currency = "USD", priceScale = 2, quantityScale = 0, tickSize = 0.01m, lotSize = 1, makerFeePercent = 0.01m, takerFeePercent = 0.02m });
        foreach (var name in (string[])["ann", "bob"])
            await venue.OpenAsync(name);
        return venue;
    }

    /// <summary>Sends orders at a pace until told to stop, of four one to sell, one that buys it and two that rest; how many were accepted.</summary>
    public async Task<long> TradeAsync(int perSecond, CancellationToken stop)
    {
        byte[][] bodies = [.. (((string Side, decimal Price)[])[("SELL", 100m), ("BUY", 100m), ("SELL", 110m), ("BUY", 90m)]).Select(order => JsonSerializer.SerializeToUtf8Bytes(new { symbol = Symbol, side = order.Side, orderType = "LIMIT", quantity = 1, price = order.Price, timeInForce = "GTC" }))];
        var (began, sent, accepted) = (Stopwatch.GetTimestamp(), 0L, 0L);
        var pending = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond); sent < due; sent++)
                pending.Add(PlaceAsync((int)(sent % bodies.Length)));
            pending.RemoveAll(order => order.IsCompletedSuccessfully);
            await Task.Delay(1, CancellationToken.None);
        }
        await Task.WhenAll(pending);
        return accepted;

        async Task PlaceAsync(int which)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/orders") { Content = new ByteArrayContent(bodies[which]) { Headers = { ContentType = new("application/json") } } };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _traders[which % _traders.Count]);
            using var answer = await _http.SendAsync(request, CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            Interlocked.Increment(ref accepted);
        }
    }

    /// <summary>All trades so far, with their times.</summary>
    public Task<FilledTrade[]> TradesAsync() => _server.TradesAsync();

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }

    async Task OpenAsync(string name)
    {
        var email = $"{name}@example.com";
        await AskAsync(HttpMethod.Post, "users", AdminToken, new { email, password = Password, name, role = "TRADER" });
        var token = await LoginAsync(email, Password);
        var account = (await AskAsync(HttpMethod.Get, "accounts", token))[0]!["id"]!.GetValue<string>();
        await AskAsync(HttpMethod.Post, $"accounts/{account}/deposits", AdminToken, new { amount = 900_000_000m });
        await AskAsync(HttpMethod.Post, $"accounts/{account}/positions", AdminToken, new { symbol = Symbol, quantity = 5_000_000, unitCost = 100m });
        _traders.Add(token);
    }

    async Task<string> LoginAsync(string email, string password) => (await AskAsync(HttpMethod.Post, "auth/login", null, new { email, password }))["token"]!.GetValue<string>();

    async Task<JsonNode> AskAsync(HttpMethod method, string path, string? token, object? body = null)
    {
        using var request = new HttpRequestMessage(method, "api/v1/" + path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)!["data"]! : throw new InvalidOperationException($"{method} {path}: {text}");
    }
}
