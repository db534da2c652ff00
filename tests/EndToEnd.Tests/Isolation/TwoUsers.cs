using System.Text.Json.Nodes;
using MyTradeX.EndToEnd.Tests.Api;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Isolation;

/// <summary>An owner with everything a user can have, and one stranger of each role with little.</summary>
public sealed class TwoUsers : IAsyncLifetime
{
    public const string OwnersKey = "the owner's key";
    const string Password = "a long Passw0rd", OwnersEmail = "owner@example.com", OwnersName = "Olivia Owner", OwnersClientId = "owners-own-id", FilledClientId = "owners-fill", OwnersMemo = "owners-own-memo";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-isolation-");
    readonly ServerProcess _server;
    readonly Dictionary<string, Stranger> _strangers = [];
    string _ownersToken = "", _ownersId = "", _ownersAccount = "", _ownersSavings = "", _filledOrder = "", _ownersTransfer = "", _ownersScheduled = "", _ownersWebhook = "", _ownersDelivery = "", _ownersFile = "";
    int _count;

    public TwoUsers() => _server = new ServerProcess(_folder.FullName, environment: new() { ["Stripe__WebhookSecret"] = "whsec_x" });

    public ApiDocument Document { get; private set; } = null!;

    public string OwnersOrderId { get; private set; } = "";

    public JsonObject OwnersOrder { get; } = Order("BUY", 10, 99m, OwnersClientId);

