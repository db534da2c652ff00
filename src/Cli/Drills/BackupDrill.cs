using System.Diagnostics;
using MyTradeX.Cli.DataFolders;

namespace MyTradeX.Cli.Drills;

/// <summary>Backups taken while users trade, each restored, verified, started and held against what was acknowledged before it began.</summary>
internal static class BackupDrill
{
    const int Traders = 12;
    const int FirstTradeMs = 500, LastTradeMs = 3_000;

    public static Task<DrillReport> RunAsync(DrillTools tools, int backups) => Drill.RunAsync($"drill backup --backups {backups}", tools, async figures =>
    {
        var random = new Random(tools.Seed);
        await using var venue = await DrilledVenue.OpenAsync(tools.Setup with { Traders = Traders, Environment = KillDrill.Settings(backups * 10) }, tools.Cancellation);
        var (compared, longest, bytes) = (0L, TimeSpan.Zero, 0L);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(tools.Cancellation);
        var storm = venue.StormAsync(over.Token);
        try
        {
            for (var backup = 1; backup <= backups; backup++)
            {
                await Task.Delay(random.Next(FirstTradeMs, LastTradeMs), tools.Cancellation);
                using var copies = new DrillFolder();
                var taken = await TakeAsync(venue, tools, copies.Path);
                tools.Say($"{backup,3}/{backups} {taken.Compared:N0} orders acknowledged before the backup began: all in it; {taken.During:N0} more were while it was taken, in {taken.Time.TotalMilliseconds:N0} ms");
                (compared, longest, bytes) = (compared + taken.Compared, taken.Time > longest ? taken.Time : longest, taken.Bytes);
            }
        }
        finally
        {
            await over.CancelAsync();
            await storm;
        }
        await venue.VerifyAsync();
        await venue.VerifyDataAsync();
        figures["Backups"] = $"{backups:N0}, each restored to another folder, verified, started and traded on; the last of {bytes / 1e6:N0} MB";
        figures["Orders"] = $"{venue.Acknowledged:N0} acknowledged by {venue.Traders.Count} users while backups were taken; {compared:N0} comparisons with a copy";
        figures["Longest backup"] = $"{longest.TotalMilliseconds:N0} ms, its verification included";
        return new(true, $"{backups:N0} backups under load: each has every order acknowledged before it began, and trades on (seed {tools.Seed})");
    });

    static async Task<Taken> TakeAsync(DrilledVenue venue, DrillTools tools, string copies)
    {
        var marks = venue.Traders.Select(trader => trader.Mark()).ToList();
        var before = venue.Acknowledged;
        var started = Stopwatch.GetTimestamp();
        var backup = DataFolder.Empty(Path.Combine(copies, "backup"));
        await DataBackup.BackUpAsync(DataFolder.Existing(venue.Server.DataFolder), backup, _ => { });
        await VerifyAsync("the backup", backup);
        var (time, during) = (Stopwatch.GetElapsedTime(started), venue.Acknowledged - before);
        var restored = DataFolder.Empty(Path.Combine(copies, "restored"));
        DataBackup.Restore(backup, restored, _ => { });
        await VerifyAsync("the restored folder", restored);

        await using var server = new ServerProcess(restored.Path, program: tools.Program);
        await server.StartAsync(cancellation: tools.Cancellation);
        var sessions = venue.Traders.ToDictionary(trader => trader, trader => trader.SessionAt(server));
        foreach (var (trader, mark) in venue.Traders.Zip(marks)) await trader.VerifyCopyAsync(sessions[trader], mark);
        await venue.VerifyBooksAsync(trader => sessions[trader]);
        await TradeOnAsync(sessions[venue.Traders[0]]);
        await server.StopAsync();
        await VerifyAsync("the restored folder after trading on", restored);
        return new(marks.Sum(mark => mark.Count), during, time, new DirectoryInfo(backup.Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length));
    }

    static async Task VerifyAsync(string what, DataFolder folder)
    {
        var found = await DataVerifier.VerifyAsync(folder, _ => { });
        BrokenPromiseException.Unless(found.Sound, () => $"{what} is not sound: {string.Join("; ", found.Faults)}");
    }

    static async Task TradeOnAsync(UserSession session)
    {
        var order = new { symbol = Trader.Symbol, side = "BUY", orderType = "LIMIT", quantity = 1, price = 90m, timeInForce = "GTC" };
        var answer = await session.SendAsync(HttpMethod.Post, "orders", order);
        BrokenPromiseException.UnlessSame("the answer to an order on the restored server", 201, answer.Status);
    }

    readonly record struct Taken(int Compared, int During, TimeSpan Time, long Bytes);
}
