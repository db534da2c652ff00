using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>Trading goes on until the disk is full, and beyond.</summary>
public sealed class AFullDisk
{
    static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task of_journal_and_database_refuses_until_there_is_room_and_loses_nothing()
    {
        // The young journal takes 4 MB and cannot have the 16 MB it wants next; the database needs the rest.
        await using var disk = await SmallDisk.MountAsync(16);
        // Little waiting for the database is allowed, so that its standing still shows soon.
        await using var venue = await CrashedVenue.OpenAsync(disk.Path, new() { ["Venue__HistoryBacklogMb"] = "1" });

        await FillAndGrowAsync(venue, disk, "History cannot be written");
        await venue.VerifyHistoryAsync();
    }

    [Fact]
    public async Task of_the_journal_alone_refuses_until_there_is_room_and_loses_nothing()
    {
        await using var disk = await SmallDisk.MountAsync(6);
        var elsewhere = Directory.CreateTempSubdirectory("mytradex-store-");
        try
        {
            var database = Path.Combine(elsewhere.FullName, "store.db");
            await using var venue = await CrashedVenue.OpenAsync(disk.Path, new() { ["ConnectionStrings__Store"] = $"Data Source={database}" });

            await FillAndGrowAsync(venue, disk, "the journal could not be written");
            await venue.VerifyHistoryAsync(database);
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    static async Task FillAndGrowAsync(CrashedVenue venue, SmallDisk disk, string sign)
    {
        using var calledOff = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        calledOff.CancelAfter(Deadline);
        using var isFull = CancellationTokenSource.CreateLinkedTokenSource(calledOff.Token);
        var storm = venue.StormAsync(isFull.Token);
        while (!venue.Server.Output.Contains(sign, StringComparison.Ordinal) || !venue.Traders.All(trader => trader.WasUnavailable))
        {
            Assert.False(calledOff.IsCancellationRequested, "the disk never filled up");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        await isFull.CancelAsync();
        await storm;
        var acknowledged = venue.Acknowledged;

        await disk.GrowAsync(512);
        var trading = venue.Traders[0];
        while (!calledOff.IsCancellationRequested && venue.Acknowledged == acknowledged)
        {
            await trading.PlaceAsync(trading.NextOrder());
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        Assert.True(venue.Acknowledged > acknowledged, $"trading did not resume:\n{venue.Server.Output}");
        await venue.VerifyAsync();
        TestContext.Current.SendDiagnosticMessage($"{acknowledged} orders acknowledged until the disk was full");
    }
}
