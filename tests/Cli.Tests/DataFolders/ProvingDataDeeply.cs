using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Cli.Tests.Commands;
using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Snapshots;
using MyTradeX.Store;
using MyTradeX.Venue;
using Xunit;

namespace MyTradeX.Cli.Tests.DataFolders;

/// <summary>verify --deep on the data of a real venue of users and simulated participants: one row or one byte of it is changed, and the change is found.</summary>
public sealed class ProvingDataDeeply : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-deep-");
    readonly ToolRun _tool = new();

    string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose()
    {
        _tool.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task a_sound_folder_is_confirmed_row_by_row()
    {
        var (sequence, hash) = await RecordAsync();

        var found = await VerifyAsync(expectedExit: 0);

        Assert.Equal(0, found.GetProperty("differences").GetInt64());
        var compared = found.GetProperty("compared");
        foreach (var rule in (string[])["ACCOUNTS", "POSITIONS", "INSTRUMENTS", "OPEN_ORDERS", "ORDER_HISTORY", "TRADES", "LEDGER_LINES", "LEDGER", "CANDLES", "EVENTS", "HOLDS", "BOOKS", "CONSERVATION"])
            Assert.True(compared.GetProperty(rule).GetInt64() > 0, $"{rule} was held against nothing");
        Assert.Equal((sequence, hash), (found.GetProperty("sequence").GetInt64(), found.GetProperty("stateHash").GetString()));
    }

    [Theory]
    [InlineData("UPDATE orders SET fees = fees + 1 WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'FILLED')", "ORDER_HISTORY")]
    [InlineData("UPDATE orders SET reason = NULL WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'CANCELLED')", "ORDER_HISTORY")]
    [InlineData("UPDATE orders SET client_order_id = 'mine' WHERE id = (SELECT MAX(id) FROM orders WHERE status = 'FILLED')", "ORDER_HISTORY")]
    [InlineData("DELETE FROM orders WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'FILLED')", "ORDER_HISTORY")]
    [InlineData("INSERT INTO orders SELECT 999999, account_id, user_id, instrument_id, symbol, side, order_type, time_in_force, self_trade_prevention, post_only, client_order_id, price, stop_price, quantity, filled_quantity, filled_notional, fees, status, reason, created_at, updated_at, sequence FROM orders WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'FILLED')", "ORDER_HISTORY")]
    [InlineData("UPDATE orders SET price = price + 100 WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'NEW')", "OPEN_ORDERS")]
    [InlineData("UPDATE trades SET price = price + 1 WHERE id = 3", "TRADES")]
    [InlineData("UPDATE trades SET taker_side = CASE taker_side WHEN 'BUY' THEN 'SELL' ELSE 'BUY' END WHERE id = 2", "TRADES")]
    [InlineData("DELETE FROM trades WHERE id = 1", "TRADES")]
    [InlineData("DELETE FROM trades WHERE id = (SELECT MAX(id) FROM trades)", "TRADES")]
    [InlineData("INSERT INTO trades SELECT 999999, instrument_id, symbol, price, quantity, notional, taker_side, buy_order_id, sell_order_id, buy_account_id, sell_account_id, buy_fee, sell_fee, sequence, executed_at FROM trades WHERE id = 1", "TRADES")]
    [InlineData("UPDATE ledger_lines SET kind = 'FEE' WHERE entry_id = 3 AND line = 0", "LEDGER_LINES")]
    [InlineData("UPDATE ledger_lines SET posted_at = posted_at + 1 WHERE entry_id = 2 AND line = 1", "LEDGER_LINES")]
    [InlineData("UPDATE ledger_lines SET reference = '' WHERE entry_id = (SELECT MAX(entry_id) FROM ledger_lines) AND line = 0", "LEDGER_LINES")]
    [InlineData("DELETE FROM ledger_lines WHERE entry_id = 1", "LEDGER_LINES")]
    [InlineData("DELETE FROM ledger_lines WHERE entry_id = (SELECT MAX(entry_id) FROM ledger_lines)", "LEDGER_LINES")]
    [InlineData("INSERT INTO ledger_lines SELECT 999999, line, account_id, asset, amount, balance_after, kind, reference, sequence, posted_at FROM ledger_lines WHERE entry_id = 1", "LEDGER_LINES")]
    [InlineData("UPDATE candles SET high = high + 1 WHERE open_time = (SELECT MAX(open_time) FROM candles)", "CANDLES")]
    [InlineData("UPDATE candles SET trade_count = trade_count - 1", "CANDLES")]
    [InlineData("DELETE FROM candles WHERE open_time > 0", "CANDLES")]
    [InlineData("INSERT INTO candles SELECT instrument_id, open_time + 60000000, open, high, low, close, volume, notional, trade_count FROM candles WHERE open_time = (SELECT MAX(open_time) FROM candles)", "CANDLES")]
    [InlineData("UPDATE accounts SET balance = balance - 1 WHERE id = 3", "ACCOUNTS")]
    [InlineData("UPDATE accounts SET sequence = sequence - 1 WHERE id = 3", "ACCOUNTS")]
    [InlineData("UPDATE accounts SET synthetic = NOT synthetic WHERE id = 3", "ACCOUNTS")]
    [InlineData("UPDATE positions SET realized_pnl = realized_pnl + 1 WHERE account_id = 3", "POSITIONS")]
    [InlineData("UPDATE positions SET updated_at = updated_at + 1 WHERE account_id = 4", "POSITIONS")]
    [InlineData("DELETE FROM positions WHERE account_id = 4", "POSITIONS")]
    [InlineData("UPDATE instruments SET json = replace(json, 'tickSize', 'ticksize')", "INSTRUMENTS")]
    public async Task one_row_that_lies_is_found_with_both_values(string sql, string rule)
    {
        await RecordAsync();
        await PlantAsync(sql);
        // What the journal says is not in question, and a check that does not look at rows sees nothing.
        Assert.Equal(0, (await _tool.RunAsync(null, $"verify {Data} --json")).Exit);

        var found = await VerifyAsync(expectedExit: 1);

        Assert.Contains(found.GetProperty("firstDifferences").EnumerateArray(), difference => difference.GetString()!.StartsWith(rule + " ", StringComparison.Ordinal));
        Assert.Empty(found.GetProperty("faults").EnumerateArray());
    }

    [Fact]
    public async Task one_byte_of_a_snapshot_that_lies_is_found()
    {
        await RecordAsync(takesSnapshot: true);
        var snapshot = Assert.Single(Directory.GetFiles(Path.Combine(Data, "journal"), "*.snapshot"));
        using (var file = File.Open(snapshot, FileMode.Open))
        {
            file.Position = file.Length - 100;
            var value = file.ReadByte();
            file.Position--;
            file.WriteByte((byte)(value ^ 1));
        }

        var found = await VerifyAsync(expectedExit: 1);

        Assert.Contains("snapshot", found.GetProperty("faults")[0].GetString());
    }

    [Fact]
    public async Task a_journal_that_begins_with_a_snapshot_is_compared_from_there_on()
    {
        await RecordAsync(takesSnapshot: true, fillsSegment: true);
        var snapshot = Trim();

        var sound = await VerifyAsync(expectedExit: 0);
        await PlantAsync("UPDATE trades SET quantity = quantity + 1 WHERE id = (SELECT MAX(id) FROM trades)");
        await PlantAsync("UPDATE accounts SET balance = balance + 1 WHERE id = 3");
        var lying = await VerifyAsync(expectedExit: 1);

        Assert.Equal((snapshot, 1), (sound.GetProperty("replayedFrom").GetInt64(), sound.GetProperty("snapshotsConfirmed").GetInt32()));
        Assert.True(sound.GetProperty("compared").GetProperty("TRADES").GetInt64() > 0);
        Assert.Equal(2, lying.GetProperty("differences").GetInt64());
    }

    [Fact]
    public async Task the_state_at_a_sequence_is_printed()
    {
        await RecordAsync(takesSnapshot: true);
        var whole = await VerifyAsync(expectedExit: 0);
        var end = whole.GetProperty("sequence").GetInt64();

        var atEnd = await VerifyAsync(expectedExit: 0, $"--at {end}");
        var before = await VerifyAsync(expectedExit: 0, $"--at {end - 1}");
        var beyond = await VerifyAsync(expectedExit: 1, $"--at {end + 1}");

        Assert.Equal(whole.GetProperty("stateHash").GetString(), atEnd.GetProperty("hashAt").GetProperty("stateHash").GetString());
        Assert.Equal(end - 1, before.GetProperty("hashAt").GetProperty("sequence").GetInt64());
        Assert.NotEqual(whole.GetProperty("stateHash").GetString(), before.GetProperty("hashAt").GetProperty("stateHash").GetString());
        Assert.Contains($"sequence {end + 1} is not in the journal", beyond.GetProperty("faults")[0].GetString());
    }

    [Fact]
    public async Task history_that_retention_has_let_go_is_no_difference()
    {
        await RecordAsync(at: DateTimeOffset.UtcNow - TimeSpan.FromDays(3));
        await using (var database = Database.Create(StoreOptions.Sqlite(Path.Combine(Data, "store.db"))))
        {
            var yesterday = Venue.Venue.MicrosecondsOf(DateTimeOffset.UtcNow - TimeSpan.FromDays(1));
            var pruned = await new Retention(database).PruneAsync(new RetentionPolicy { SyntheticBefore = yesterday, CandlesBefore = yesterday });
            Assert.True(pruned is { Orders: > 0, Trades: > 0, LedgerLines: > 0, Candles: > 0 });
        }

        var found = await VerifyAsync(expectedExit: 0);

        Assert.True(found.GetProperty("letGo").GetInt64() > 0);
    }

    [Theory]
    [InlineData("DELETE FROM trades WHERE id = (SELECT MAX(id) FROM trades WHERE buy_account_id > 4 AND sell_account_id > 4)")]
    [InlineData("DELETE FROM orders WHERE id = (SELECT MAX(id) FROM orders WHERE status = 'FILLED' AND account_id > 4)")]
    [InlineData("DELETE FROM ledger_lines WHERE entry_id = (SELECT MAX(entry_id) FROM ledger_lines WHERE account_id = 5) AND entry_id NOT IN (SELECT entry_id FROM ledger_lines WHERE account_id IN (3, 4))")]
    public async Task history_that_retention_would_have_kept_is_missed(string sql)
    {
        await RecordAsync(at: DateTimeOffset.UtcNow - TimeSpan.FromDays(3));
        await PlantAsync(sql);

        var found = await VerifyAsync(expectedExit: 1);

        Assert.True(found.GetProperty("differences").GetInt64() > 0);
    }

    async Task<JsonElement> VerifyAsync(int expectedExit, string more = "")
    {
        var run = await _tool.RunAsync(null, $"verify {Data} --deep --json {more}");
        Assert.True((expectedExit, "") == (run.Exit, run.Error), $"{run.Exit}: {run.Out}{run.Error}");
        return JsonDocument.Parse(run.Out).RootElement;
    }

    async Task PlantAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(Data, "store.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.True(await command.ExecuteNonQueryAsync() > 0, $"nothing was planted by {sql}");
    }

    /// <summary>Two users (accounts 3 and 4) and two simulated participants (5 and 6) trade, each pair first among itself. Returns sequence and state hash at the end.</summary>
    async Task<(long Sequence, string Hash)> RecordAsync(bool takesSnapshot = false, bool fillsSegment = false, DateTimeOffset? at = null)
    {
        Directory.CreateDirectory(Data);
        await using var database = Database.Create(StoreOptions.Sqlite(Path.Combine(Data, "store.db")));
        await database.MigrateAsync();
        var clock = at is { } time ? new StandingClock(time) : TimeProvider.System;
        await using var venue = await Venue.Venue.OpenAsync(new VenueOptions { JournalFolder = Path.Combine(Data, "journal") }, database, clock, NullLogger.Instance);
        await SendAsync(Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 6 }));
        await SendAsync(Command.From(0, new CreateInstrument
        {
            Symbol = Text16.From("AAPL"), CurrencyId = 1, PriceScale = 4, Rules = new() { TickSize = 100, LotSize = 1, MakerFeePpm = 100, TakerFeePpm = 200 },
        }));
        for (var user = 1; user <= 4; user++)
        {
            await SendAsync(Command.From(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading, Marks = user > 2 ? AccountMarks.Synthetic : AccountMarks.None }));
            await SendAsync(Command.From(0, new Deposit { AccountId = user + 2, Amount = 1_000_000_000_000 }));
            await SendAsync(Command.From(0, new DeliverPosition { AccountId = user + 2, InstrumentId = 1, Quantity = 1_000, UnitCost = 1_500_000 }));
        }
        await TradeAsync(1, 2);
        await TradeAsync(3, 4);
        // A journal lets go of whole segments, of which the first has four megabytes.
        for (var batch = 0; fillsSegment && batch < 40; batch++) await Task.WhenAll(Enumerable.Range(0, 4_000).Select(_ => SendAsync(Command.AdvanceTime())));
        if (takesSnapshot) Assert.NotNull(venue.TakeSnapshot());
        await TradeAsync(2, 3);
        await TradeAsync(4, 3);
        await venue.WaitForHistoryAsync(venue.Sequence, TimeSpan.FromSeconds(30));
        var state = await venue.StateHashAsync(null, TimeSpan.FromSeconds(30));
        return (state.Sequence, state.HashText);

        async Task TradeAsync(long buyer, long seller)
        {
            for (var i = 0; i < 10; i++)
            {
                await SendAsync(Limit(seller, Side.Sell, 2 + i % 3, 1_500_000 + i % 2 * 100));
                await SendAsync(Limit(buyer, Side.Buy, 1 + i % 3, 1_500_100));
            }
            var resting = (await SendAsync(Limit(buyer, Side.Buy, 5, 1_400_000))).SubjectId;
            await SendAsync(Limit(buyer, Side.Buy, 5, 1_400_100));
            await SendAsync(Command.From(buyer, new CancelOrder { OrderId = resting }));
        }

        async Task<CommandResult> SendAsync(Command command)
        {
            var result = await venue.SubmitAsync(in command);
            Assert.Equal(RejectCode.None, result.Code);
            return result;
        }
    }

    static Command Limit(long user, Side side, long quantity, long price) => Command.From(user, new PlaceOrder
    {
        AccountId = user + 2, InstrumentId = 1, Side = side, Type = OrderType.Limit, TimeInForce = TimeInForce.Gtc, SelfTradePrevention = SelfTradePrevention.CancelNewest, Quantity = quantity, Price = price,
    });

    /// <summary>Lets go of what lies before the only snapshot, as the venue does when there are enough of them. Returns the snapshot's sequence.</summary>
    long Trim()
    {
        var disk = new FileDisk(Path.Combine(Data, "journal"));
        using var log = FileCommandLog.Open(disk, new FileLogOptions(), out _);
        var snapshot = Assert.Single(new SnapshotStore(disk, log.LogId).List());
        log.TrimBefore(snapshot.Anchor!.Value.Position);
        Assert.DoesNotContain("00000000000000000000.segment", disk.List());
        return snapshot.Sequence;
    }

    sealed class StandingClock(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
