using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Core;
using MyTradeX.Venue.Demo;
using Xunit;

namespace MyTradeX.Venue.Tests.Demo;

/// <summary>A venue with a demo market on a clock that tests move.</summary>
sealed class DemoFixture : IAsyncDisposable
{
    DemoMarket? _demo;

    public ManualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 0, 20, 0, TimeSpan.Zero));

    public VenueFixture Fixture { get; }

    public DemoFixture() => Fixture = new VenueFixture { Clock = Clock };

    public Venue Venue => Fixture.Venue;

    /// <summary>Opens the venue and starts the market with a past of some minutes.</summary>
    public static async Task<DemoFixture> StartAsync(int pastMinutes = 2, long seed = 1)
    {
        var fixture = new DemoFixture();
        await fixture.Fixture.OpenAsync();
        await fixture.StartDemoAsync(pastMinutes, seed);
        return fixture;
    }

    public async Task StartDemoAsync(int pastMinutes = 2, long seed = 1) => _demo = await DemoMarket.StartAsync(
        Venue, new DemoOptions { Past = TimeSpan.FromMinutes(pastMinutes), Seed = seed }, Clock, NullLogger.Instance, TestContext.Current.CancellationToken);

    public async Task StopDemoAsync()
    {
        if (_demo is not null) await _demo.DisposeAsync();
        _demo = null;
    }

    /// <summary>Lets the market live for some seconds, tenth by tenth, each one worked off before the next.</summary>
    public async Task LiveAsync(double seconds)
    {
        for (var tenth = 0; tenth < seconds * 10; tenth++)
        {
            await Eventually.IsTrue(() => Clock.Waiting > 0);
            Clock.Advance(TimeSpan.FromMilliseconds(100));
        }
        await Eventually.IsTrue(() => Clock.Waiting > 0);
    }

    public List<BookLevel> Depth(int instrument, Side side) => Venue.Read((instrument, side), (exchange, wanted) =>
    {
        var levels = new BookLevel[100];
        return levels[..exchange.CopyDepth(wanted.instrument, wanted.side, levels)].ToList();
    });

    public InstrumentState Instrument(int instrument) =>
        Venue.Read(instrument, (exchange, id) => exchange.TryGetInstrument(id, out var state) ? state : throw new InvalidOperationException());

    /// <summary>A user with money and shares of the first symbol; the account's number.</summary>
    public async Task<long> FundUserAsync(long user = 7)
    {
        var account = (await Fixture.Do(Command.From(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading }))).SubjectId;
        await Fixture.Do(Command.From(0, new Deposit { AccountId = account, Amount = 100_000_000_000_000 }));
        await Fixture.Do(Command.From(0, new DeliverPosition { AccountId = account, InstrumentId = 1, Quantity = 100_000, UnitCost = 3_000_000 }));
        return account;
    }

    public async ValueTask DisposeAsync()
    {
        await StopDemoAsync();
        await Fixture.DisposeAsync();
    }
}
