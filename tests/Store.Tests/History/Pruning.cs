using Xunit;
using static MyTradeX.Store.Tests.History.Rows;

namespace MyTradeX.Store.Tests.History;

public abstract class Pruning(Engine engine) : HistoryTests(engine)
{
    private const long Demo = 1;
    private const long DemoToo = 2;
    private const long Real = 3;
    private const long Cutoff = At + 1_000;

    private Retention Retention => new(Database);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Write(Account(Demo, synthetic: true), Account(DemoToo, synthetic: true), Account(Real));
    }

    private async Task<IEnumerable<long>> LeftAsync(string table, string key = "id") =>
        (await Database.ReadAsync(session => session.ListAsync<long>($"SELECT DISTINCT {key} FROM {table} ORDER BY {key}"), Cancel)).ToArray();

    [Fact]
    public async Task an_empty_policy_deletes_nothing()
    {
        Write(Trade(1), Candle(0, 1, 1, 1, 1), Order(1) with { AccountId = Demo, Status = "FILLED" });

        Assert.Equal(new Pruned(0, 0, 0, 0), await Retention.PruneAsync(new RetentionPolicy(), Cancel));
    }

    [Fact]
    public async Task closed_orders_of_synthetic_accounts_go_and_open_real_unknown_and_recent_ones_stay()
    {
        var closed = Order(1) with { AccountId = Demo, Status = "CANCELLED" };
        Write(
            closed,
            closed with { Id = 2, Status = "NEW" },
            closed with { Id = 3, AccountId = Real },
            closed with { Id = 4, AccountId = 404 },
            closed with { Id = 5, UpdatedAt = Cutoff },
            closed with { Id = 6, Status = "PARTIAL" },
            closed with { Id = 7, Status = "FILLED", FilledQuantity = 1, UpdatedAt = Cutoff - 1 });

        var pruned = await Retention.PruneAsync(new RetentionPolicy { SyntheticBefore = Cutoff }, Cancel);

        Assert.Equal(2, pruned.Orders);
        Assert.Equal([2, 3, 4, 5, 6], await LeftAsync("orders"));
    }

    [Fact]
    public async Task orders_that_never_traded_may_go_sooner()
    {
        var closed = Order(1) with { AccountId = Demo, Status = "CANCELLED" };
        Write(closed, closed with { Id = 2, FilledQuantity = 1 }, closed with { Id = 3, AccountId = Real });

        await Retention.PruneAsync(new RetentionPolicy { SyntheticUnfilledBefore = Cutoff }, Cancel);

        Assert.Equal([2, 3], await LeftAsync("orders"));
    }

    [Fact]
    public async Task trades_and_entries_among_synthetic_accounts_go_and_those_that_touch_a_real_one_stay_whole()
    {
        var trade = Trade(1) with { BuyAccountId = Demo, SellAccountId = DemoToo };
        Write(
            trade,
            trade with { Id = 2, BuyAccountId = Real },
            trade with { Id = 3, SellAccountId = Real },
            trade with { Id = 4, ExecutedAt = Cutoff },
            Line(1, 0, Demo),
            Line(1, 1, DemoToo),
            Line(2, 0, Demo),
            Line(2, 1, Real),
            Line(3, 0, Demo) with { PostedAt = Cutoff });

        var pruned = await Retention.PruneAsync(new RetentionPolicy { SyntheticBefore = Cutoff }, Cancel);

        Assert.Equal(new Pruned(0, 1, 2, 0), pruned);
        Assert.Equal([2, 3, 4], await LeftAsync("trades"));
        Assert.Equal([2, 3], await LeftAsync("ledger_lines", "entry_id"));
        Assert.Equal(2, (await new LedgerHistory(Database).GetEntryAsync(2, Cancel)).Count);
    }

    [Fact]
    public async Task old_trades_and_candles_go_whoever_made_them_when_the_policy_says_so()
    {
        Write(Trade(1) with { BuyAccountId = Real }, Trade(2) with { ExecutedAt = Cutoff }, Candle(Cutoff - 1, 1, 1, 1, 1), Candle(Cutoff, 1, 1, 1, 1));

        var pruned = await Retention.PruneAsync(new RetentionPolicy { TradesBefore = Cutoff, CandlesBefore = Cutoff }, Cancel);

        Assert.Equal(new Pruned(0, 1, 0, 1), pruned);
        Assert.Equal([2], await LeftAsync("trades"));
        Assert.Equal([Cutoff], await LeftAsync("candles", "open_time"));
    }

    [Fact]
    public async Task much_is_deleted_in_many_steps_past_what_stays()
    {
        var rows = Enumerable.Range(1, 9_000).Select(id => Trade(id) with { BuyAccountId = id % 1_000 == 0 ? Real : Demo, SellAccountId = DemoToo, ExecutedAt = At });
        Write(rows.Cast<object>().ToArray());
        Write(Enumerable.Range(1, 4_500).Select(minute => (object)Candle(minute, 1, 1, 1, 1)).ToArray());

        var pruned = await Retention.PruneAsync(new RetentionPolicy { SyntheticBefore = Cutoff, CandlesBefore = Cutoff }, Cancel);

        Assert.Equal(new Pruned(0, 8_991, 0, 4_500), pruned);
        Assert.Equal([1_000, 2_000, 3_000, 4_000, 5_000, 6_000, 7_000, 8_000, 9_000], await LeftAsync("trades"));
    }

    public sealed class OnSqlite() : Pruning(Engine.Sqlite);

    public sealed class OnPostgres() : Pruning(Engine.Postgres);
}
