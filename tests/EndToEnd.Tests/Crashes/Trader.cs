using System.Text.Json.Nodes;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>
/// A user who trades at random and writes down every request and every answer. After a crash the notes are compared with what the
/// server says: nothing acknowledged may be missing or changed back, nothing may be there that was not sent.
/// </summary>
public sealed class Trader(ServerProcess server, string name, int seed)
{
    static readonly TimeSpan PauseWhenUnavailable = TimeSpan.FromMilliseconds(20);

    readonly Random _random = new(seed);
    readonly List<SentOrder> _sent = [];
    string _token = "";
    int _count;

    public string AccountId { get; private set; } = "";

    public int Acknowledged => _sent.Count(order => order.Acknowledged is not null);

    public int Unknown { get; private set; }

    /// <summary>Whether the server has answered 503.</summary>
    public bool WasUnavailable { get; private set; }

    public async Task RegisterAsync(decimal cash, int shares)
    {
        var email = $"{name}@example.com";
        var registered = await server.SendAsync(HttpMethod.Post, "auth/register", new { email, password = "a long Passw0rd", name, firstName = name, lastName = "Tester" });
        registered.Expect(201);
        await SignInAsync();
        AccountId = (await Get("accounts")).AsArray()[0]!["id"]!.GetValue<string>();
        (await server.SendAsync(HttpMethod.Post, $"accounts/{AccountId}/deposits", new { amount = cash }, _token)).Expect(201);
        (await server.SendAsync(HttpMethod.Post, $"accounts/{AccountId}/positions", new { symbol = "TEST", quantity = shares, unitCost = 100m }, _token)).Expect(201);
    }

    public async Task SignInAsync() => _token = await server.LoginAsync($"{name}@example.com", "a long Passw0rd");

