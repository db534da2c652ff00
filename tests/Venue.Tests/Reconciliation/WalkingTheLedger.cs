using MyTradeX.Store;
using MyTradeX.Venue.Demo;
using MyTradeX.Venue.Reconciliation;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace MyTradeX.Venue.Tests.Reconciliation;

/// <summary>A ledger that is longer than one turn, of simulated participants and of users, part of which retention has let go.</summary>
public sealed class WalkingTheLedger
{
    static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task in_turns_comes_to_its_end_and_begins_again()
    {
        await using var books = await OpenAsync();
        var sweep = new LedgerSweep();

        var turns = await TurnsAsync(books, sweep);
        var lines = sweep.Lines;
        var again = await TurnsAsync(books, sweep);

        Assert.True(turns > 2, $"{lines} lines are too few for turns");
        Assert.Equal((turns, lines), (again, sweep.Lines));
        Assert.Empty(FindingsOf(sweep));
    }

    [Fact]
    public async Task allows_for_what_retention_has_let_go()
    {
        await using var books = await OpenAsync();
        var pruned = await new Retention(books.Fixture.Database).PruneAsync(new RetentionPolicy { SyntheticBefore = Venue.MicrosecondsOf(Noon - TimeSpan.FromMinutes(5)) }, Cancel);
        Assert.True(pruned.LedgerLines > 0 && pruned.Orders > 0 && pruned.Trades > 0);
        var sweep = new LedgerSweep();

        await TurnsAsync(books, sweep);

        Assert.Empty(FindingsOf(sweep));
        Assert.True(books.Reconcile().IsSound);
    }

    [Fact]
    public async Task while_retention_goes_on_sees_no_hole()
    {
        await using var books = await OpenAsync();
        var sweep = new LedgerSweep();
        await TurnAsync(books, sweep);
        await new Retention(books.Fixture.Database).PruneAsync(new RetentionPolicy { SyntheticBefore = Venue.MicrosecondsOf(Noon) }, Cancel);

        await TurnsAsync(books, sweep);

        Assert.Empty(FindingsOf(sweep));
    }

    [Theory]
    // The newest entries of simulated participants go while older ones stay: retention would not do that.
    [InlineData("DELETE FROM ledger_lines WHERE entry_id = (SELECT MAX(l.entry_id) - 40 FROM ledger_lines l)")]
    [InlineData("UPDATE ledger_lines SET amount = amount + 1 WHERE entry_id = (SELECT MAX(l.entry_id) - 40 FROM ledger_lines l) AND line = 0")]
    public async Task finds_what_retention_would_not_have_done(string sql)
    {
        await using var books = await OpenAsync();
        await new Retention(books.Fixture.Database).PruneAsync(new RetentionPolicy { SyntheticBefore = Venue.MicrosecondsOf(Noon - TimeSpan.FromMinutes(5)) }, Cancel);
        await books.PlantAsync(sql);
        var sweep = new LedgerSweep();

        await TurnsAsync(books, sweep);

        Assert.NotEmpty(FindingsOf(sweep));
    }

    static async Task<Books> OpenAsync()
    {
        var books = await Books.OpenAsync(options: new VenueOptions { JournalFolder = "", ReconcileEvery = TimeSpan.FromDays(365), Retention = new() { Synthetic = null } }, clock: new ManualClock(Noon - TimeSpan.FromMinutes(15)));
        ((ManualClock)books.Fixture.Clock).Advance(TimeSpan.FromMinutes(15));
        var demo = await DemoMarket.StartAsync(books.Fixture.Venue, new DemoOptions { Past = TimeSpan.FromMinutes(15), PastSlowness = 1 }, books.Fixture.Clock, NullLogger.Instance, Cancel);
        await demo.DisposeAsync();
        await books.CatchUpAsync();
        return books;
    }

    static List<Finding> FindingsOf(LedgerSweep sweep)
    {
        var findings = new Findings();
        sweep.Report(findings);
        return [.. findings.Kept];
    }

    static async Task<int> TurnsAsync(Books books, LedgerSweep sweep)
    {
        var turns = 0;
        do
        {
            await TurnAsync(books, sweep);
            turns++;
        }
        while (!sweep.IsComplete);
        return turns;
    }

    /// <summary>One turn, with the venue's own exchange, which nobody uses meanwhile.</summary>
    static Task<bool> TurnAsync(Books books, LedgerSweep sweep) => ProjectionView.ReadAsync(
        books.Fixture.Database,
        async view =>
        {
            Assert.Equal(books.Fixture.Venue.Sequence, view.Checkpoint!.Sequence);
            await sweep.AdvanceAsync(view, books.Fixture.Venue.Read(0, (exchange, _) => exchange), linesMax: 1, Cancel);
            return true;
        },
        Cancel);
}
