using MyTradeX.Journal.Disks;
using MyTradeX.Store;
using MyTradeX.Venue.Reconciliation;
using Xunit;

namespace MyTradeX.Venue.Tests.Reconciliation;

/// <summary>The deep comparison on both databases; what it finds on one of them, row by row, is in the tool's tests.</summary>
public sealed class ReplayingOffline
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("SQLite")]
    [InlineData("PostgreSQL")]
    public async Task gives_every_row_that_is_in_sql(string engine)
    {
        await using var books = await Books.OpenAsync(engine);
        await books.Fixture.CloseAsync();

        var replay = await ReplayAsync(books);

        Assert.Empty(replay.Findings);
        Assert.Empty(replay.Faults);
        foreach (var check in Enum.GetValues<AuditCheck>().Except([AuditCheck.Replay])) Assert.True(replay.Compared.GetValueOrDefault(check) > 0, $"{check} was held against nothing");
    }

    [Theory]
    [InlineData("UPDATE orders SET fees = fees + 1 WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'FILLED')", AuditCheck.OrderHistory)]
    [InlineData("DELETE FROM trades WHERE id = 2", AuditCheck.Trades)]
    [InlineData("UPDATE ledger_lines SET kind = 'FEE' WHERE entry_id = 3 AND line = 0", AuditCheck.LedgerLines)]
    [InlineData("UPDATE candles SET volume = volume + 1", AuditCheck.Candles)]
    [InlineData("UPDATE transfers SET amount = amount + 1", AuditCheck.Transfers)]
    [InlineData("UPDATE accounts SET synthetic = NOT synthetic WHERE id = 3", AuditCheck.Accounts)]
    public async Task finds_a_row_that_lies_in_postgres_as_well(string sql, AuditCheck check)
    {
        await using var books = await Books.OpenAsync("PostgreSQL");
        await books.PlantAsync(sql);
        await books.Fixture.CloseAsync();

        var replay = await ReplayAsync(books);

        Assert.Contains(replay.Findings, finding => finding.Check == check);
    }

    [Fact]
    public void is_described_rule_by_rule()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MyTradeX.slnx"))) folder = folder.Parent!;
        var page = File.ReadAllText(Path.Combine(folder.FullName, "docs/reconciliation.md"));

        foreach (var rule in EnumNames<AuditCheck>.All) Assert.Contains($"`{rule}`", page, StringComparison.Ordinal);
    }

    static async Task<JournalReplayReport> ReplayAsync(Books books)
    {
        await using var database = Database.Create(books.Fixture.Store ?? StoreOptions.Sqlite(Path.Combine(books.Fixture.Folder, "store.db")));
        return await JournalReplay.RunAsync(
            new FileDisk(Path.Combine(books.Fixture.Folder, "journal")), database, new JournalReplayOptions { IsDeep = true, Now = Venue.MicrosecondsOf(DateTimeOffset.UtcNow) }, cancellation: Cancel);
    }
}
