using MyTradeX.Simulation.Checkers;

namespace MyTradeX.Simulation.Found;

/// <summary>What the simulation has found about restarts, each told in the fewest steps.</summary>
public sealed class AVenueThatWentDown
{
    [Fact]
    public void by_a_power_cut_has_a_journal_that_reaches_back_to_what_sql_lost()
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var script = new Script(seed);
            script.Machine.Start();
            script.List();
            for (var price = 0; FirstSegment(script) == "00000000000000000000.segment"; price++)
            {
                script.Trade(1_000_000 + (price % 50 * 100));
                script.Project();
                script.Machine.Clock.Move(TimeSpan.FromMinutes(2));
                script.Machine.Venue.Workers.Snapshotter.Step();
            }
            script.CrashAndStart(powerLoss: true);
            script.Project();
            SqlTables.CompareWithRebuild(script.Machine.Database, script.History);
            script.Machine.Abandon();
        }
    }

    [Fact]
    public void starts_with_a_journal_that_delivers_again_the_record_sql_stands_at()
    {
        var script = new Script();
        script.Machine.Start();
        script.List();
        script.Project();
        Assert.True(script.Machine.Stop());
        var last = script.History.Records[^1].Payload;
        using (var log = FileCommandLog.Open(script.Machine.Disk, new FileLogOptions { SegmentBytes = 16 * 1024, MaxRecordBytes = 4 * 1024, PrepareInBackground = false }, out _))
        {
            script.History.Doubt([(log.Append(last), last)]);
            log.Commit();
        }

        script.Machine.Start();

        Assert.Equal(script.History.Exchange.StateHash(), script.Machine.Venue.Read(0, (exchange, _) => exchange.StateHash()));
        script.Machine.Abandon();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(72)]
    public void for_hours_goes_on_with_the_minute_that_sql_has_begun(int hours)
    {
        var script = new Script();
        script.Machine.Start();
        script.List();
        script.Trade(1_000_500);
        script.Project();
        script.Trade(1_000_000);
        script.Machine.Clock.Move(TimeSpan.FromHours(hours));

        script.CrashAndStart(powerLoss: false);
        script.Project();

        SqlTables.CompareWithRebuild(script.Machine.Database, script.History);
        script.Machine.Abandon();
    }

    static string FirstSegment(Script script) => script.Machine.Disk.List().Where(name => name.EndsWith(".segment", StringComparison.Ordinal)).Order(StringComparer.Ordinal).First();
}
