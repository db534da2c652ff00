using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MyTradeX.EndToEnd.Tests.Api;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Fuzzing;

/// <summary>
/// A server with something to break: a market, an administrator, a trader with cash, shares and orders. It gives every operation an example
/// that works, and puts right what a request has used up, so that the next one meets a venue worth spoiling.
/// </summary>
public sealed class FuzzedVenue : IAsyncLifetime
{
    const string Password = "a long Passw0rd", StripeSecret = "whsec_fuzz";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-fuzz-");
    readonly SemaphoreSlim _repairing = new(1);
    readonly ConcurrentDictionary<Sender, Account> _accounts = [];
    readonly ConcurrentDictionary<Sender, Account> _spares = [];
    readonly ConcurrentDictionary<(Sender, string), string> _subjects = [];
    int _count;

    // Thousands of requests try to sign in or up; what hashing a password costs is not the question here.
    public FuzzedVenue() => Server = new ServerProcess(_folder.FullName, environment: new() { ["Auth__PasswordIterations"] = "1000", ["Stripe__WebhookSecret"] = StripeSecret });

    public ServerProcess Server { get; }

    public ApiDocument V1 { get; private set; } = null!;

    public ApiDocument V2 { get; private set; } = null!;

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
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>The operation's own example, with names of things that are there.</summary>
    public async Task<Draft> DraftAsync(Operation operation, Sender sender)
    {
        var draft = new Draft(operation, sender);
        if (sender != Sender.Nobody) draft.SetHeader("Authorization", "Bearer " + AccountOf(operation, sender).Token);
        foreach (var parameter in operation.InPath) draft.PathValues[parameter.Name] = await SubjectAsync(operation, parameter.Name, sender);
        if (operation.Id == "receiveStripeEvent") draft.Sign = SignAsStripe;
        if (operation.Id == "cancelOrders") draft.Query.Add(("symbol", "GOOGL"));
        if (operation.TakesFile) (draft.ContentType, draft.RawBody) = (UploadForm.ContentType, UploadForm.Body);
        foreach (var (name, value) in operation.BodyExample ?? []) draft.Members.Add((name, await ValueAsync(operation, name, value, sender)));
        return draft;
    }

    /// <summary>Puts right what a success has changed.</summary>
    public async Task RepairAsync(Draft draft, int status)
    {
        if (status >= 300 && status != 409) return;
        // Spent, whoever sent it.
        if (draft.Operation.Id is "confirmPasswordReset" or "verifyEmail") _subjects.TryRemove((draft.Sender, draft.Operation.Id), out _);
        if (draft.Sender == Sender.Nobody) return;
        foreach (var (_, value) in draft.PathValues)
            if (draft.Method == "DELETE" || status == 409 || draft.Operation.Id is "closeAccount" or "cancelTransfer") Forget(value);
        var account = AccountOf(draft.Operation, draft.Sender);
        switch (draft.Operation.Id)
        {
            case "replaceUser" or "updateUser":
                // With the profile goes the picture that it showed.
                Forget(account.UserId);
                break;
            case "logout":
                account.Token = await Server.LoginAsync(account.Email, Password);
                break;
            case "createWebhook":
                await DeleteWebhooksAsync(account);
                break;
            case "cancelJob" or "retryJob":
                foreach (var (_, value) in draft.PathValues) Forget(value);
                break;
            case "setKillSwitch":
                await Server.SendAsync(HttpMethod.Put, "orders/kill-switch", new { engaged = false }, account.Token);
                break;
            case "cancelOrders":
                foreach (var key in _subjects.Keys.Where(key => key.Item2 == "order")) _subjects.TryRemove(key, out _);
                break;
        }
    }

    /// <summary>Whether the venue still does what it is for.</summary>
    public async Task RequireAliveAsync()
    {
        var health = JsonNode.Parse(await Server.Http.GetStringAsync("health"))!;
        Assert.Equal("ok", health["status"]!.GetValue<string>());
        foreach (var (name, check) in health["checks"]!.AsObject()) Assert.True(check!["status"]!.GetValue<string>() == "ok", $"{name}: {check}");
        await PlaceAsync(_accounts[Sender.Trader], "GOOGL");
    }

    async Task PrepareAsync()
    {
        await Server.StartAsync();
        (V1, V2) = (await ApiDocument.LoadAsync(Server.Http, 1), await ApiDocument.LoadAsync(Server.Http, 2));
        var admin = await Server.LoginAsync("admin@example.com");
        foreach (var symbol in (string[])["AAPL", "GOOGL", "SPOILT"])
            (await Server.SendAsync(HttpMethod.Post, "instruments", new
            {
                symbol, name = symbol, currency = "USD", priceScale = 2, quantityScale = 0, tickSize = 0.01m, lotSize = 1, priceBandPercent = 20, makerFeePercent = 0.01m,
                takerFeePercent = 0.02m, referencePrice = 150,
            }, admin)).Expect(201);
        foreach (var sender in (Sender[])[Sender.Admin, Sender.Trader])
        {
            _accounts[sender] = await OpenAsync($"fuzz-{sender}@example.com", sender.ToString().ToUpperInvariant(), admin);
            _spares[sender] = await OpenAsync($"spare-{sender}@example.com", sender.ToString().ToUpperInvariant(), admin);
        }
    }

