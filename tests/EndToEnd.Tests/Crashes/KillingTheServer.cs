using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>The real server, ended by SIGKILL.</summary>
public sealed class KillingTheServer
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task under_load_loses_nothing_acknowledged_and_invents_nothing()
    {
        var kills = ShortDrill.KillsOr(4);
        var random = new Random(ShortDrill.Seed);
        using var folder = new DrillFolder();
        await using var venue = await ShortDrill.OpenAsync(folder, kills);
        for (var kill = 1; kill <= kills; kill++)
        {
            await KillDrill.UnderLoadAsync(venue, random, Cancellation);
            await venue.Server.StartAsync(cancellation: Cancellation);
            await venue.VerifyAsync();
        }

        Assert.True(venue.Acknowledged > 50 * kills, $"the storm was no storm: {venue.Acknowledged} orders in {kills} kills");
        Assert.True((await venue.VerifyDataAsync()).Rows > venue.Acknowledged);
        TestContext.Current.SendDiagnosticMessage($"seed {ShortDrill.Seed}: {kills} kills, {venue.Acknowledged} orders acknowledged, {venue.Unknown} repeated after a kill");
    }

    [Fact]
    public async Task while_it_recovers_changes_nothing()
    {
        var kills = ShortDrill.KillsOr(3);
        var random = new Random(ShortDrill.Seed);
        using var folder = new DrillFolder();
        await using var venue = await ShortDrill.OpenAsync(folder, kills);
        await KillDrill.UnderLoadAsync(venue, random, Cancellation);
        for (var kill = 1; kill <= kills; kill++) await KillDrill.WhileRecoveringAsync(venue, random, Cancellation);

        await venue.Server.StartAsync(cancellation: Cancellation);
        await venue.VerifyAsync();
        Assert.True((await venue.VerifyDataAsync()).Rows > venue.Acknowledged);
    }

    [Fact]
    public async Task the_instant_after_an_answer_leaves_that_answer_true()
    {
        var kills = ShortDrill.KillsOr(4);
        var random = new Random(ShortDrill.Seed);
        using var folder = new DrillFolder();
        await using var venue = await ShortDrill.OpenAsync(folder, kills);
        for (var kill = 1; kill <= kills; kill++)
        {
            await KillDrill.AfterAnAnswerAsync(venue, random, Cancellation);
            await venue.VerifyAsync();
        }
        Assert.Equal(kills, venue.Acknowledged);
        Assert.True((await venue.VerifyDataAsync()).Rows > kills);
    }

    [Fact]
    public async Task as_the_tool_does_finds_nothing()
    {
        var report = await ShortDrill.RunAsync(tools => KillDrill.RunAsync(tools, ShortDrill.KillsOr(3), timeLimit: null, postgres: null));

        Assert.True(report.Passed, report.Verdict);
    }
}
