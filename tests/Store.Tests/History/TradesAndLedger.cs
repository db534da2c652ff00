using Xunit;
using static MyTradeX.Store.Tests.History.Rows;

namespace MyTradeX.Store.Tests.History;

public abstract class TradesAndLedger(Engine engine) : HistoryTests(engine)
{
    private TradeHistory Trades => new(Database);

    private LedgerHistory Ledger => new(Database);

    [Fact]
    public async Task trades_of_an_instrument_are_newest_first_within_times()
    {
        Write(Trade(1), Trade(2), Trade(3) with { InstrumentId = 8 }, Trade(4), Trade(5));

        var page = await Trades.ListAsync(new TradeQuery { InstrumentId = 7, From = At + 2, To = At + 5 }, 1, 10, Cancel);

        Assert.Equal([4, 2], page.Items.Select(trade => trade.Id));
        Assert.Equal(2, page.Total);
        Assert.Equal(Trade(4), page.Items[0]);
    }

    [Fact]
    public async Task trades_of_an_instrument_walk_by_cursor_both_ways()
    {
        for (var id = 1; id <= 20; id++)
            Write(Trade(id) with { InstrumentId = id % 3 == 0 ? 8 : 7 });
        long[] expected = [20, 19, 17, 16, 14, 13, 11, 10, 8, 7, 5, 4, 2, 1];
        var query = new TradeQuery { InstrumentId = 7 };

        var (forth, back) = await WalkAsync<TradeRow, TimeKey>(cursor => Trades.ListAsync(query, cursor, 3, Cancel));
        var second = await Trades.ListAsync(query, 2, 4, Cancel);

        Assert.Equal(expected, forth.Select(trade => trade.Id));
        Assert.Equal(expected, back.Select(trade => trade.Id));
        Assert.Equal(expected[4..8], second.Items.Select(trade => trade.Id));
        Assert.Equal(14, second.Total);
    }

    [Fact]
    public async Task ledger_lines_of_an_account_are_newest_first_and_walk_by_cursor()
    {
        for (var entry = 1; entry <= 5; entry++)
            Write(Line(entry, 0, 10), Line(entry, 1, 20), Line(entry, 2, 10) with { PostedAt = At + entry });

        var (forth, back) = await WalkAsync<LedgerLineRow, LedgerKey>(cursor => Ledger.ListAsync(new LedgerQuery { AccountId = 10 }, cursor, 3, Cancel));

        (long, long)[] expected = [(5, 2), (5, 0), (4, 2), (4, 0), (3, 2), (3, 0), (2, 2), (2, 0), (1, 2), (1, 0)];
        Assert.Equal(expected, forth.Select(line => (line.EntryId, line.Line)));
        Assert.Equal(expected, back.Select(line => (line.EntryId, line.Line)));
    }

    [Fact]
    public async Task ledger_filters_narrow_and_join()
    {
        Write(
            Line(1, 0, 10) with { Kind = "FEE" },
            Line(2, 0, 10) with { Kind = "DEPOSIT" },
            Line(3, 0, 10),
            Line(4, 0, 10) with { Asset = "AAPL" },
            Line(5, 0, 10));
        async Task<IEnumerable<long>> Entries(LedgerQuery query)
        {
            var page = await Ledger.ListAsync(query, 1, 10, Cancel);
            Assert.Equal(page.Items.Count, page.Total);
            return page.Items.Select(line => line.EntryId).ToArray();
        }

        var all = new LedgerQuery { AccountId = 10 };
        Assert.Equal([2, 1], await Entries(all with { Kinds = ["FEE", "DEPOSIT"] }));
        Assert.Equal([4], await Entries(all with { Asset = "AAPL" }));
        Assert.Equal([4, 3], await Entries(all with { Kinds = ["TRADE"], From = At + 3, To = At + 5 }));
    }

    [Fact]
    public async Task ledger_lines_walk_oldest_first_and_add_up_by_kind()
    {
        for (var entry = 1; entry <= 5; entry++)
            Write(Line(entry, 0, 10) with { Amount = 4_000_000_000_000_000_000 / entry, Kind = entry < 3 ? "FEE" : "TRADE" }, Line(entry, 1, 20));

        var (forth, back) = await WalkAsync<LedgerLineRow, LedgerKey>(cursor => Ledger.ListOldestAsync(new LedgerQuery { AccountId = 10, From = At + 2 }, cursor, 2, Cancel));
        var sums = await Ledger.SumsAsync(new LedgerQuery { AccountId = 10, From = At + 2 }, Cancel);

        Assert.Equal([2, 3, 4, 5], forth.Select(line => line.EntryId));
        Assert.Equal([2, 3, 4, 5], back.Select(line => line.EntryId));
        Assert.Equal([("FEE", 1L, 2_000_000_000_000_000_000L), ("TRADE", 3L, 3_133_333_333_333_333_333L)], sums.Select(sum => (sum.Kind, sum.Lines, sum.Amount)));
        Assert.Empty(await Ledger.SumsAsync(new LedgerQuery { AccountId = 99 }, Cancel));
    }

    [Fact]
    public async Task sums_tell_the_zeros_that_all_amounts_end_in()
    {
        Write(
            Line(1, 0, 10) with { Kind = "FEE", Amount = -14_950 },
            Line(2, 0, 10) with { Kind = "FEE", Amount = -200 },
            Line(3, 0, 10) with { Kind = "DEPOSIT", Amount = 7_000_000_000_000 },
            Line(4, 0, 10) with { Kind = "TRADE", Amount = 20_000_000 },
            Line(5, 0, 10) with { Kind = "TRADE", Amount = -3_000 },
            Line(6, 0, 10) with { Kind = "TRANSFER", Amount = 1_001 });

        var sums = await Ledger.SumsAsync(new LedgerQuery { AccountId = 10 }, Cancel);

        Assert.Equal([("DEPOSIT", 8L), ("FEE", 1L), ("TRADE", 3L), ("TRANSFER", 0L)], sums.Select(sum => (sum.Kind, sum.Zeros)));
    }

    public sealed class OnSqlite() : TradesAndLedger(Engine.Sqlite);

    public sealed class OnPostgres() : TradesAndLedger(Engine.Postgres);
}
