using MyTradeX.Cli.DataFolders;
using MyTradeX.Store;

namespace MyTradeX.Cli.Drills;

/// <summary>What a drill begins with.</summary>
internal sealed record VenueSetup
{
    /// <summary>Begins the random numbers of every trader.</summary>
    public required int Seed { get; init; }

    /// <summary>The server's data folder; empty.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The server's program; the one that belongs to this tool when null.</summary>
    public string? Program { get; init; }

    /// <summary>Users who trade at once.</summary>
    public int Traders { get; init; } = 6;

    /// <summary>How they trade.</summary>
    public TraderHabits Habits { get; init; } = new();

    /// <summary>Settings of the server besides those that this process has.</summary>
    public Dictionary<string, string> Environment { get; init; } = [];
}

/// <summary>A server with an instrument and traders, whose notes are held against it after everything that is done to it.</summary>
internal sealed class DrilledVenue : IAsyncDisposable
{
    public const decimal Cash = 1_000_000m;
    public const int Shares = 10_000;

    // What a buy may hold beyond its price: the taker's fee, 0.02 %.
    const decimal HeldPerValue = 1.0002m;

    readonly CancellationTokenRegistration _abort;

    DrilledVenue(VenueSetup setup, CancellationToken cancellation)
    {
        Server = new ServerProcess(setup.DataFolder, environment: setup.Environment, program: setup.Program);
        Traders = [.. Enumerable.Range(1, setup.Traders).Select(i => new Trader(Server, $"trader{i}", setup.Seed * 1000 + i, setup.Habits))];
        // Whatever is being asked of it then ends at once, too.
        _abort = cancellation.Register(Server.Abort);
    }

    public ServerProcess Server { get; }

    public IReadOnlyList<Trader> Traders { get; }

    /// <summary>Orders acknowledged so far.</summary>
    public int Acknowledged => Traders.Sum(trader => trader.Acknowledged);

    /// <summary>Orders whose fate was unknown and that were sent again.</summary>
    public int Unknown => Traders.Sum(trader => trader.Unknown);

    /// <summary>Starts the server on an empty folder, lists the instrument, registers and funds the traders.</summary>
    public static async Task<DrilledVenue> OpenAsync(VenueSetup setup, CancellationToken cancellation)
    {
        var venue = new DrilledVenue(setup, cancellation);
        try
        {
            await venue.Server.StartAsync(cancellation: cancellation);
            var admin = await venue.Server.LoginAsync("admin@example.com");
            (await venue.Server.SendAsync(HttpMethod.Post, "instruments", new
            {
                symbol = Trader.Symbol,
                name = "Test Inc.",
                currency = "USD",
                priceScale = 2,
                quantityScale = 0,
                tickSize = 0.01m,
                lotSize = 1,
                makerFeePercent = 0.01m,
                takerFeePercent = 0.02m,
            }, admin)).Expect(201);
            foreach (var trader in venue.Traders) await trader.RegisterAsync(Cash, Shares);
            return venue;
        }
        catch
        {
            await venue.DisposeAsync();
            throw;
        }
    }

    /// <summary>All traders trade at once until the server ends or the storm is called off.</summary>
    public Task StormAsync(CancellationToken cancellation) =>
        Task.WhenAll(Traders.Select(trader => Task.Run(() => trader.TradeAsync(cancellation), CancellationToken.None)));

    /// <summary>Trades for a while.</summary>
    public async Task StormForAsync(TimeSpan duration, CancellationToken cancellation)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        over.CancelAfter(duration);
        await StormAsync(over.Token);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Holds every trader's notes against the server, and the money and shares of all against what they came with.</summary>
    /// <param name="all">All notes; else those since all were, which is quicker and as good when all are at the end.</param>
    public async Task VerifyAsync(bool all = true)
    {
        foreach (var trader in Traders) await trader.VerifyAsync(all);
        await VerifyBooksAsync(trader => trader.Session);
    }

    /// <summary>The money and shares of all traders, at this server or at another one with a copy of its data.</summary>
    public async Task VerifyBooksAsync(Func<Trader, UserSession> sessionOf)
    {
        var (balance, fees, shares) = (0m, 0m, 0m);
        foreach (var trader in Traders)
        {
            var books = await sessionOf(trader).BooksAsync(trader.AccountId);
            balance += books.Balance;
            fees += books.Fees;
            shares += books.Shares;
            BrokenPromiseException.Unless(
                books.Held >= books.OpenBuys && books.Held <= books.OpenBuys * HeldPerValue,
                () => $"{trader.AccountId} holds {books.Held} for open buys of {books.OpenBuys}");
        }
        BrokenPromiseException.UnlessSame("the cash of all and the fees they paid", Cash * Traders.Count, balance + fees);
        BrokenPromiseException.UnlessSame("the number of all shares", (decimal)Shares * Traders.Count, shares);
    }

    /// <summary>
    /// Stops the server and checks its data folder as <c>mytradex verify --deep</c> does: every row of history is what the journal gives.
    /// </summary>
    /// <param name="database">Its database; the one in the data folder when null.</param>
    public async Task<CheckedData> VerifyDataAsync(StoreOptions? database = null)
    {
        await Server.StopAsync();
        var folder = DataFolder.Existing(Server.DataFolder);
        var found = await DataVerifier.VerifyAsync(folder, _ => { }, new DataVerifierOptions(IsDeep: true, Store: database));
        BrokenPromiseException.Unless(found.Sound, () => $"verify found {string.Join("; ", [.. found.Faults, .. found.FirstDifferences ?? []])}");
        BrokenPromiseException.UnlessSame("what history has let go of", 0L, found.LetGo ?? 0);
        JournalTimes.Check(folder);
        return new(found.Compared!.Values.Sum(), found.SnapshotsConfirmed);
    }

    public async ValueTask DisposeAsync()
    {
        await _abort.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>What of a data folder was found right.</summary>
/// <param name="Rows">Things of history and state that were compared and are equal.</param>
/// <param name="Snapshots">Snapshots whose state the replay came to again.</param>
internal readonly record struct CheckedData(long Rows, int Snapshots);