    /// <summary>Trades until the server is gone or time is up.</summary>
    public async Task TradeAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                if (_random.Next(10) < 7) await PlaceAsync(NextOrder());
                else await CancelSomeAsync();
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
        {
            // The server is gone: whatever was under way has an unknown fate, and the notes say so.
        }
    }

    /// <summary>After a restart: repeats what had an unknown fate, then compares every note with the server.</summary>
    public async Task VerifyAsync()
    {
        await SignInAsync();
        foreach (var order in _sent.Where(order => order.IsUnknown).ToList())
        {
            Unknown++;
            await PlaceAsync(order);
            // Asked once more, it must be the very same order.
            var again = await RepeatAsync(order);
            if (order.Acknowledged is not null) Assert.Equal(order.Id, again.Expect(201)["id"]!.GetValue<string>());
        }

        var listed = await ListAsync();
        Assert.Equal(listed.Count, listed.Select(order => order["clientOrderId"]!.GetValue<string>()).Distinct().Count());
        var byClientId = listed.ToDictionary(order => order["clientOrderId"]!.GetValue<string>());
        foreach (var order in _sent)
        {
            var isThere = byClientId.Remove(order.ClientOrderId, out var now);
            Assert.True(isThere == (order.Acknowledged is not null), $"{order.ClientOrderId}: acknowledged {order.Acknowledged is not null}, there {isThere}");
            if (now is not null) Compare(order, now);
        }
        Assert.Empty(byClientId); // whatever is left was never sent
    }

    /// <summary>Cash in the account, cash it holds, fees paid and shares held.</summary>
    public async Task<(decimal Balance, decimal Held, decimal Fees, decimal Shares, decimal OpenBuys)> BooksAsync()
    {
        var account = await Get($"accounts/{AccountId}");
        var orders = await ListAsync();
        var positions = (await Get("portfolio/positions")).AsArray();
        var open = orders.Where(order => order["status"]!.GetValue<string>() is "NEW" or "PARTIAL").ToList();
        return (
            account["balance"]!.GetValue<decimal>(), account["held"]!.GetValue<decimal>(), orders.Sum(order => order["fees"]!.GetValue<decimal>()),
            positions.Sum(position => position!["quantity"]!.GetValue<decimal>()),
            open.Where(order => order["side"]!.GetValue<string>() == "BUY").Sum(order => order["price"]!.GetValue<decimal>() * order["remainingQuantity"]!.GetValue<decimal>()));
    }

    static void Compare(SentOrder sent, JsonNode now)
    {
        var acknowledged = sent.Acknowledged!;
        foreach (var member in (string[])["id", "symbol", "side", "orderType", "quantity", "timeInForce", "createdAt"])
            Assert.Equal(acknowledged[member]!.ToJsonString(), now[member]!.ToJsonString());
        Assert.Equal(acknowledged["price"]?.ToJsonString(), now["price"]?.ToJsonString());

        var status = now["status"]!.GetValue<string>();
        var before = acknowledged["status"]!.GetValue<string>();
        var filled = now["filledQuantity"]!.GetValue<decimal>();
        Assert.True(filled >= acknowledged["filledQuantity"]!.GetValue<decimal>(), $"{sent.Id} lost a fill");
        Assert.Equal(now["quantity"]!.GetValue<decimal>(), filled + now["remainingQuantity"]!.GetValue<decimal>());
        if (before is "FILLED" or "CANCELLED" or "EXPIRED") Assert.Equal(before, status);
        if (sent.CancelAcknowledged) Assert.Equal("CANCELLED", status);
        else if (!sent.CancelUnknown && before is "NEW" or "PARTIAL") Assert.NotEqual("EXPIRED", status);
    }

    JsonObject NextRequest() => new()
    {
        ["symbol"] = "TEST",
        ["side"] = _random.Next(2) == 0 ? "BUY" : "SELL",
        ["orderType"] = "LIMIT",
        ["quantity"] = _random.Next(1, 20),
        ["price"] = 100m + _random.Next(-20, 21) * 0.01m,
        ["timeInForce"] = _random.Next(6) == 0 ? "IOC" : "GTC",
    };

    /// <summary>Makes up an order and notes it down as sent.</summary>
    public SentOrder NextOrder()
    {
        var request = NextRequest();
        var id = $"{name}-{++_count}";
        request["clientOrderId"] = id;
        var order = new SentOrder(id, request, _random.Next(2) == 0 ? $"key-{id}" : null);
        _sent.Add(order);
        return order;
    }

    /// <summary>The very same request once more.</summary>
    public Task<Answer> RepeatAsync(SentOrder order) => server.SendAsync(HttpMethod.Post, "orders", order.Request, _token, Headers(order));

    /// <summary>Sends an order and notes the answer down.</summary>
    public async Task PlaceAsync(SentOrder order)
    {
        var answer = await RepeatAsync(order);
        WasUnavailable |= answer.Status == 503;
        if (answer.Status == 201) order.Acknowledged = answer.Body!["data"];
        else if (answer.Status == 422) order.Refused = answer.ErrorCode;
        else if (answer.Status == 503) await Task.Delay(PauseWhenUnavailable);
        else Assert.Fail($"placing answered {answer.Status}: {answer.Body?.ToJsonString()}");
    }

    async Task CancelSomeAsync()
    {
        var open = _sent.Where(order => order.Acknowledged is not null && !order.CancelAcknowledged && !order.CancelUnknown).TakeLast(20).ToList();
        if (open.Count == 0) return;
        var order = open[_random.Next(open.Count)];
        order.CancelUnknown = true;
        var answer = await server.SendAsync(HttpMethod.Delete, $"orders/{order.Id}", token: _token);
        WasUnavailable |= answer.Status == 503;
        if (answer.Status == 200) order.CancelAcknowledged = true;
        else if (answer.Status is not (409 or 503)) Assert.Fail($"cancelling answered {answer.Status}: {answer.Body?.ToJsonString()}");
        if (answer.Status == 409) order.CancelUnknown = false;
    }

    async Task<List<JsonNode>> ListAsync()
    {
        var orders = new List<JsonNode>();
        string? cursor = "";
        while (cursor is not null)
        {
            var answer = await server.SendAsync(HttpMethod.Get, $"orders?limit=100&cursor={Uri.EscapeDataString(cursor)}", token: _token);
            orders.AddRange(answer.Expect(200).AsArray().Select(order => order!));
            cursor = answer.Body!["pagination"]!["nextCursor"]?.GetValue<string>();
        }
        return orders;
    }

    async Task<JsonNode> Get(string path) => (await server.SendAsync(HttpMethod.Get, path, token: _token)).Expect(200);

    static (string, string)[] Headers(SentOrder order) => order.IdempotencyKey is { } key ? [("Idempotency-Key", key)] : [];
}
