using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Cli.DataFolders;
using MyTradeX.Cli.Drills;
using MyTradeX.Core;
using MyTradeX.Store;
using MyTradeX.Venue;
using Xunit;

namespace MyTradeX.Cli.Tests.Drills;

public sealed class RebuildingHistory : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-history-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task gives_the_same_rows()
    {
        var (data, history) = await TradeAsync();

        // Two orders, one trade and its candle, at least.
        Assert.True(await HistoryRebuild.CompareAsync(data, history) > 10);
    }

    [Theory]
    [InlineData("UPDATE orders SET filled_quantity = filled_quantity - 1 WHERE id = 1", "orders")]
    [InlineData("DELETE FROM trades", "trades")]
    [InlineData("INSERT INTO trades SELECT id + 1, instrument_id, symbol, price, quantity, notional, taker_side, buy_order_id, sell_order_id, buy_account_id, sell_account_id, buy_fee, sell_fee, sequence, executed_at FROM trades", "trades")]
    [InlineData("UPDATE ledger_lines SET amount = amount + 1 WHERE entry_id = 1 AND line = 0", "ledger")]
    [InlineData("UPDATE accounts SET balance = balance + 1 WHERE id = 3", "accounts")]
    [InlineData("UPDATE positions SET cost_basis = cost_basis + 1", "positions")]
    [InlineData("UPDATE candles SET close = close + 1", "candles")]
    public async Task finds_a_planted_difference(string plant, string table)
    {
        var (data, history) = await TradeAsync();
        await using (var connection = new SqliteConnection($"Data Source={data.StorePath};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this test.
            command.CommandText = plant;
#pragma warning restore CA2100
            Assert.True(await command.ExecuteNonQueryAsync() > 0, "nothing was planted");
        }

        var finding = await Assert.ThrowsAsync<BrokenPromiseException>(() => HistoryRebuild.CompareAsync(data, history));

        Assert.Contains(table, finding.Message);
    }

    async Task<(DataFolder, HistoryDatabase)> TradeAsync()
    {
        var data = new DataFolder(_folder.FullName);
        await using var database = Database.Create(StoreOptions.Sqlite(data.StorePath));
        await database.MigrateAsync();
        await using (var venue = await Venue.Venue.OpenAsync(new VenueOptions { JournalFolder = data.JournalPath }, database, TimeProvider.System, NullLogger.Instance))
        {
            await DoAsync(venue, Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 6 }));
            await DoAsync(venue, Command.From(0, new CreateInstrument
            {
                Symbol = Text16.From("TEST"),
                CurrencyId = 1,
                PriceScale = 2,
                Rules = new InstrumentRules { TickSize = 1, LotSize = 1, MakerFeePpm = 100, TakerFeePpm = 200 },
                Name = Text64.From("Test Inc."),
            }));
            for (var user = 1L; user <= 2; user++)
            {
                var account = (await DoAsync(venue, Command.From(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading }))).SubjectId;
                await DoAsync(venue, Command.From(0, new Deposit { AccountId = account, Amount = 1_000_000_000_000 }));
                await DoAsync(venue, Command.From(0, new DeliverPosition { AccountId = account, InstrumentId = 1, Quantity = 100, UnitCost = 10_000 }));
            }
            await DoAsync(venue, Limit(1, Side.Sell));
            await DoAsync(venue, Limit(2, Side.Buy));
        }
        return (data, HistoryDatabase.Sqlite(data.StorePath));
    }

    static async Task<CommandResult> DoAsync(Venue.Venue venue, Command command)
    {
        var result = await venue.SubmitAsync(in command);
        Assert.True(result.IsAccepted, $"{result.Code}");
        return result;
    }

    static Command Limit(long user, Side side) => Command.From(user, new PlaceOrder
    {
        AccountId = user + 2,
        InstrumentId = 1,
        Side = side,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.Gtc,
        SelfTradePrevention = SelfTradePrevention.CancelNewest,
        Quantity = 10,
        Price = 10_000,
    });
}