    async Task<Account> OpenAsync(string email, string role, string admin)
    {
        var name = "Fuzz Tester";
        var user = (await Server.SendAsync(HttpMethod.Post, "users", new { email, password = Password, name, role }, admin)).Expect(201);
        var token = await Server.LoginAsync(email, Password);
        var id = (await Server.SendAsync(HttpMethod.Get, "accounts", token: token)).Expect(200)[0]!["id"]!.GetValue<string>();
        (await Server.SendAsync(HttpMethod.Post, $"accounts/{id}/deposits", new { amount = 900_000_000m }, admin)).Expect(201);
        foreach (var symbol in (string[])["AAPL", "GOOGL"])
            (await Server.SendAsync(HttpMethod.Post, $"accounts/{id}/positions", new { symbol, quantity = 1_000_000, unitCost = 100m }, admin)).Expect(201);
        return new(email, user["id"]!.GetValue<string>(), id) { Token = token };
    }

    // What bars a user from everything else, or uses up what they may have, is tried on one who does nothing else.
    Account AccountOf(Operation operation, Sender sender) => (operation.Id is "logout" or "setKillSwitch" or "createWebhook" ? _spares : _accounts)[sender];

    async Task<string> SubjectAsync(Operation operation, string name, Sender sender)
    {
        if (name == "symbol") return operation.IsSafe ? "AAPL" : "SPOILT";
        if (name == "month") return "2024-01";
        if (sender == Sender.Nobody) return operation.Path.Split('/')[3].TrimEnd('s') + "-1";
        switch (operation.Path.Split('/')[3])
        {
            case "users" when operation.Id == "getAvatar":
                return await KeepAsync(sender, "pictured user", () => PictureAsync(_accounts[sender]));
            case "users" when sender == Sender.Trader:
                return _accounts[sender].UserId;
            case "users":
                return await KeepAsync(sender, "user", VictimAsync);
            case "accounts" when operation.Id == "closeAccount":
                return await KeepAsync(sender, "empty account", () => OpenEmptyAsync(_accounts[sender]));
            case "files":
                return await KeepAsync(sender, "file", () => UploadForm.SendAsync(Server, _accounts[sender].Token));
            case "transfers":
                return await KeepAsync(sender, "transfer", () => ScheduleAsync(sender));
            case "accounts":
                return _accounts[sender].AccountId;
            case "orders":
                return await KeepAsync(sender, "order", () => PlaceAsync(_accounts[sender], "GOOGL"));
            case "webhooks" when !operation.Path.Contains("{deliveryId}"):
                return await KeepAsync(sender, "webhook", () => HookAsync(sender));
            case "webhooks":
                // One of its own, which nobody deletes.
                var hook = await KeepAsync(sender, "webhook with a delivery", () => HookAsync(sender));
                return name == "id" ? hook : await KeepAsync(sender, "delivery", async () => (await Server.SendAsync(HttpMethod.Post, $"webhooks/{hook}/test", token: _accounts[sender].Token)).Expect(201)["id"]!.GetValue<string>());
            case "admin":
                return await KeepAsync(sender, operation.Id, () => JobAsync(isOver: operation.Id == "retryJob"));
            default:
                throw new InvalidOperationException($"{operation} has the parameter {name}: give it something to find");
        }
    }

    // To where there is nothing, at once.
    async Task<string> HookAsync(Sender sender) => (await Server.SendAsync(
        HttpMethod.Post, "webhooks", new { url = new Uri(Server.Http.BaseAddress!, "no-hook"), events = new[] { "account.closed" } }, _accounts[sender].Token)).Expect(201)["id"]!.GetValue<string>();

    // A user has only so many, and none of those that the fuzz makes is needed.
    async Task DeleteWebhooksAsync(Account account)
    {
        // The fuzz may sign the account out at any moment.
        var token = await Server.LoginAsync(account.Email, Password);
        foreach (var hook in (await Server.SendAsync(HttpMethod.Get, "webhooks?size=100", token: token)).Expect(200).AsArray())
            await Server.SendAsync(HttpMethod.Delete, $"webhooks/{hook!["id"]}", token: token);
    }

