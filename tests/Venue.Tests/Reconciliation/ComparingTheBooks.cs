using Microsoft.Extensions.Logging;
using MyTradeX.Venue.Reconciliation;
using Xunit;

namespace MyTradeX.Venue.Tests.Reconciliation;

public sealed class ComparingTheBooks
{
    /// <summary>A change of one row of SQL, and the rule that it breaks.</summary>
    public static TheoryData<string, AuditCheck, string> Lies { get; } = Each(
    [
        ("UPDATE accounts SET balance = balance + 1 WHERE id = 3", AuditCheck.Accounts),
        ("UPDATE accounts SET held = held - 1 WHERE id = 4", AuditCheck.Accounts),
        ("UPDATE accounts SET name = 'someone else' WHERE id = 3", AuditCheck.Accounts),
        ("DELETE FROM accounts WHERE id = 4", AuditCheck.Accounts),
        ("INSERT INTO accounts SELECT 99, user_id, name, type, currency, balance, held, status, synthetic, created_at, sequence FROM accounts WHERE id = 3", AuditCheck.Accounts),
        ("UPDATE positions SET quantity = quantity + 1 WHERE account_id = 3", AuditCheck.Positions),
        ("UPDATE positions SET cost_basis = cost_basis - 1 WHERE account_id = 4", AuditCheck.Positions),
        ("DELETE FROM positions WHERE account_id = 3", AuditCheck.Positions),
        ("UPDATE instruments SET symbol = 'APPL'", AuditCheck.Instruments),
        ("UPDATE orders SET filled_quantity = filled_quantity + 1 WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'NEW')", AuditCheck.OpenOrders),
        ("UPDATE orders SET status = 'FILLED' WHERE id = (SELECT MAX(id) FROM orders WHERE status = 'NEW')", AuditCheck.OpenOrders),
        ("UPDATE orders SET status = 'NEW' WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'CANCELLED')", AuditCheck.OpenOrders),
        ("DELETE FROM orders WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'NEW')", AuditCheck.OpenOrders),
        ("UPDATE ledger_lines SET amount = amount + 1 WHERE entry_id = 7 AND line = 0", AuditCheck.Ledger),
        ("UPDATE ledger_lines SET balance_after = balance_after + 1 WHERE entry_id = 7 AND line = 1", AuditCheck.Ledger),
        ("UPDATE ledger_lines SET account_id = 4 WHERE entry_id = 1 AND line = 1", AuditCheck.Ledger),
        ("UPDATE ledger_lines SET asset = 'GOLD' WHERE entry_id = 9 AND line = 0", AuditCheck.Ledger),
        ("DELETE FROM ledger_lines WHERE entry_id = 8", AuditCheck.Ledger),
        ("DELETE FROM ledger_lines WHERE entry_id = 8 AND line = 1", AuditCheck.Ledger),
        ("DELETE FROM ledger_lines WHERE entry_id = (SELECT MAX(entry_id) FROM ledger_lines)", AuditCheck.Ledger),
        ("INSERT INTO ledger_lines SELECT entry_id + 100000, line, account_id, asset, amount, balance_after, kind, reference, sequence, posted_at FROM ledger_lines WHERE entry_id = 1", AuditCheck.Ledger),
        ("UPDATE projection_checkpoint SET log_position = log_position + 4", AuditCheck.Replay),
    ]);

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task finds_nothing_in_books_that_agree(string engine)
    {
        await using var books = await Books.OpenAsync(engine);

        var result = books.Reconcile();

        Assert.Empty(result.Findings);
        Assert.True(result.IsSound && result.LedgerComplete);
        Assert.Equal((await books.Fixture.ReplayAsync(result.Sequence)).Hash, result.StateHash);
        Assert.Equal(books.Fixture.Venue.Sequence, result.LiveSequence);
        Assert.Equal(4, result.Compared[AuditCheck.Accounts]);
        Assert.Equal(3, result.Compared[AuditCheck.Positions]);
        Assert.Equal(books.Fixture.Venue.Status.OpenOrders, result.Compared[AuditCheck.OpenOrders]);
        Assert.True(result.Compared[AuditCheck.OpenOrders] > 10, "few orders are open");
        Assert.True(result.Compared[AuditCheck.Ledger] > 100, "few lines are in the ledger");
        Assert.True(result.Compared[AuditCheck.Replay] > 20);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task finds_one_row_that_lies(string sql, AuditCheck check, string engine)
    {
        await using var books = await Books.OpenAsync(engine);
        Assert.True(books.Reconcile().IsSound);
        await books.PlantAsync(sql);

        var result = books.Reconcile();

        Assert.Contains(result.Findings, finding => finding.Check == check);
        Assert.Equal(check == AuditCheck.Replay, result.IsExchangeInDoubt);
    }

    [Fact]
    public async Task after_a_snapshot_goes_on_from_there()
    {
        await using var books = await Books.OpenAsync();
        Assert.NotNull(books.Fixture.Venue.TakeSnapshot());
        await books.TradeAsync();

        var result = books.Reconcile();

        Assert.Empty(result.Findings);
        Assert.Equal((await books.Fixture.ReplayAsync(result.Sequence)).Hash, result.StateHash);
    }

    [Fact]
    public async Task while_orders_storm_in_finds_nothing()
    {
        await using var books = await Books.OpenAsync();
        var storm = Task.Run(async () =>
        {
            for (var round = 0; round < 20; round++) await books.TradeAsync();
        }, TestContext.Current.CancellationToken);
        var compared = new List<ReconciliationResult>();
        while (!storm.IsCompleted) compared.Add(books.Reconcile());
        await storm;

        Assert.All(compared, result => Assert.Empty(result.Findings));
        Assert.True(compared.Count > 1 && compared[^1].Sequence > compared[0].Sequence, "the storm was over too soon to prove anything");
    }

    [Fact]
    public async Task finds_an_exchange_that_is_not_what_its_journal_says()
    {
        await using var books = await Books.OpenAsync();
        books.Fixture.Venue.Read(0, (exchange, _) => Tampering.AddTo(exchange, "Accounts._accounts[2].State.Balance", 1));

        var result = books.Reconcile();

        var finding = Assert.Single(result.Findings);
        Assert.Equal((AuditCheck.Replay, "account 3"), (finding.Check, finding.Subject));
        Assert.True(result.IsExchangeInDoubt);
    }

    [Fact]
    public async Task tells_of_a_finding_once_and_when_it_is_gone()
    {
        await using var books = await Books.OpenAsync();
        await books.PlantAsync("UPDATE accounts SET balance = balance + 1 WHERE id = 3");
        books.Reconcile();
        books.Reconcile();
        Assert.Single(books.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("ACCOUNTS account 3", StringComparison.Ordinal));

        await books.PlantAsync("UPDATE accounts SET balance = balance - 1 WHERE id = 3");
        books.Reconcile();

        Assert.Single(books.Log.Lines, line => line.Text.Contains("agree again", StringComparison.Ordinal));
        Assert.Single(books.Log.Lines, line => line.Level == LogLevel.Error);
    }

    [Fact]
    public async Task happens_by_itself_now_and_then()
    {
        await using var books = await Books.OpenAsync(options: new VenueOptions { JournalFolder = "", ReconcileEvery = TimeSpan.FromSeconds(1) });

        await Eventually.IsTrue(() => books.Fixture.Venue.Reconciliation.Last is not null);
        var first = books.Fixture.Venue.Reconciliation.Last!;
        Assert.True(first.IsSound);
        await Eventually.IsTrue(() => books.Fixture.Venue.Reconciliation.Last!.StartedAt > first.StartedAt);
    }

    static TheoryData<string, AuditCheck, string> Each((string Sql, AuditCheck Check)[] lies)
    {
        var data = new TheoryData<string, AuditCheck, string>();
        foreach (var engine in (string[])["SQLite", "PostgreSQL"])
            foreach (var (sql, check) in lies) data.Add(sql, check, engine);
        return data;
    }
}
