using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Trading;

/// <summary>The real server where each test lists its own instruments and brings its own traders.</summary>
public sealed class TradingServer : TestServer
{
    static int s_symbols;

    /// <summary>Lists an instrument of its own: ticks of 0.01, single shares, a maker fee of 0.01 % and a taker fee of 0.02 %, reference price 150.</summary>
    public async Task<string> ListAsync(object? rules = null)
    {
        var symbol = $"T{Interlocked.Increment(ref s_symbols)}";
        using var admin = await AdminAsync();
        var body = new JsonObject
        {
            ["symbol"] = symbol, ["name"] = $"{symbol} Inc.", ["tickSize"] = 0.01m, ["lotSize"] = 1, ["makerFeePercent"] = 0.01m, ["takerFeePercent"] = 0.02m, ["referencePrice"] = 150m,
        };
        foreach (var (name, value) in System.Text.Json.JsonSerializer.SerializeToNode(rules ?? new { })!.AsObject())
            body[name] = value?.DeepClone();
        await (await admin.PostAsJsonAsync("/api/v1/instruments", body)).DataAsync();
        return symbol;
    }

    /// <summary>Someone new with cash and, if named, shares.</summary>
    public async Task<Trader> TraderAsync(decimal cash = 1_000_000, string? symbol = null, decimal shares = 1_000)
    {
        var (client, session, _) = await NewUserAsync();
        var accounts = await (await client.GetAsync("/api/v1/accounts")).DataAsync();
        var trader = new Trader(client, (string)session["user"]!["id"]!, (string)accounts[0]!["id"]!);
        if (cash > 0)
            await (await trader.PostAsync($"/accounts/{trader.AccountId}/deposits", new { amount = cash })).DataAsync();
        if (symbol is not null)
            await (await trader.PostAsync($"/accounts/{trader.AccountId}/positions", new { symbol, quantity = shares, unitCost = 100 })).DataAsync();
        return trader;
    }
}

/// <summary>A user who trades, over HTTP.</summary>
public sealed class Trader(HttpClient client, string userId, string accountId)
{
    public HttpClient Client => client;
    public string UserId => userId;
    public string AccountId => accountId;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> GetAsync(string path) => client.GetAsync("/api/v1" + path, Cancellation);

    public Task<HttpResponseMessage> DeleteAsync(string path) => client.DeleteAsync("/api/v1" + path, Cancellation);

    public Task<HttpResponseMessage> PutAsync(string path, object body) => client.PutAsJsonAsync("/api/v1" + path, body, Cancellation);

    public Task<HttpResponseMessage> PostAsync(string path, object body) => client.PostAsJsonAsync("/api/v1" + path, body, Cancellation);

    public Task<HttpResponseMessage> PostTextAsync(string path, string json) => client.PostAsync("/api/v1" + path, Answers.Json(json), Cancellation);

    /// <summary>Sends under an idempotency key.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string key, object? body = null)
    {
        var request = Answers.Request(method, "/api/v1" + path, ("Idempotency-Key", key));
        request.Content = body is null ? null : JsonContent.Create(body);
        return client.SendAsync(request, Cancellation);
    }

    /// <summary>Places a limit order, good till cancelled.</summary>
    public Task<HttpResponseMessage> TryLimitAsync(string symbol, string side, decimal quantity, decimal price, string? clientOrderId = null) =>
        PostAsync("/orders", new { symbol, side, orderType = "LIMIT", quantity, price, timeInForce = "GTC", clientOrderId });

    public async Task<JsonNode> LimitAsync(string symbol, string side, decimal quantity, decimal price, string? clientOrderId = null) =>
        await (await TryLimitAsync(symbol, side, quantity, price, clientOrderId)).DataAsync();

    public async Task<JsonNode> OrderAsync(string id) => await (await GetAsync($"/orders/{id}")).DataAsync();

    public async Task<(decimal Available, decimal Held)> CashAsync()
    {
        var balance = await (await GetAsync($"/accounts/{accountId}/balance")).DataAsync();
        return ((decimal)balance["available"]!, (decimal)balance["held"]!);
    }
}
