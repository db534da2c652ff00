using MyTradeX.Store;

namespace MyTradeX.Cli.Drills;

/// <summary>Disks that fill up and disks that go read-only while users trade.</summary>
internal static class DiskDrill
{
    const int RoomMegabytes = 512;
    // A young journal takes 4 MB and cannot have the 16 MB it wants next.
    const int JournalOnlyMegabytes = 6, TogetherMegabytes = 16;
    const int FailingMegabytes = 512;
    static readonly TimeSpan _deadline = TimeSpan.FromMinutes(2);
    static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan _tradedBefore = TimeSpan.FromSeconds(1);

    /// <summary>All of it, one after the other.</summary>
    /// <exception cref="DrillImpossibleException">Nothing can be mounted here at all.</exception>
    public static Task<DrillReport> RunAsync(DrillTools tools) => Drill.RunAsync("drill disk", tools, async figures =>
    {
        tools.Say("filling a disk with journal and database");
        figures["Disk full"] = await FillTogetherAsync(tools);
        tools.Say("filling a disk with the journal alone");
        figures["Journal's disk full"] = await FillJournalAsync(tools);
        tools.Say("making a disk read-only while it is written to");
        var skipped = "";
        try
        {
            figures["Disk read-only"] = await GoReadOnlyAsync(tools);
        }
        catch (DrillImpossibleException impossible)
        {
            figures["Disk read-only"] = $"skipped: {impossible.Message}";
            skipped = "; going read-only was skipped";
        }
        return new(true, $"writes were refused, reads answered, nothing acknowledged was lost, and trading resumed{skipped} (seed {tools.Seed})");
    });

    /// <summary>Journal and database fill their disk; it is grown while the server runs. Returns what happened.</summary>
    public static async Task<string> FillTogetherAsync(DrillTools tools)
    {
        await using var disk = await MountedDisk.InMemoryAsync(TogetherMegabytes);
        // Little waiting for the database is allowed, so that its standing still shows soon.
        await using var venue = await DrilledVenue.OpenAsync(
            tools.Setup with { DataFolder = disk.Path, Environment = new() { ["Venue__HistoryBacklogMb"] = "1" } }, tools.Cancellation);
        var acknowledged = await FillAndGrowAsync(venue, disk, "History cannot be written", tools);
        await venue.VerifyDataAsync();
        return acknowledged;
    }

    /// <summary>The journal fills its disk, and the database has room elsewhere. Returns what happened.</summary>
    public static async Task<string> FillJournalAsync(DrillTools tools)
    {
        await using var disk = await MountedDisk.InMemoryAsync(JournalOnlyMegabytes);
        using var elsewhere = new DrillFolder();
        var database = Path.Combine(elsewhere.Path, "store.db");
        await using var venue = await DrilledVenue.OpenAsync(
            tools.Setup with { DataFolder = disk.Path, Environment = new() { ["ConnectionStrings__Store"] = $"Data Source={database}" } }, tools.Cancellation);
        var acknowledged = await FillAndGrowAsync(venue, disk, "the journal could not be written", tools);
        await venue.VerifyDataAsync(StoreOptions.Sqlite(database));
        return acknowledged;
    }

    /// <summary>
    /// The file system goes read-only under a server that writes: orders are refused, the market can be read. Repaired, it is started on while still
    /// read-only, which the server refuses; then it trades again. Returns what happened.
    /// </summary>
    public static async Task<string> GoReadOnlyAsync(DrillTools tools)
    {
        await using var disk = await MountedDisk.Ext4Async(FailingMegabytes);
        var data = Path.Combine(disk.Path, "data");
        await using var venue = await DrilledVenue.OpenAsync(tools.Setup with { DataFolder = data }, tools.Cancellation);
        await venue.StormForAsync(_tradedBefore, tools.Cancellation);

        await StormUntilRefusedAsync(venue, disk.FailAsync, () => true, tools);
        var acknowledged = venue.Acknowledged;
        await CheckReadsAsync(venue);
        await venue.Server.StopAsync();

        await disk.RepairAsync();
        await disk.RemountAsync(isReadOnly: true);
        BrokenPromiseException.Unless(await venue.Server.StartAndFailAsync() != 0, () => "the server ran on a read-only disk");
        BrokenPromiseException.Unless(venue.Server.Output.Contains("ead-only", StringComparison.Ordinal), () => $"the server does not say that its disk is read-only:\n{venue.Server.Output}");
        await disk.RemountAsync(isReadOnly: false);
        await venue.Server.StartAsync(cancellation: tools.Cancellation);
        await venue.VerifyAsync();
        await ResumeAsync(venue, acknowledged, tools);
        await venue.VerifyDataAsync();
        return $"{acknowledged:N0} orders acknowledged, then writes refused and reads answered; {venue.Unknown:N0} without an answer repeated after the repair";
    }

    static async Task<string> FillAndGrowAsync(DrilledVenue venue, MountedDisk disk, string sign, DrillTools tools)
    {
        await StormUntilRefusedAsync(venue, () => Task.CompletedTask, () => venue.Server.Output.Contains(sign, StringComparison.Ordinal), tools);
        var acknowledged = venue.Acknowledged;
        await CheckReadsAsync(venue);
        await disk.GrowAsync(RoomMegabytes);
        await ResumeAsync(venue, acknowledged, tools);
        await venue.VerifyAsync();
        return $"{acknowledged:N0} orders acknowledged, then writes refused and reads answered; trading resumed with room, without a restart";
    }

    static async Task StormUntilRefusedAsync(DrilledVenue venue, Func<Task> breakIt, Func<bool> isBroken, DrillTools tools)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(tools.Cancellation);
        over.CancelAfter(_deadline);
        var storm = venue.StormAsync(over.Token);
        try
        {
            await breakIt();
            while (!isBroken() || !venue.Traders.All(trader => trader.WasUnavailable))
            {
                BrokenPromiseException.Unless(!over.IsCancellationRequested || tools.Cancellation.IsCancellationRequested, () => $"orders were never refused:\n{venue.Server.Output}");
                await Task.Delay(_lookAgain, tools.Cancellation);
            }
        }
        finally
        {
            await over.CancelAsync();
            await storm;
        }
    }

    // What is read from the exchange itself does not wait for a disk.
    static async Task CheckReadsAsync(DrilledVenue venue)
    {
        var trader = venue.Traders[0];
        foreach (var path in (string[])[$"orderbook/{Trader.Symbol}", $"market-data/{Trader.Symbol}", $"accounts/{trader.AccountId}", "portfolio/summary"])
        {
            var answer = await trader.Session.SendAsync(HttpMethod.Get, path);
            BrokenPromiseException.Unless(answer.Status == 200, () => $"GET {path} answered {answer.Status} while writes were refused: {answer.Body?.ToJsonString()}");
        }
    }

    static async Task ResumeAsync(DrilledVenue venue, int acknowledged, DrillTools tools)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(tools.Cancellation);
        late.CancelAfter(_deadline);
        while (venue.Acknowledged == acknowledged)
        {
            BrokenPromiseException.Unless(!late.IsCancellationRequested || tools.Cancellation.IsCancellationRequested, () => $"trading did not resume:\n{venue.Server.Output}");
            await venue.Traders[0].PlaceAsync(venue.Traders[0].NextOrder());
            await Task.Delay(_lookAgain, tools.Cancellation);
        }
    }
}
