using MyTradeX.Cli.Replay;
using Xunit;

namespace MyTradeX.Cli.Tests.Replay;

// Messages: time, type (1 entry, 2 reduction, 3 deletion, 4 execution, 5 hidden, 7 halt), order id, size, price, direction (1 buy, -1 sell).
// Book rows: ask price, ask size, bid price, bid size, a level after the other; 9999999999 and -9999999999 with size 0 are empty levels.
public sealed class ReplayingOrderFlow : IDisposable
{
    readonly HandMadeFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void entries_reductions_deletions_and_executions_give_the_files_best_prices()
    {
        var report = _files.Replay(
            messages: """
                34200.1,1,11,100,1000000,1
                34200.2,1,12,50,1000100,-1
                34200.3,2,11,40,1000000,1
                34200.4,4,11,10,1000000,1
                34200.5,5,0,500,1000050,1
                34200.6,7,0,0,-1,-1
                34200.7,3,12,50,1000100,-1
                """,
            best: """
                1000200,5,1000000,100
                1000100,50,1000000,100
                1000100,50,1000000,60
                1000100,50,1000000,50
                1000100,50,1000000,50
                1000100,50,1000000,50
                1000200,5,1000000,50
                """);

        Assert.True(report.Succeeded);
        Assert.Empty(report.Findings);
        Assert.Equal((7, 7), (report.BestRows, report.BestRowsEqual));
        Assert.Equal((1, 1, 1), (report.Executions, report.ExecutionsHit, report.ExecutionsInOrderOfArrival));
    }

    [Fact]
    public void an_order_from_before_the_file_is_carved_out_of_its_level_and_hit_first()
    {
        var report = _files.Replay(
            messages: """
                34200.1,1,50,10,1000000,1
                34200.2,4,7,30,1000000,1
                34200.3,3,8,20,1000000,1
                """,
            levels: """
                1000100,5,1000000,110
                1000100,5,1000000,80
                1000100,5,1000000,60
                """);

        Assert.True(report.Succeeded);
        Assert.Empty(report.Findings);
        Assert.Equal((4, 2), (report.OpeningOrders, report.OpeningOrdersNamed));
        Assert.Equal((3, 3), (report.DepthRows, report.DepthRowsEqual));
    }

    [Fact]
    public void an_opening_book_can_be_given()
    {
        var report = _files.Replay(
            messages: "34200.1,4,7,30,1000000,1",
            best: "1000100,5,999900,9",
            opening: "1000100,5,1000000,30,1000200,6,999900,9");

        Assert.True(report.Succeeded);
        Assert.Equal(1, report.BestRowsEqual);
    }

    [Fact]
    public void a_row_that_differs_without_a_reason_fails_the_replay()
    {
        var report = _files.Replay(
            messages: """
                34200.1,1,11,100,1000000,1
                34200.2,1,12,100,1000010,1
                """,
            best: """
                9999999999,0,1000000,100
                9999999999,0,1000010,101
                """);

        Assert.False(report.Succeeded);
        Assert.Equal(1, report.BestRowsEqual);
        Assert.Equal((Finding.UnequalRow, 1), Only(report));
    }

    [Fact]
    public void best_prices_alone_tell_the_opening_book_one_level_deep()
    {
        var report = _files.Replay(
            messages: """
                34200.1,1,11,100,1000000,1
                34200.2,3,11,100,1000000,1
                34200.3,4,7,30,1000000,1
                """,
            best: """
                1000300,5,1000000,130
                1000300,5,1000000,30
                1000300,5,999900,40
                """);

        Assert.True(report.Succeeded);
        Assert.Equal((Finding.UnequalBeyondKnownLevels, 1), Only(report));
        Assert.Equal((3, 2), (report.BestRows, report.BestRowsEqual));
    }

    [Fact]
    public void a_price_that_had_left_the_messages_levels_explains_a_difference()
    {
        var report = _files.Replay(
            messages: """
                34200.1,1,11,100,1000000,1
                34200.2,3,11,100,1000000,1
                """,
            best: """
                9999999999,0,1000000,100
                9999999999,0,999900,40
                """,
            messageLevels: 1);

        Assert.True(report.Succeeded);
        Assert.Equal((Finding.UnequalBeyondKnownLevels, 1), Only(report));
    }

    [Fact]
    public void a_level_that_comes_into_view_is_taken_over_from_the_orderbook_file()
    {
        var report = _files.Replay(
            messages: """
                34200.1,1,11,100,1000000,1
                34200.2,3,11,100,1000000,1
                34200.3,4,70,15,999900,1
                """,
            levels: """
                9999999999,0,1000000,100
                9999999999,0,999900,40
                9999999999,0,999900,25
                """);

        Assert.True(report.Succeeded);
        Assert.Equal((Finding.LevelCameIntoView, 1), Only(report));
        Assert.Equal((3, 3), (report.DepthRows, report.DepthRowsEqual));
        Assert.Equal((1, 1), (report.Executions, report.ExecutionsHit));
    }

    [Fact]
    public void a_level_that_shrank_out_of_view_is_taken_over_too()
    {
        var report = _files.Replay(
            messages: """
                34200.1,1,11,100,999900,1
                34200.2,1,12,100,1000000,1
                34200.3,3,12,100,1000000,1
                """,
            levels: """
                9999999999,0,999900,100
                9999999999,0,1000000,100
                9999999999,0,999800,7
                """);

        Assert.True(report.Succeeded);
        Assert.Equal((Finding.LevelCameIntoView, 2), Only(report));
        Assert.Equal(3, report.DepthRowsEqual);
    }

