using MyTradeX.Core;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Venue.Tests;

public class RestartingAVenue
{
    [Fact]
    public async Task brings_back_the_same_state()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        await fixture.ListAsync();
        await TradeAsync(fixture, 500);
        var before = fixture.Venue.Read(0, (exchange, _) => (exchange.Sequence, exchange.StateHash()));

        await fixture.CloseAsync();
        await fixture.OpenAsync();

        var after = fixture.Venue.Read(0, (exchange, _) => exchange.Sequence);
        Assert.Equal(before.Sequence + 1, after); // the new epoch's first command
        var (_, replayed) = await fixture.ReplayAsync(before.Sequence);
        Assert.Equal(before.Item2, replayed);
    }

    [Fact]
    public async Task from_a_snapshot_gives_the_same_state_as_from_the_beginning()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        await fixture.ListAsync();
        await TradeAsync(fixture, 200);
        await fixture.Venue.WaitForHistoryAsync(fixture.Venue.Sequence, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.NotNull(fixture.Venue.TakeSnapshot());
        await TradeAsync(fixture, 200);
        var hash = fixture.Venue.Read(0, (exchange, _) => exchange.StateHash());
        var sequence = fixture.Venue.Sequence;

        await fixture.CloseAsync();
        await fixture.OpenAsync();

        Assert.Equal(hash, (await fixture.ReplayAsync(sequence)).Hash);
        Assert.Equal(sequence + 1, fixture.Venue.Sequence);
    }

    [Fact]
    public async Task with_an_emptied_database_fills_it_again_from_the_journal()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        await fixture.ListAsync();
        await TradeAsync(fixture, 100);
        await fixture.Venue.WaitForHistoryAsync(fixture.Venue.Sequence, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var trades = await new TradeHistory(fixture.Database).ListAsync(new TradeQuery { InstrumentId = 1 }, 1, 100, TestContext.Current.CancellationToken);
        Assert.True(trades.Total > 0);

        await fixture.CloseAsync();
        foreach (var file in Directory.GetFiles(fixture.Folder, "store.db*")) File.Delete(file);
        await fixture.OpenAsync();

        await fixture.Venue.WaitForHistoryAsync(fixture.Venue.Sequence, TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        var again = await new TradeHistory(fixture.Database).ListAsync(new TradeQuery { InstrumentId = 1 }, 1, 100, TestContext.Current.CancellationToken);
        Assert.Equal(trades.Items, again.Items);
    }

    [Fact]
    public async Task with_another_venues_database_is_refused()
    {
        await using var fixture = new VenueFixture();
        await fixture.OpenAsync();
        await fixture.ListAsync();
        await using var other = new VenueFixture();
        await other.OpenAsync();
        await other.ListAsync();
        await other.CloseAsync();
        await fixture.CloseAsync();
        Directory.Move(Path.Combine(fixture.Folder, "journal"), Path.Combine(fixture.Folder, "own"));
        Directory.Move(Path.Combine(other.Folder, "journal"), Path.Combine(fixture.Folder, "journal"));

        var refusal = await Assert.ThrowsAsync<VenueDamagedException>(fixture.OpenAsync);
        Assert.Contains("another journal", refusal.Message);

        await fixture.Database.DisposeAsync();
        Directory.Move(Path.Combine(fixture.Folder, "journal"), Path.Combine(other.Folder, "journal"));
        Directory.Move(Path.Combine(fixture.Folder, "own"), Path.Combine(fixture.Folder, "journal"));
        await fixture.OpenAsync();
        await other.OpenAsync();
    }

    static async Task TradeAsync(VenueFixture fixture, int orders)
    {
        var sent = Enumerable.Range(0, orders).Select(i =>
            fixture.Do(VenueFixture.Limit(1 + i % 2, i % 4 < 2 ? Side.Buy : Side.Sell, 1 + i % 7, 1_500_000 + i * 37 % 11 * 100)));
        foreach (var result in await Task.WhenAll(sent)) Assert.Equal(RejectCode.None, result.Code);
    }
}
