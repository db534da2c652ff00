using System.Diagnostics;

namespace MyTradeX.Cli.Drills;

/// <summary>The real server, ended by SIGKILL at random moments: amid orders, amid recovery, and the instant after an answer.</summary>
internal static class KillDrill
{
    // All notes from time to time and at the end; those since then after each kill, so that a long drill does not spend its time reading.
    const int AllEvery = 10;

    /// <summary>Kills until the count or the time is reached.</summary>
    /// <param name="tools">What it works with.</param>
    /// <param name="kills">How often, at least 1.</param>
    /// <param name="timeLimit">No kill is begun after that.</param>
    /// <param name="postgres">A PostgreSQL server to keep history in; the data folder when null.</param>
    public static Task<DrillReport> RunAsync(DrillTools tools, int kills, TimeSpan? timeLimit, string? postgres) =>
        Drill.RunAsync($"drill --kills {kills}" + (timeLimit is { } limit ? $" --minutes {limit.TotalMinutes:0.##}" : "") + (postgres is null ? "" : " --postgres …"), tools, async figures =>
        {
            await using var scratch = postgres is null ? null : await PostgresScratch.CreateAsync(postgres, tools.Cancellation);
            await using var venue = await DrilledVenue.OpenAsync(
                tools.Setup with { Environment = Settings(kills, scratch) }, tools.Cancellation);
            var run = new Run(venue, new Random(tools.Seed), tools);
            await run.KillAsync(kills, timeLimit ?? TimeSpan.MaxValue);
            var data = await venue.VerifyDataAsync(scratch?.Store);
            run.Tell(figures);
            figures["History"] = $"{data.Rows:N0} rows of {(scratch is null ? "SQLite" : "PostgreSQL")} equal to what the journal gives; verify finds the data folder sound and confirms {data.Snapshots:N0} snapshots";
            return new(true, $"{run.Kills:N0} kills, {venue.Acknowledged:N0} orders acknowledged: none lost, none twice, every cent and share accounted for (seed {tools.Seed})");
        });

    /// <summary>Snapshots as often as they come in handy, and no more of them than are kept, so that the journal stays whole for the rebuild.</summary>
    public static Dictionary<string, string> Settings(int kills, PostgresScratch? scratch = null)
    {
        var settings = new Dictionary<string, string> { ["Venue__SnapshotEvery"] = $"{Math.Max(2_000, kills * 100L)}", ["Venue__SnapshotsKept"] = "100" };
        if (scratch is not null) settings["ConnectionStrings__Store"] = scratch.ConnectionString;
        return settings;
    }

    /// <summary>Kills amid a storm of orders. The server is down afterwards.</summary>
    public static async Task UnderLoadAsync(DrilledVenue venue, Random random, CancellationToken cancellation)
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var storm = venue.StormAsync(failed.Token);
        try
        {
            await Task.Delay(random.Next(200, 1_500), cancellation);
            await venue.Server.KillAsync();
        }
        finally
        {
            await failed.CancelAsync();
            await storm;
        }
    }

    /// <summary>Starts a server that is down, and kills it while it recovers, or soon after. It is down afterwards.</summary>
    public static async Task WhileRecoveringAsync(DrilledVenue venue, Random random, CancellationToken cancellation)
    {
        venue.Server.Launch();
        await Task.Delay(random.Next(100, 1_500), cancellation);
        await venue.Server.KillAsync();
    }

    /// <summary>Kills the instant an order was answered; started again, the server gives the same answer once more.</summary>
    public static async Task AfterAnAnswerAsync(DrilledVenue venue, Random random, CancellationToken cancellation)
    {
        var trader = venue.Traders[random.Next(venue.Traders.Count)];
        var order = trader.NextOrder();
        await trader.PlaceAsync(order);
        await venue.Server.KillAsync();
        await venue.Server.StartAsync(cancellation: cancellation);
        var again = await trader.RepeatAsync(order);
        if (order.Acknowledged is null)
        {
            BrokenPromiseException.UnlessSame($"the refusal of {order.ClientOrderId}", order.Refused, again.ErrorCode);
            return;
        }
        BrokenPromiseException.Unless(again.Replayed, () => $"{order.Id}, repeated after a kill, was taken for a new order");
        BrokenPromiseException.UnlessSame($"the id of {order.ClientOrderId}, sent twice,", order.Id, again.Expect(201)["id"]!.GetValue<string>());
    }

    sealed class Run(DrilledVenue venue, Random random, DrillTools tools)
    {
        readonly Stopwatch _clock = Stopwatch.StartNew();
        readonly List<TimeSpan> _recoveries = [];
        int _underLoad, _recovering, _afterAnswers;

        public int Kills => _underLoad + _recovering + _afterAnswers;

        public async Task KillAsync(int kills, TimeSpan timeLimit)
        {
            for (var round = 1; Kills < kills && _clock.Elapsed < timeLimit; round++)
            {
                var (told, unknown) = (venue.Acknowledged, venue.Unknown);
                var moment = await KillOnceAsync(kills - Kills);
                _recoveries.Add(venue.Server.LastStart);
                var isAll = round % AllEvery == 0;
                await venue.VerifyAsync(isAll);
                tools.Say($"{Kills,5}/{kills} killed {moment}; back after {_recoveries[^1].TotalMilliseconds:N0} ms; {venue.Acknowledged - told:N0} more orders acknowledged, "
                    + $"{venue.Unknown - unknown} of them unanswered before and repeated; all {(isAll ? "since the beginning" : "there")}");
            }
            await venue.VerifyAsync();
        }

        public void Tell(Dictionary<string, string> figures)
        {
            _recoveries.Sort();
            figures["Kills"] = $"{Kills:N0}: {_underLoad:N0} under load, {_recovering:N0} amid recovery, {_afterAnswers:N0} the instant after an answer";
            figures["Orders"] = $"{venue.Acknowledged:N0} acknowledged by {venue.Traders.Count} users, {venue.Unknown:N0} without an answer and repeated";
            figures["Back after"] = $"median {_recoveries[_recoveries.Count / 2].TotalMilliseconds:N0} ms, longest {_recoveries[^1].TotalMilliseconds:N0} ms";
        }

        async Task<string> KillOnceAsync(int left)
        {
            if (random.Next(8) == 0)
            {
                await AfterAnAnswerAsync(venue, random, tools.Cancellation);
                _afterAnswers++;
                return "the instant after an answer";
            }
            await UnderLoadAsync(venue, random, tools.Cancellation);
            _underLoad++;
            var again = Math.Min(left - 1, random.Next(4) == 0 ? random.Next(1, 4) : 0);
            for (var i = 0; i < again; i++) await WhileRecoveringAsync(venue, random, tools.Cancellation);
            _recovering += again;
            await venue.Server.StartAsync(cancellation: tools.Cancellation);
            return again == 0 ? "under load" : $"under load, then {again} more {(again == 1 ? "time" : "times")} amid recovery";
        }
    }
}
