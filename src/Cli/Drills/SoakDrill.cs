using System.Diagnostics;
using MyTradeX.Cli.DataFolders;
using MyTradeX.Cli.Load;
using MyTradeX.Client;

namespace MyTradeX.Cli.Drills;

/// <summary>Full load for a long time, looking at what the server takes of its machine.</summary>
internal static class SoakDrill
{
    // A sample a minute; a short soak, which only tries the machinery, still has enough of them for a verdict.
    const int SamplesMin = 9;
    const int Traders = 4;
    const int ConnectionsPerTrader = 16;
    static readonly TimeSpan _sampleMax = TimeSpan.FromMinutes(1);
    static readonly TimeSpan _visitEvery = TimeSpan.FromSeconds(1);

    // So much load from one address and four users is no abuse here.
    static readonly Dictionary<string, string> _environment = new() { ["RateLimits__Enabled"] = "false" };

    public static Task<DrillReport> RunAsync(DrillTools tools, TimeSpan duration) => Drill.RunAsync($"drill soak --minutes {duration.TotalMinutes:0.##}", tools, async figures =>
    {
        await using var venue = await DrilledVenue.OpenAsync(tools.Setup with { Traders = Traders, Environment = _environment }, tools.Cancellation);
        var samples = new List<SoakSample>();
        var started = Stopwatch.GetTimestamp();
        var sampleTime = TimeSpan.FromTicks(Math.Min(_sampleMax.Ticks, duration.Ticks / SamplesMin));
        var clients = await SignInAsync(venue, tools.Cancellation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(tools.Cancellation);
        var visits = VisitAsync(venue, over.Token);
        try
        {
            while (samples.Count < SamplesMin || Stopwatch.GetElapsedTime(started) < duration)
            {
                samples.Add(await SampleAsync(venue, clients, sampleTime, started, tools.Cancellation));
                var last = samples[^1];
                tools.Say($"minute {last.Minute:0.0}: {last.OrdersPerSecond:N0} orders and {last.CancelsPerSecond:N0} cancels a second, p99 {last.P99Ms:0.0} ms, {last.ResidentMb:N0} MB, {last.Handles} handles, {last.Threads} threads");
            }
        }
        finally
        {
            await over.CancelAsync();
            foreach (var client in clients) client.Dispose();
            figures["Visits"] = $"{await visits:N0}: someone who signs in, reads book, tape, candles, orders and positions, and signs out";
        }
        await venue.Server.StopAsync();
        var found = await DataVerifier.VerifyAsync(DataFolder.Existing(venue.Server.DataFolder), _ => { });
        BrokenPromiseException.Unless(found.Sound, () => $"verify found {string.Join("; ", found.Faults)}");
        figures["Load"] = $"closed loop, {Traders * ConnectionsPerTrader} connections of {Traders} users; {found.Sequence:N0} commands in all";
        figures["Rule"] = SoakVerdict.Rule;
        figures["Data"] = $"verify finds the data folder sound at sequence {found.Sequence:N0}; the journal is trimmed to {found.Records:N0} records in {found.Segments} segments";
        var growth = SoakVerdict.Growth(samples);
        return growth.Count == 0
            ? new(true, $"memory, handles and threads stay flat over {duration.TotalMinutes:0.##} minutes (seed {tools.Seed})", samples)
            : new(false, $"{string.Join("; ", growth)} (seed {tools.Seed})", samples);
    });

    // One client a trader for all the time, so that the server's handles are not about connections that come and go. What is refused for a moment it repeats
    // after one, and it renews its session, as it does by itself.
    static async Task<List<MyTradeXClient>> SignInAsync(DrilledVenue venue, CancellationToken cancellation)
    {
        var clients = new List<MyTradeXClient>();
        foreach (var trader in venue.Traders)
        {
            clients.Add(new(new MyTradeXClientOptions { BaseAddress = venue.Server.Http.BaseAddress! }));
            await clients[^1].Auth.LoginAsync(trader.Email, UserSession.Password, cancellation);
        }
        return clients;
    }

    // Each stretch is funded anew: fees and one-sided days use up what the last one had.
    static async Task<SoakSample> SampleAsync(DrilledVenue venue, List<MyTradeXClient> clients, TimeSpan duration, long started, CancellationToken cancellation)
    {
        var load = new LoadOptions(Trader.Symbol, ConnectionsPerTrader, duration, TimeSpan.Zero, Fund: true, RatePerSecond: null);
        var loads = await Task.WhenAll(clients.Select(client => LoadRun.RunAsync(client, load, _ => { }, cancellation)));
        var (use, folder) = (venue.Server.Use(), new DataFolder(venue.Server.DataFolder));
        var journal = folder.JournalBytes();
        return new(
            Stopwatch.GetElapsedTime(started).TotalMinutes, use.ResidentBytes / 1e6, use.Handles, use.Threads, journal / 1e6, (BytesOf(folder) - journal) / 1e6,
            loads.Sum(one => one.AcceptedPerSecond), loads.Sum(one => one.Cancelled / one.Seconds), loads.Max(one => one.LatencyMs.P99),
            loads.Sum(one => one.Refused.Values.Sum() + one.Unanswered));
    }

    /// <summary>Reads and signs in and out once a second; returns how often. The reads that wait for history may be refused under this load.</summary>
    static async Task<int> VisitAsync(DrilledVenue venue, CancellationToken cancellation)
    {
        var visits = 0;
        string[] reads =
        [
            $"orderbook/{Trader.Symbol}", $"market-data/{Trader.Symbol}", $"market-data/{Trader.Symbol}/candles?interval=1m", $"trades/{Trader.Symbol}", "orders?limit=20", "portfolio/positions", "accounts",
        ];
        while (!cancellation.IsCancellationRequested)
        {
            var session = venue.Traders[visits % Traders].SessionAt(venue.Server);
            await session.SignInAsync();
            foreach (var path in reads)
            {
                var answer = await session.SendAsync(HttpMethod.Get, path);
                BrokenPromiseException.Unless(answer.Status is 200 or 503, () => $"GET {path} answered {answer.Status}: {answer.Body?.ToJsonString()}");
            }
            await session.SignOutAsync();
            visits++;
            await Task.Delay(_visitEvery, cancellation).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
        return visits;
    }

    // Files come and go while the server runs.
    static long BytesOf(DataFolder folder) =>
        new DirectoryInfo(folder.Path).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => file.Exists).Sum(file => file.Length);
}