    [Fact]
    public void an_execution_that_passes_over_a_younger_order_follows_the_exchanges_rank()
    {
        var report = _files.Replay("""
            34200.1,1,90,100,1000000,1
            34200.2,1,20,100,1000000,1
            34200.3,4,20,100,1000000,1
            34200.4,4,90,100,1000000,1
            """);

        Assert.True(report.Succeeded);
        Assert.Equal((Finding.PassedOverForOlderOrder, 1), Only(report));
        Assert.Equal((2, 2, 1), (report.Executions, report.ExecutionsHit, report.ExecutionsInOrderOfArrival));
    }

    [Fact]
    public void an_execution_that_passes_over_an_older_order_is_told_apart()
    {
        var report = _files.Replay("""
            34200.1,1,20,100,1000000,1
            34200.2,1,90,100,1000000,1
            34200.3,4,90,100,1000000,1
            """);

        Assert.True(report.Succeeded);
        Assert.Equal((Finding.PassedOver, 1), Only(report));
    }

    [Fact]
    public void an_execution_behind_the_best_price_fails_the_replay()
    {
        var report = _files.Replay("""
            34200.1,1,20,100,1000000,1
            34200.2,1,21,100,1000100,1
            34200.3,4,20,100,1000000,1
            """);

        Assert.False(report.Succeeded);
        Assert.Equal((Finding.ExecutionBehindBest, 1), Only(report));
        Assert.Equal((1, 0), (report.Executions, report.ExecutionsHit));
    }

    [Fact]
    public void removing_an_order_that_nobody_entered_removes_nothing()
    {
        var report = _files.Replay(
            messages: """
                34200.1,1,11,100,1000000,1
                34200.2,3,5,30,999900,1
                """,
            best: """
                9999999999,0,1000000,100
                9999999999,0,1000000,100
                """);

        Assert.True(report.Succeeded);
        Assert.Equal((Finding.RemovalOfUnseenOrder, 1), Only(report));
    }

    [Fact]
    public void an_order_that_nobody_entered_is_entered_when_it_is_hit()
    {
        var report = _files.Replay(
            messages: """
                34200.1,4,5,30,999900,1
                34200.2,3,5,20,999900,1
                """,
            best: """
                9999999999,0,999900,20
                9999999999,0,-9999999999,0
                """,
            opening: "9999999999,0,-9999999999,0");

        Assert.True(report.Succeeded);
        Assert.Equal((Finding.ExecutionOfUnseenOrder, 1), Only(report));
        Assert.Equal(2, report.BestRowsEqual);
        Assert.Equal(1, report.ExecutionsHit);
    }

    [Fact]
    public void an_order_across_the_spread_waits_until_it_can_rest()
    {
        var report = _files.Replay(
            messages: """
                34200.1,1,11,100,1000000,-1
                34200.2,1,12,50,1000100,1
                34200.3,3,11,100,1000000,-1
                """,
            best: """
                1000000,100,-9999999999,0
                1000000,100,1000100,50
                9999999999,0,1000100,50
                """);

        Assert.True(report.Succeeded);
        Assert.Equal([(Finding.UnequalCrossedQuote, 1), (Finding.CrossingEntry, 1)], All(report));
        Assert.Equal(2, report.BestRowsEqual);
    }

    [Theory]
    [InlineData("34200.2,1,11,10,999900,1")]
    [InlineData("34200.2,2,11,10,999900,1")]
    [InlineData("34200.2,2,11,10,1000000,-1")]
    [InlineData("34200.2,2,11,101,1000000,1")]
    [InlineData("34200.2,3,11,99,1000000,1")]
    public void a_message_that_contradicts_its_order_fails_the_replay(string contradiction)
    {
        var report = _files.Replay($"34200.1,1,11,100,1000000,1\n{contradiction}");

        Assert.False(report.Succeeded);
        Assert.Equal((Finding.ContradictsOrder, 1), Only(report));
    }

    [Fact]
    public void an_event_of_an_order_that_has_left_fails_the_replay()
    {
        var report = _files.Replay("""
            34200.1,1,11,100,1000000,1
            34200.2,3,11,100,1000000,1
            34200.3,3,11,100,1000000,1
            """);

        Assert.False(report.Succeeded);
        Assert.Equal((Finding.ContradictsOrder, 1), Only(report));
    }

    [Theory]
    [InlineData("9999999999,0,1000000,100")]
    [InlineData("9999999999,0,1000000,100\n9999999999,0,1000000,200\n9999999999,0,1000000,200")]
    public void files_of_different_length_fail_the_replay(string best)
    {
        var report = _files.Replay("34200.1,1,11,100,1000000,1\n34200.2,1,12,100,1000000,1", best);

        Assert.False(report.Succeeded);
        Assert.Equal((Finding.RowsMissing, 1), Only(report));
    }

    static (Finding, int) Only(ReplayReport report) => Assert.Single(All(report));

    static (Finding, int)[] All(ReplayReport report) => [.. report.Findings.Select(finding => (finding.Finding, finding.Count))];
}
