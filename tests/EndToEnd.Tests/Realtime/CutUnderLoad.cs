using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>
/// One storm of orders, one client that nobody cuts, and beside it clients of every door that are cut a hundred times each. All follow the same topics from the same moment to the same last event.
/// </summary>
public sealed class CutUnderLoad : IAsyncLifetime
{
    public const int Count = 100;
    const string Topics = "trades:" + TradedVenue.Symbol + ",orders";
    static readonly TimeSpan _long = TimeSpan.FromSeconds(60);

    readonly Dictionary<string, (ICutClient Client, Task Reading)> _clients = [];

    /// <summary>What the client saw that nobody cut.</summary>
    internal IReadOnlyList<SeenEvent> Expected { get; private set; } = [];

    /// <summary>A client that was cut, when it has read to the end.</summary>
    internal async Task<ICutClient> ClientAsync(string door)
    {
        await _clients[door].Reading;
        return _clients[door].Client;
    }

    public async ValueTask InitializeAsync()
    {
        await using var venue = await TradedVenue.StartAsync();
        using var http = venue.Ann.Http(venue.Server);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        over.CancelAfter(_long);
        var seed = TradedVenue.Seed;
        var uncut = new EventStream(http, Topics, Cuts.None);
        // About thirty events each, now and then none.
        Begin("stream", new EventStream(http, Topics, new(Count, seed, bytesMax: 30_000)));
        Begin("poll", new LongPolling(http, Topics, new(Count, seed + 1, bytesMax: 10_000)));
        if (NodeClient.IsThere)
            foreach (var transports in (string[])["any", "websocket", "polling"])
                Begin(transports, new SocketIOClient(venue, transports, Count, seed + 2));
        Begin("uncut", uncut);
        try
        {
            await EachAsync(client => client.Opened);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(over.Token);
            var trading = venue.TradeUntilAsync(enough.Token);
            await EachAsync(client => client.CutOften);
            await enough.CancelAsync();
            await trading;
            await venue.EndAsync();
            await EachAsync(_ => Task.Delay(Timeout.Infinite, over.Token));
        }
        finally
        {
            // Who is still reading fails by it, and in his own test.
            await over.CancelAsync();
            await Task.WhenAll(_clients.Values.Select(client => client.Reading.ContinueWith(_ => { }, TaskScheduler.Default)));
        }
        Expected = uncut.Seen;
        TestContext.Current.SendDiagnosticMessage($"seed {seed}: {Expected.Count} events");

        void Begin(string door, ICutClient client) => _clients.Add(door, (client, client.ReadAsync(over.Token)));

        // A client that fails is not waited for.
        Task EachAsync(Func<ICutClient, Task> step) => Task.WhenAll(_clients.Values.Select(client => Task.WhenAny(step(client.Client), client.Reading)));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
