using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Cli.Tests.Commands;
using MyTradeX.Core;
using MyTradeX.Store;
using MyTradeX.Venue;
using Xunit;

namespace MyTradeX.Cli.Tests.DataFolders;

/// <summary>verify, backup and restore on the data of a real venue that traded.</summary>
public sealed class KeepingDataSafe : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-data-");
    readonly ToolRun _tool = new();

    public void Dispose()
    {
        _tool.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task a_sound_folder_is_confirmed_down_to_the_state_of_its_snapshot()
    {
        await using (var venue = await OpenAsync("data"))
        {
            await TradeAsync(venue.Venue, orders: 50);
            Assert.NotNull(venue.Venue.TakeSnapshot());
            await TradeAsync(venue.Venue, orders: 20, isFirst: false);
        }

        var found = await VerifyAsync("data", expectedExit: 0);

        Assert.Equal(1, found.GetProperty("snapshotsConfirmed").GetInt32());
        Assert.Equal(found.GetProperty("records").GetInt64(), found.GetProperty("replayed").GetInt64());
        Assert.Equal(found.GetProperty("sequence").GetInt64(), found.GetProperty("historySequence").GetInt64());
    }

    [Fact]
    public async Task a_damaged_byte_is_found_with_file_and_offset()
    {
        await using (var venue = await OpenAsync("data")) await TradeAsync(venue.Venue, orders: 50);
        var segment = Assert.Single(Directory.GetFiles(PathOf("data/journal"), "*.segment"));
        using (var file = File.Open(segment, FileMode.Open))
        {
            file.Position = 6_000;
            var value = file.ReadByte();
            file.Position = 6_000;
            file.WriteByte((byte)(value ^ 1));
        }

        var found = await VerifyAsync("data", expectedExit: 1);

        Assert.Contains(Path.GetFileName(segment), found.GetProperty("faults")[0].GetString());
    }

    [Fact]
    public async Task history_of_another_journal_is_noticed()
    {
        await using (var venue = await OpenAsync("one")) await TradeAsync(venue.Venue, orders: 5);
        await using (var venue = await OpenAsync("two")) await TradeAsync(venue.Venue, orders: 50);
        File.Copy(PathOf("two/store.db"), PathOf("one/store.db"), overwrite: true);

        var found = await VerifyAsync("one", expectedExit: 1);

        Assert.Contains("database", found.GetProperty("faults")[0].GetString());
    }

    [Fact]
    public async Task a_backup_taken_while_trading_goes_on_restores_to_a_folder_that_opens()
    {
        Directory.CreateDirectory(PathOf("data/keys"));
        await File.WriteAllTextAsync(PathOf("data/keys/signing.key"), "secret");
        Directory.CreateDirectory(PathOf("data/files"));
        await File.WriteAllTextAsync(PathOf("data/files/0123456789abcdef"), "uploaded");
        await File.WriteAllTextAsync(PathOf("data/files/fedcba9876543210.part"), "being uploaded");
        long sequence;
        await using (var venue = await OpenAsync("data"))
        {
            await TradeAsync(venue.Venue, orders: 50);
            sequence = venue.Venue.Sequence;
            var backup = await _tool.RunAsync(null, $"backup {PathOf("data")} {PathOf("backup")}");
            Assert.Equal(0, backup.Exit);
            await TradeAsync(venue.Venue, orders: 50, isFirst: false);
        }

        var restore = await _tool.RunAsync(null, $"restore {PathOf("backup")} {PathOf("restored")} --json");

        Assert.Equal((0, ""), (restore.Exit, restore.Error));
        Assert.Equal("secret", await File.ReadAllTextAsync(PathOf("restored/keys/signing.key")));
        Assert.Equal("uploaded", await File.ReadAllTextAsync(PathOf("restored/files/0123456789abcdef")));
        Assert.Single(Directory.GetFiles(PathOf("restored/files")));
        await using var restored = await OpenAsync("restored");
        // A start opens a new epoch, which is a command of its own.
        Assert.Equal(sequence + 1, restored.Venue.Sequence);
    }

    [Theory]
    [InlineData("backup data full")]
    [InlineData("restore data full")]
    public async Task nothing_is_ever_overwritten(string line)
    {
        await using (var venue = await OpenAsync("data")) await TradeAsync(venue.Venue, orders: 1);
        Directory.CreateDirectory(PathOf("full"));
        await File.WriteAllTextAsync(PathOf("full/note.txt"), "mine");

        var run = await _tool.RunAsync(null, string.Join(' ', line.Split(' ').Select((word, at) => at == 0 ? word : PathOf(word))));

        Assert.Equal(1, run.Exit);
        Assert.Contains("TARGET_NOT_EMPTY", run.Error);
        Assert.Single(Directory.GetFileSystemEntries(PathOf("full")));
    }

    [Fact]
    public async Task a_folder_that_a_server_has_open_is_not_verified()
    {
        await using var venue = await OpenAsync("data");

        var run = await _tool.RunAsync(null, $"verify {PathOf("data")}");

        Assert.Equal(1, run.Exit);
        Assert.Contains("JOURNAL_IN_USE", run.Error);
    }

    [Fact]
    public async Task a_folder_without_a_journal_is_named()
    {
        var run = await _tool.RunAsync(null, $"verify {PathOf("nowhere")}");

        Assert.Equal(1, run.Exit);
        Assert.Contains("NO_JOURNAL", run.Error);
    }

    string PathOf(string name) => Path.Combine(_folder.FullName, name);

    async Task<JsonElement> VerifyAsync(string name, int expectedExit)
    {
        var run = await _tool.RunAsync(null, $"verify {PathOf(name)} --json");
        Assert.Equal((expectedExit, ""), (run.Exit, run.Error));
        var found = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(expectedExit == 0, found.GetProperty("sound").GetBoolean());
        return found;
    }

    async Task<OpenVenue> OpenAsync(string name)
    {
        Directory.CreateDirectory(PathOf(name));
        var database = Database.Create(StoreOptions.Sqlite(PathOf($"{name}/store.db")));
        await database.MigrateAsync();
        return new(database, await Venue.Venue.OpenAsync(new VenueOptions { JournalFolder = PathOf($"{name}/journal") }, database, TimeProvider.System, NullLogger.Instance));
    }

    static async Task TradeAsync(Venue.Venue venue, int orders, bool isFirst = true)
    {
        if (isFirst)
        {
            await SendAsync(venue, Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 4 }));
            await SendAsync(venue, Command.From(0, new CreateInstrument { Symbol = Text16.From("AAPL"), CurrencyId = 1, PriceScale = 2, Rules = new() { TickSize = 1, LotSize = 1 } }));
            await SendAsync(venue, Command.From(1, new OpenAccount { OwnerId = 1, CurrencyId = 1, Type = AccountType.Trading }));
        }
        var account = venue.Read(0, (exchange, _) => exchange.AccountCount);
        await SendAsync(venue, Command.From(0, new Deposit { AccountId = account, Amount = 1_000_000_000 }));
        await SendAsync(venue, Command.From(0, new DeliverPosition { AccountId = account, InstrumentId = 1, Quantity = 1_000 }));
        for (var number = 0; number < orders; number++)
            await SendAsync(venue, Command.From(1, new PlaceOrder
            {
                AccountId = account,
                InstrumentId = 1,
                Side = number % 2 == 0 ? Side.Buy : Side.Sell,
                Type = OrderType.Limit,
                TimeInForce = TimeInForce.Gtc,
                SelfTradePrevention = SelfTradePrevention.None,
                Price = 10_000 + number % 3,
                Quantity = 1,
            }));
        await venue.WaitForHistoryAsync(venue.Sequence, TimeSpan.FromSeconds(30));
    }

    static async Task SendAsync(Venue.Venue venue, Command command) => Assert.Equal(RejectCode.None, (await venue.SubmitAsync(in command)).Code);

    sealed record OpenVenue(Database Database, Venue.Venue Venue) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Venue.DisposeAsync();
            await Database.DisposeAsync();
        }
    }
}
