using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>The real server, ended by SIGKILL.</summary>
public sealed class KillingTheServer
{
    [Fact]
    public async Task under_load_loses_nothing_acknowledged_and_invents_nothing()
    {
        var kills = CrashedVenue.KillsOr(4);
        var random = new Random(CrashedVenue.Seed);
        await using var venue = await CrashedVenue.OpenAsync();
        for (var kill = 1; kill <= kills; kill++)
        {
            var storm = venue.StormAsync(TestContext.Current.CancellationToken);
            await Task.Delay(random.Next(200, 1500), TestContext.Current.CancellationToken);
            await venue.Server.KillAsync();
            await storm;
            await venue.Server.StartAsync();
            await venue.VerifyAsync();
            if (kill % 10 == 0) TestContext.Current.SendDiagnosticMessage($"{kill} kills, {venue.Acknowledged} orders acknowledged, all there");
        }

        Assert.True(venue.Acknowledged > 50 * kills, $"the storm was no storm: {venue.Acknowledged} orders in {kills} kills");
        await venue.VerifyHistoryAsync();
        TestContext.Current.SendDiagnosticMessage(
            $"seed {CrashedVenue.Seed}: {kills} kills, {venue.Acknowledged} orders acknowledged, {venue.Traders.Sum(trader => trader.Unknown)} repeated after a kill");
    }

    [Fact]
    public async Task while_it_recovers_changes_nothing()
    {
        var kills = CrashedVenue.KillsOr(3);
        var random = new Random(CrashedVenue.Seed);
        await using var venue = await CrashedVenue.OpenAsync();
        var storm = venue.StormAsync(TestContext.Current.CancellationToken);
        await Task.Delay(1500, TestContext.Current.CancellationToken);
        await venue.Server.KillAsync();
        await storm;
        for (var kill = 1; kill <= kills; kill++)
        {
            venue.Server.Launch();
            await Task.Delay(random.Next(100, 2000), TestContext.Current.CancellationToken);
            await venue.Server.KillAsync();
        }

        await venue.Server.StartAsync();
        await venue.VerifyAsync();
        await venue.VerifyHistoryAsync();
    }

    [Fact]
    public async Task the_instant_after_an_answer_leaves_that_answer_true()
    {
        await using var venue = await CrashedVenue.OpenAsync();
        var trader = venue.Traders[0];
        for (var kill = 1; kill <= CrashedVenue.KillsOr(4); kill++)
        {
            var order = trader.NextOrder();
            await trader.PlaceAsync(order);
            await venue.Server.KillAsync();
            await venue.Server.StartAsync();
            await trader.SignInAsync();
            var again = await trader.RepeatAsync(order);

            Assert.True(again.Replayed);
            Assert.Equal(order.Id, again.Expect(201)["id"]!.GetValue<string>());
            await venue.VerifyAsync();
        }
        await venue.VerifyHistoryAsync();
    }
}