    static (string Name, string Value) SignAsStripe(byte[] body)
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{time}."), .. body];
        return ("Stripe-Signature", $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(StripeSecret), signed))}");
    }

    // A mail for tomorrow, which waits; or one that does so no longer.
    async Task<string> JobAsync(bool isOver)
    {
        var admin = _accounts[Sender.Admin];
        var body = new { userId = admin.UserId, title = "x", message = "x", runAt = DateTimeOffset.UtcNow.AddDays(1) };
        var id = (await Server.SendAsync(HttpMethod.Post, "admin/notifications", body, admin.Token)).Expect(201)["id"]!.GetValue<string>();
        if (isOver) (await Server.SendAsync(HttpMethod.Post, $"admin/jobs/{id}/cancel", token: admin.Token)).Expect(200);
        return id;
    }

    // From a mail to somebody new, as the mailbox of Development shows it.
    async Task<string> MailedTokenAsync(string page)
    {
        var email = $"mailed-{Next()}@example.com";
        (await Server.SendAsync(HttpMethod.Post, "auth/register", new { email, password = Password, name = "Mailed" })).Expect(201);
        if (page == "reset-password") (await Server.SendAsync(HttpMethod.Post, "auth/password-reset", new { email })).Expect(202);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var mailbox = await Server.Http.GetStringAsync("dev/mailbox", limit.Token);
            foreach (var mail in Regex.Matches(mailbox, $"<td>{Regex.Escape(email)}<td><a href=\"/(dev/mailbox/\\d+)\"").Select(match => match.Groups[1].Value))
                if (Regex.Match(await Server.Http.GetStringAsync(mail, limit.Token), $@"{page}\.html#([\w-]{{43}})") is { Success: true } found) return found.Groups[1].Value;
        }
    }

    async Task<string> PictureAsync(Account account)
    {
        await UploadForm.SendAsync(Server, account.Token, HttpMethod.Put, $"users/{account.UserId}/avatar");
        return account.UserId;
    }

    async Task<string> KeepAsync(Sender sender, string kind, Func<Task<string>> make)
    {
        if (_subjects.TryGetValue((sender, kind), out var kept)) return kept;
        await _repairing.WaitAsync();
        try
        {
            return _subjects.TryGetValue((sender, kind), out kept) ? kept : _subjects[(sender, kind)] = await make();
        }
        finally
        {
            _repairing.Release();
        }
    }

    void Forget(string value)
    {
        foreach (var (key, kept) in _subjects)
            if (kept == value) _subjects.TryRemove(key, out _);
    }

    async Task<string> VictimAsync()
    {
        var answer = await Server.SendAsync(HttpMethod.Post, "users", new { email = $"victim-{Next()}@example.com", password = Password, name = "A Victim" }, _accounts[Sender.Admin].Token);
        return answer.Expect(201)["id"]!.GetValue<string>();
    }

    async Task<string> OpenEmptyAsync(Account account) =>
        (await Server.SendAsync(HttpMethod.Post, "accounts", new { type = "SAVINGS" }, account.Token)).Expect(201)["id"]!.GetValue<string>();

    async Task<string> ScheduleAsync(Sender sender)
    {
        var (from, to) = (_accounts[sender], _spares[sender]);
        var transfer = new { fromAccountId = from.AccountId, toAccountId = to.AccountId, amount = 1m, runAt = DateTimeOffset.UtcNow.AddYears(1) };
        return (await Server.SendAsync(HttpMethod.Post, "transfers/schedule", transfer, from.Token)).Expect(201)["id"]!.GetValue<string>();
    }

    // Far below the market, and in an instrument that no example names: it stays open until someone cancels it.
    async Task<string> PlaceAsync(Account account, string symbol)
    {
        var answer = await Server.SendAsync(HttpMethod.Post, "orders", new { symbol, side = "BUY", orderType = "LIMIT", quantity = 200, price = 130m, timeInForce = "GTC" }, account.Token);
        return answer.Expect(201)["id"]!.GetValue<string>();
    }

    async Task<string> ValueAsync(Operation operation, string name, JsonNode? example, Sender sender) => (operation.Id, name) switch
    {
        ("login", "email") => "\"fuzz-Trader@example.com\"",
        ("login", "password") => $"\"{Password}\"",
        ("refresh", "refreshToken") => (await RefreshTokenAsync(sender)).ToJsonString(),
        ("confirmPasswordReset", "token") => $"\"{await KeepAsync(sender, operation.Id, () => MailedTokenAsync("reset-password"))}\"",
        ("verifyEmail", "token") => $"\"{await KeepAsync(sender, operation.Id, () => MailedTokenAsync("verify-email"))}\"",
        ("sendNotification", "userId") => $"\"{_accounts[Sender.Admin].UserId}\"",
        ("amendOrder", "price") => "130.25",
        (_, "email") => $"\"somebody-{Next()}@example.com\"",
        ("createInstrument", "symbol") => $"\"NEW-{Next()}\"",
        (_, "fromAccountId") => $"\"{(sender == Sender.Nobody ? "account-1" : _accounts[sender].AccountId)}\"",
        (_, "toAccountId") => $"\"{_spares[sender == Sender.Nobody ? Sender.Trader : sender].AccountId}\"",
        // One that is not spent by a morning of fuzzing.
        ("createTransfer" or "validateTransfer", "amount") => "0.25",
        (_, "clientOrderId") => $"\"my-order-{Next()}\"",
        _ => example?.ToJsonString() ?? "null",
    };

    async Task<JsonNode> RefreshTokenAsync(Sender sender) =>
        (await Server.SendAsync(HttpMethod.Post, "auth/login", new { email = _accounts[sender == Sender.Nobody ? Sender.Trader : sender].Email, password = Password })).Expect(200)["refreshToken"]!;

    int Next() => Interlocked.Increment(ref _count);

    sealed record Account(string Email, string UserId, string AccountId)
    {
        public string Token { get; set; } = "";
    }
}
