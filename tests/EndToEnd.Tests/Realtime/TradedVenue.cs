using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>A server of its own with one instrument and two users who trade it with each other: <see cref="Ann"/>, who listens, and Bob.</summary>
sealed class TradedVenue : IAsyncDisposable
{
    public const string Symbol = "TEST", LastOrder = "the last one", Password = "a long Passw0rd";

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-realtime-");

    TradedVenue(Dictionary<string, string>? settings) => Server = new ServerProcess(_folder.FullName, environment: settings);

    public ServerProcess Server { get; }

    public User Ann { get; private set; } = null!;

    public User Bob { get; private set; } = null!;

    string AdminToken { get; set; } = "";

    /// <summary>Begins every random number of a test: MYTRADEX_SEED, which repeats a run, or 1.</summary>
    public static int Seed { get; } = int.Parse(Environment.GetEnvironmentVariable("MYTRADEX_SEED") ?? "1", CultureInfo.InvariantCulture);

    public static async Task<TradedVenue> StartAsync(Dictionary<string, string>? settings = null)
    {
        var venue = new TradedVenue(settings);
        try
        {
            await venue.PrepareAsync();
            return venue;
        }
        catch
        {
            // Nobody else would end the server's process.
            await venue.DisposeAsync();
            throw;
        }
    }

    /// <summary>Places an order and returns it as it was answered.</summary>
    public async Task<JsonNode> PlaceAsync(User user, string side, int quantity, decimal price, string timeInForce = "GTC", string? clientOrderId = null) =>
        (await Server.SendAsync(HttpMethod.Post, "orders", new { symbol = Symbol, side, orderType = "LIMIT", quantity, price, timeInForce, clientOrderId }, user.Token)).Expect(201);

    /// <summary>Bob sells and Ann buys.</summary>
    public async Task TradeAsync(decimal price)
    {
        await PlaceAsync(Bob, "SELL", 1, price);
        await PlaceAsync(Ann, "BUY", 1, price);
    }

    public async Task HaltAsync() => (await Server.SendAsync(HttpMethod.Post, $"instruments/{Symbol}/halt", token: AdminToken)).Expect(200);

    /// <summary>Both trade at random with each other, several orders at once, until told to stop.</summary>
    public async Task TradeUntilAsync(CancellationToken stop)
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(worker => Task.Run(async () =>
        {
            var random = new Random((Seed * 100) + worker);
            while (!stop.IsCancellationRequested)
                await PlaceAsync(random.Next(2) == 0 ? Ann : Bob, random.Next(2) == 0 ? "BUY" : "SELL", random.Next(1, 20), 100 + (random.Next(-2, 3) * 0.01m), random.Next(4) == 0 ? "IOC" : "GTC");
        }, CancellationToken.None)));
    }

    /// <summary>Ann's last order, which trades with nobody: whoever hears of its end has everything before it.</summary>
    public async Task EndAsync() => await PlaceAsync(Ann, "BUY", 1, 90, "IOC", LastOrder);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    async Task PrepareAsync()
    {
        await Server.StartAsync(cancellation: TestContext.Current.CancellationToken);
        AdminToken = await Server.LoginAsync("admin@example.com");
        (await Server.SendAsync(HttpMethod.Post, "instruments", new { symbol = Symbol, name = "Test Inc.", currency = "USD", priceScale = 2, quantityScale = 0, tickSize = 0.01m, lotSize = 1, makerFeePercent = 0.01m, takerFeePercent = 0.02m }, AdminToken)).Expect(201);
        Ann = await OpenAsync("ann");
        Bob = await OpenAsync("bob");
    }

    async Task<User> OpenAsync(string name)
    {
        var email = $"{name}@example.com";
        (await Server.SendAsync(HttpMethod.Post, "users", new { email, password = Password, name, role = "TRADER" }, AdminToken)).Expect(201);
        var token = await Server.LoginAsync(email, Password);
        var account = (await Server.SendAsync(HttpMethod.Get, "accounts", token: token)).Expect(200)[0]!["id"]!.GetValue<string>();
        (await Server.SendAsync(HttpMethod.Post, $"accounts/{account}/deposits", new { amount = 900_000_000m }, AdminToken)).Expect(201);
        (await Server.SendAsync(HttpMethod.Post, $"accounts/{account}/positions", new { symbol = Symbol, quantity = 5_000_000, unitCost = 100m }, AdminToken)).Expect(201);
        return new(token, account);
    }
}

/// <summary>A signed-in user.</summary>
sealed record User(string Token, string AccountId)
{
    /// <summary>A client of the user that neither reuses nor drains a connection that it gave up: what is cut is cut.</summary>
    public HttpClient Http(ServerProcess server)
    {
        var http = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero, MaxResponseDrainSize = 0 }) { BaseAddress = server.Http.BaseAddress, Timeout = TimeSpan.FromSeconds(60) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return http;
    }
}
