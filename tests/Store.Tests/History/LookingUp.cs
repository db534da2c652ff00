using Xunit;

namespace MyTradeX.Store.Tests.History;

/// <summary>Lists stay quick over millions of rows because each is read along an index, in its order, and no further than the page.</summary>
public sealed class LookingUp() : HistoryTests(Engine.Sqlite)
{
    private static readonly Cursor<TimeKey> Place = new(new TimeKey(Rows.At, 5));

    public static TheoryData<string, OrderQuery> OrderQueries() => new()
    {
        { "orders_by_user (user_id=? AND created_at<?)", new OrderQuery { UserId = 1 } },
        { "orders_open (user_id=? AND created_at<?)", new OrderQuery { UserId = 1, Statuses = ["NEW"] } },
        { "orders_open (user_id=? AND created_at<?)", new OrderQuery { UserId = 1, Statuses = ["NEW", "PARTIAL"] } },
        { "orders_ended (user_id=? AND status=? AND created_at<?)", new OrderQuery { UserId = 1, Statuses = ["REJECTED"] } },
        { "orders_ended (user_id=? AND status=? AND created_at<?)", new OrderQuery { UserId = 1, Statuses = ["PARTIAL", "EXPIRED", "REJECTED"] } },
        { "orders_open (user_id=? AND created_at<?)", new OrderQuery { UserId = 1, Statuses = ["PARTIAL", "EXPIRED", "REJECTED"] } },
        { "orders_by_user_symbol (user_id=? AND symbol=? AND created_at>? AND created_at<?)", new OrderQuery { UserId = 1, Symbol = "AAPL", From = 0 } },
        { "orders_by_client_order_id (client_order_id=?)", new OrderQuery { UserId = 1, ClientOrderId = "x" } },
        { "orders_by_client_order_id (client_order_id=? AND account_id=?)", new OrderQuery { UserId = 1, AccountId = 1, ClientOrderId = "x" } },
    };

    [Theory]
    [MemberData(nameof(OrderQueries))]
    public async Task orders_are_read_along_their_index(string index, OrderQuery query) =>
        await ReadsAlongAsync(index, OrderHistory.Newest.CursorQuery(OrderHistory.Filter(query), Place, 20));

    [Fact]
    public async Task trades_of_an_instrument_are_read_along_their_index() =>
        await ReadsAlongAsync(
            "trades_by_instrument (instrument_id=? AND executed_at<?)",
            TradeHistory.Newest.CursorQuery(TradeHistory.Filter(new TradeQuery { InstrumentId = 7 }), Place, 20));

    [Fact]
    public async Task ledger_lines_are_read_along_their_index() =>
        await ReadsAlongAsync(
            "ledger_lines_by_account (account_id=? AND (posted_at,entry_id,line)<(?,?,?))",
            LedgerHistory.Newest.CursorQuery(new LedgerHistory(Database).Filter(new LedgerQuery { AccountId = 7, Kinds = ["TRADE", "FEE"] }), new Cursor<LedgerKey>(new LedgerKey(1, 2, 3)), 20));

    // The row value alone is where the search begins: beside an end of the range the database would begin at that, and each page would walk past all pages before it.
    [Theory]
    [InlineData(true, false, "posted_at>? AND (posted_at,entry_id,line)<(?,?,?)")]
    [InlineData(true, true, "(posted_at,entry_id,line)>(?,?,?) AND posted_at<?")]
    [InlineData(false, false, "(posted_at,entry_id,line)>(?,?,?) AND posted_at<?")]
    [InlineData(false, true, "posted_at>? AND (posted_at,entry_id,line)<(?,?,?)")]
    public async Task ledger_lines_within_times_are_read_from_the_cursor_on(bool newestFirst, bool backward, string range) =>
        await ReadsAlongAsync(
            $"ledger_lines_by_account (account_id=? AND {range})",
            (newestFirst ? LedgerHistory.Newest : LedgerHistory.Oldest).CursorQuery(new LedgerHistory(Database).Filter(new LedgerQuery { AccountId = 7, From = 0, To = 9 }), new Cursor<LedgerKey>(new LedgerKey(1, 2, 3), backward), 20));

    [Fact]
    public async Task transfers_are_read_along_both_sides()
    {
        var query = TransferHistory.Newest.CursorQuery(new TransferHistory(Database).Filter(new TransferQuery { UserId = 7, Statuses = ["COMPLETED"] }), Place, 20);

        await ReadsAlongAsync("transfers_by_sender (from_user_id=? AND created_at<?)", query);
        await ReadsAlongAsync("transfers_by_receiver (to_user_id=? AND created_at<?)", query);
    }

    [Fact]
    public async Task files_of_a_user_are_read_along_their_index() =>
        await ReadsAlongAsync("files_by_user (user_id=? AND purpose=? AND created_at<?)", FileStore.Newest.CursorQuery(FileStore.UploadsOf(7), Place, 20));

    // An id that is the row's own number takes no part in the search: rows of one and the same microsecond are told apart as they are read.
    private async Task ReadsAlongAsync(string index, (string Sql, Filter Rows) query)
    {
        var steps = await Database.ReadAsync(session => session.ListAsync<Step>("EXPLAIN QUERY PLAN " + query.Sql, query.Rows.Parameters), Cancel);

        Assert.Contains(steps, step => step.Detail.EndsWith("USING INDEX " + index, StringComparison.Ordinal));
        // Only the few rows of merged pages may be scanned.
        Assert.DoesNotContain(steps, step => step.Detail.StartsWith("SCAN", StringComparison.Ordinal) && !step.Detail.Contains("part", StringComparison.Ordinal) && !step.Detail.Contains("SUBQUERY", StringComparison.Ordinal));
    }

    private sealed record Step
    {
        public string Detail { get; init; } = "";
    }
}
