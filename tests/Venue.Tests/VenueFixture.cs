using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Snapshots;
using MyTradeX.Store;

namespace MyTradeX.Venue.Tests;

/// <summary>A venue on a folder of its own that can be stopped and opened again.</summary>
public sealed class VenueFixture : IAsyncDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("mytradex-venue-").FullName;

    public Venue Venue { get; private set; } = null!;
    public Database Database { get; private set; } = null!;
    public VenueOptions Options { get; init; } = new() { JournalFolder = "" };

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>SQL; a file of the fixture's own unless set.</summary>
    public StoreOptions? Store { get; init; }

    public string Folder => _folder;

    public async Task OpenAsync()
    {
        Database = Database.Create(Store ?? StoreOptions.Sqlite(Path.Combine(_folder, "store.db")));
        await Database.MigrateAsync();
        Venue = await Venue.OpenAsync(Options with { JournalFolder = Path.Combine(_folder, "journal") }, Database, Clock, Logger);
    }

    public async Task CloseAsync()
    {
        await Venue.DisposeAsync();
        await Database.DisposeAsync();
    }

    public async Task<CommandResult> Do(Command command) => await Venue.SubmitAsync(in command);

    /// <summary>US dollars, one instrument and two funded users with shares: currency 1, instrument 1, accounts 3 and 4.</summary>
    public async Task ListAsync()
    {
        await Do(Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 6 }));
        await Do(Command.From(0, new CreateInstrument
        {
            Symbol = Text16.From("AAPL"),
            CurrencyId = 1,
            PriceScale = 4,
            Rules = new InstrumentRules { TickSize = 100, LotSize = 1, MakerFeePpm = 100, TakerFeePpm = 200 },
            Name = Text64.From("Apple Inc."),
        }));
        for (var user = 1L; user <= 2; user++)
        {
            var account = (await Do(Command.From(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading }))).SubjectId;
            await Do(Command.From(0, new Deposit { AccountId = account, Amount = 1_000_000_000_000 }));
            await Do(Command.From(0, new DeliverPosition { AccountId = account, InstrumentId = 1, Quantity = 10_000, UnitCost = 1_500_000 }));
        }
    }

    /// <summary>All trades of an instrument that SQL has, oldest first.</summary>
    public async Task<List<TradeRow>> TapeAsync(int instrumentId)
    {
        var tape = new List<TradeRow>();
        for (var page = 1; ; page++)
        {
            var rows = await new TradeHistory(Database).ListAsync(new TradeQuery { InstrumentId = instrumentId }, page, 1_000);
            tape.AddRange(rows.Items);
            if (rows.Items.Count < 1_000) break;
        }
        tape.Reverse();
        return tape;
    }

    /// <summary>What a replay of the journal, from its beginning or from the newest snapshot, gives: the events after a sequence, and the state's digest.</summary>
    public Task<(byte[] Events, UInt128 Hash)> ReplayAsync(long sequence, long after = 0, bool fromSnapshot = false)
    {
        var copy = Directory.CreateTempSubdirectory("mytradex-copy-");
        try
        {
            var disk = new FileDisk(copy.FullName);
            JournalBackup.Copy(new FileDisk(Path.Combine(_folder, "journal")), disk);
            using var log = FileCommandLog.Open(disk, new FileLogOptions(), out _);
            var load = fromSnapshot ? new SnapshotStore(disk, log.LogId).LoadNewest(info => info.Sequence <= sequence) : null;
            var exchange = load?.Info is null ? new Exchange() : Exchange.ReadSnapshot(load.Payload.Span);
            using var reader = log.Read(load?.Info?.Anchor);
            while (exchange.Sequence < sequence && reader.MoveNext())
            {
                CommandCodec.Decode(reader.Payload, out var command);
                exchange.Apply(in command, out _);
                if (exchange.Sequence <= after || fromSnapshot) exchange.Events.Clear();
            }
            if (exchange.Sequence != sequence) throw new InvalidOperationException($"The journal ends at {exchange.Sequence}.");
            return Task.FromResult((exchange.Events.Bytes.ToArray(), exchange.StateHash()));
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    public static Command Limit(long user, Side side, long quantity, long price, string clientOrderId = "") => Command.From(user, new PlaceOrder
    {
        AccountId = user + 2,
        InstrumentId = 1,
        Side = side,
        Type = OrderType.Limit,
        TimeInForce = TimeInForce.Gtc,
        SelfTradePrevention = SelfTradePrevention.CancelNewest,
        Quantity = quantity,
        Price = price,
        ClientOrderId = Text64.From(clientOrderId),
    });

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
