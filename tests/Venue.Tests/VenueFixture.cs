using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Core;
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

    public string Folder => _folder;

    public async Task OpenAsync()
    {
        Database = Database.Create(StoreOptions.Sqlite(Path.Combine(_folder, "store.db")));
        await Database.MigrateAsync();
        Venue = await Venue.OpenAsync(Options with { JournalFolder = Path.Combine(_folder, "journal") }, Database, Clock, NullLogger.Instance);
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