    /// <summary>What tells of the owner. A public trade's id does not.</summary>
    public IReadOnlyList<string> OwnersSecrets { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        try
        {
            await PrepareAsync();
        }
        catch
        {
            // Nobody else would end the server's process.
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Everything of the owner's, as the owner sees it. When it was asked and where its pages begin is left out.</summary>
    public async Task<string> StateOfOwnerAsync()
    {
        string[] paths =
        [
            "auth/me", $"users/{_ownersId}", "accounts", $"accounts/{_ownersAccount}/transactions", $"accounts/{_ownersSavings}/balance", "orders", $"orders/{_filledOrder}", $"orders/{OwnersOrderId}",
            "orders/kill-switch", "portfolio/positions", "transfers/history", $"transfers/{_ownersScheduled}", "files",
            "webhooks", $"webhooks/{_ownersWebhook}/deliveries", $"webhooks/{_ownersWebhook}/deliveries/{_ownersDelivery}",
        ];
        var state = new List<string>();
        foreach (var path in paths)
        {
            var answer = await GetAsync(path);
            foreach (var stamp in (string[])["timestamp", "requestId"]) answer.Remove(stamp);
            (answer["pagination"] as JsonObject)?.Clear();
            // How far the venue has come, not the owner.
            if (path.EndsWith("/balance", StringComparison.Ordinal)) answer["data"]!.AsObject().Remove("sequence");
            state.Add($"{path} {answer.ToJsonString()}");
        }
        return string.Join('\n', state);
    }

    /// <summary>A stranger of a role uses an operation as it is meant, on their own things, except for what is named.</summary>
    public Attempt OwnUse(Operation operation, string role, params (string Name, string Value)[] named)
    {
        var stranger = _strangers[role];
        var path = operation.Path["/api/v1/".Length..];
        foreach (var parameter in operation.InPath)
            path = path.Replace($"{{{parameter.Name}}}", named.FirstOrDefault(one => one.Name == parameter.Name).Value ?? stranger.Own(Kind(operation, parameter.Name)));
        if (operation.Id == "cancelOrders") path += "?symbol=GOOGL";
        foreach (var parameter in operation.InQuery.Where(parameter => parameter.Required))
            path += $"{(path.Contains('?') ? '&' : '?')}{parameter.Name}={parameter.Example}";
        var body = operation.BodyExample?.DeepClone().AsObject();
        foreach (var member in body?.Select(member => member.Key).ToList() ?? [])
            if (member is "email" or "clientOrderId") body![member] = $"unique-{++_count}@example.com";
        if (operation.Id is "updateUser" or "replaceUser") body = new() { ["name"] = "Sam Stranger" };
        if (body?.ContainsKey("fromAccountId") is true)
            (body["fromAccountId"], body["toAccountId"]) = (stranger.AccountId, _strangers.Values.First(other => other != stranger).AccountId);
        if (operation.Id is "setKillSwitch") body = new() { ["engaged"] = false };
        return new(operation.Method, path, body);
    }

    /// <summary>The owner's ids that fit where this parameter or member stands.</summary>
    public IReadOnlyList<string> OwnersIdsFor(Operation operation, string name) => Kind(operation, name) switch
    {
        "user" => [_ownersId],
        "transfer" => [_ownersTransfer, _ownersScheduled],
        "file" => [_ownersFile],
        "series" => [_ownersScheduled],
        "account" or "fromAccount" => [_ownersAccount, _ownersSavings],
        "order" => [OwnersOrderId, _filledOrder],
        "clientOrder" => [OwnersClientId],
        "webhook" => [_ownersWebhook],
        "delivery" => [_ownersDelivery],
        // What the server does behind the scenes is nobody's but the administrators'.
        "job" => ["job-1"],
        var unknown => throw new InvalidOperationException($"{operation} takes an id of kind {unknown}: make the owner one and try it"),
    };

    public async Task<Answer> SendAsync(Attempt attempt, string? role, params (string Name, string Value)[] headers) =>
        await _server.SendAsync(new HttpMethod(attempt.Method), attempt.Path, attempt.Body, role is null ? null : _strangers[role].Token, headers);

    // users/{id} is a user's; accountId an account's.
    static string Kind(Operation operation, string name) =>
        name is "symbol" or "month" ? name : name != "id" ? name[..^2] : operation.Path.Split('/')[operation.Path.Split('/').ToList().IndexOf("{id}") - 1].TrimEnd('s');

    static JsonObject Order(string side, int quantity, decimal price, string clientOrderId) => new()
    {
        ["symbol"] = "AAPL", ["side"] = side, ["orderType"] = "LIMIT", ["quantity"] = quantity, ["price"] = price, ["timeInForce"] = "GTC", ["clientOrderId"] = clientOrderId,
    };

    async Task PrepareAsync()
    {
        await _server.StartAsync();
        Document = await ApiDocument.LoadAsync(_server.Http, 1);
        var admin = await _server.LoginAsync("admin@example.com");
        foreach (var symbol in (string[])["AAPL", "GOOGL"])
            (await _server.SendAsync(HttpMethod.Post, "instruments", new { symbol, name = symbol, currency = "USD", priceScale = 2, quantityScale = 0, tickSize = 0.01m, lotSize = 1, makerFeePercent = 0.01m, takerFeePercent = 0.02m }, admin)).Expect(201);

        (_ownersToken, _ownersId, _ownersAccount) = await MakeAsync(OwnersEmail, OwnersName, "TRADER", admin);
        foreach (var role in (string[])["TRADER", "USER", "MODERATOR"])
        {
            var (token, id, account) = await MakeAsync($"stranger-{role}@example.com", "Sam Stranger", role, admin);
            _strangers[role] = new(token, id, account, role == "TRADER" ? (await PlaceAsync(token, Order("SELL", 5, 100m, "sells"))).Id : "order-999999999999", "transfer-999999999999");
        }
        _ownersSavings = (await _server.SendAsync(HttpMethod.Post, "accounts", new { name = "Rainy days", type = "SAVINGS", currency = "USD" }, _ownersToken)).Expect(201)["id"]!.GetValue<string>();
        _filledOrder = (await PlaceAsync(_ownersToken, Order("BUY", 3, 100m, FilledClientId))).Id;
        OwnersOrderId = (await PlaceAsync(_ownersToken, OwnersOrder, ("Idempotency-Key", OwnersKey))).Id;
        var transfer = new { fromAccountId = _ownersAccount, toAccountId = _ownersSavings, amount = 12.5m, memo = OwnersMemo };
        _ownersTransfer = (await _server.SendAsync(HttpMethod.Post, "transfers", transfer, _ownersToken)).Expect(201)["id"]!.GetValue<string>();
        _ownersScheduled = (await _server.SendAsync(HttpMethod.Post, "transfers/schedule", new
        {
            transfer.fromAccountId, transfer.toAccountId, transfer.amount, transfer.memo, runAt = DateTimeOffset.UtcNow.AddYears(1), recurrence = new { frequency = "MONTHLY" },
        }, _ownersToken)).Expect(201)["id"]!.GetValue<string>();
        _ownersFile = await UploadForm.SendAsync(_server, _ownersToken);
        // Where there is nothing, which ends the delivery at once.
        var hook = new { url = new Uri(_server.Http.BaseAddress!, "owners-own-hook"), events = new[] { "transfer.failed" } };
        _ownersWebhook = (await _server.SendAsync(HttpMethod.Post, "webhooks", hook, _ownersToken)).Expect(201)["id"]!.GetValue<string>();
        _ownersDelivery = (await _server.SendAsync(HttpMethod.Post, $"webhooks/{_ownersWebhook}/test", token: _ownersToken)).Expect(201)["id"]!.GetValue<string>();
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30)))
            while ((await GetAsync($"webhooks/{_ownersWebhook}/deliveries/{_ownersDelivery}"))["data"]!["status"]!.GetValue<string>() != "FAILED") limit.Token.ThrowIfCancellationRequested();
        var position = (await GetAsync("portfolio/positions"))["data"]![0]!["id"]!.GetValue<string>();
        OwnersSecrets = [OwnersEmail, OwnersName, _ownersId, _ownersAccount, _ownersSavings, OwnersOrderId, _filledOrder, FilledClientId, position, _ownersTransfer, _ownersScheduled, OwnersMemo, _ownersWebhook, _ownersDelivery, _ownersFile];
    }

    async Task<(string Token, string Id, string Account)> MakeAsync(string email, string name, string role, string admin)
    {
        var id = (await _server.SendAsync(HttpMethod.Post, "users", new { email, password = Password, name, role = "TRADER" }, admin)).Expect(201)["id"]!.GetValue<string>();
        var token = await _server.LoginAsync(email, Password);
        var account = (await _server.SendAsync(HttpMethod.Get, "accounts", token: token)).Expect(200)[0]!["id"]!.GetValue<string>();
        (await _server.SendAsync(HttpMethod.Post, $"accounts/{account}/deposits", new { amount = 1_000_000 }, admin)).Expect(201);
        (await _server.SendAsync(HttpMethod.Post, $"accounts/{account}/positions", new { symbol = "AAPL", quantity = 1_000, unitCost = 100 }, admin)).Expect(201);
        if (role == "TRADER") return (token, id, account);
        (await _server.SendAsync(HttpMethod.Patch, $"users/{id}", new { role }, admin)).Expect(200);
        return (await _server.LoginAsync(email, Password), id, account);
    }

    async Task<(string Id, string Status)> PlaceAsync(string token, JsonObject order, params (string Name, string Value)[] headers)
    {
        var placed = (await _server.SendAsync(HttpMethod.Post, "orders", order, token, headers)).Expect(201);
        return (placed["id"]!.GetValue<string>(), placed["status"]!.GetValue<string>());
    }

    async Task<JsonObject> GetAsync(string path)
    {
        var answer = await _server.SendAsync(HttpMethod.Get, path, token: _ownersToken);
        answer.Expect(200);
        return answer.Body!.AsObject();
    }

    sealed record Stranger(string Token, string UserId, string AccountId, string OrderId, string TransferId)
    {
        public string Own(string kind) => kind switch
        {
            "user" => UserId,
            "account" => AccountId,
            "order" => OrderId,
            "job" => "job-1",
            "transfer" => TransferId,
            "file" => "file-999999999999",
            "webhook" or "delivery" => $"{kind}-999999999999",
            "symbol" => "AAPL",
            "month" => "2024-01",
            _ => throw new InvalidOperationException($"a stranger has no {kind}: make one"),
        };
    }
}
