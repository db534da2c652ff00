using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>
/// A server with an instrument and traders whose notes are held against it after every crash. MYTRADEX_KILLS sets how often the tests
/// kill (few unless set), MYTRADEX_SEED the random moments and orders.
/// </summary>
public sealed class CrashedVenue : IAsyncDisposable
{
    public static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("MYTRADEX_SEED") ?? "1");

    const int TraderCount = 6;
    const decimal Cash = 1_000_000m;
    const int Shares = 10_000;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-crash-");

    CrashedVenue(string? dataFolder, Dictionary<string, string>? environment) => Server = new ServerProcess(dataFolder ?? _folder.FullName, environment: environment);

    public ServerProcess Server { get; }

    public IReadOnlyList<Trader> Traders { get; private set; } = [];

    public int Acknowledged => Traders.Sum(trader => trader.Acknowledged);

    public static int KillsOr(int few) => Environment.GetEnvironmentVariable("MYTRADEX_KILLS") is { Length: > 0 } kills ? int.Parse(kills) : few;

    public static async Task<CrashedVenue> OpenAsync(string? dataFolder = null, Dictionary<string, string>? environment = null)
    {
        var venue = new CrashedVenue(dataFolder, environment);
        try
        {
            await venue.Server.StartAsync();
            var admin = await venue.Server.LoginAsync("admin@example.com");
            (await venue.Server.SendAsync(HttpMethod.Post, "instruments", new
            {
                symbol = "TEST", name = "Test Inc.", currency = "USD", priceScale = 2, quantityScale = 0, tickSize = 0.01m, lotSize = 1, makerFeePercent = 0.01m, takerFeePercent = 0.02m,
            }, admin)).Expect(201);
            venue.Traders = [.. Enumerable.Range(1, TraderCount).Select(i => new Trader(venue.Server, $"trader{i}", Seed * 1000 + i))];
            foreach (var trader in venue.Traders) await trader.RegisterAsync(Cash, Shares);
            return venue;
        }
        catch
        {
            await venue.DisposeAsync();
            throw;
        }
    }

    /// <summary>All traders trade at once until the server is gone or the storm is called off.</summary>
    public Task StormAsync(CancellationToken cancellation) =>
        Task.WhenAll(Traders.Select(trader => Task.Run(() => trader.TradeAsync(cancellation), CancellationToken.None)));

    /// <summary>Holds every note against the server, and the money and shares of all against what they came with.</summary>
    public async Task VerifyAsync()
    {
        var (balance, fees, shares) = (0m, 0m, 0m);
        foreach (var trader in Traders) await trader.VerifyAsync();
        foreach (var trader in Traders)
        {
            var books = await trader.BooksAsync();
            balance += books.Balance;
            fees += books.Fees;
            shares += books.Shares;
            // A buy holds its price × quantity and the taker's fee on it, rounded down.
            Assert.InRange(books.Held, books.OpenBuys, books.OpenBuys * 1.0002m);
        }
        Assert.Equal(Cash * TraderCount, balance + fees);
        Assert.Equal(Shares * TraderCount, shares);
    }

    /// <summary>Stops the server and compares its database with one built from nothing but the journal.</summary>
    public async Task VerifyHistoryAsync(string? databaseFile = null)
    {
        await Server.StopAsync();
        Assert.True(await Rebuild.CompareAsync(Server.DataFolder, databaseFile ?? Path.Combine(Server.DataFolder, "store.db")) > 0);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
