using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>One symbol of the demo market: its price walks, its makers follow about once a second, its takers come as they like.</summary>
sealed class SymbolMarket : DemoActor
{
    const long QuoteIntervalUs = 1_000_000;
    const long ShortestQuietUs = 5_000_000;
    const int LongestQuietDoublings = 4;

    readonly DemoListing _listing;
    readonly SeededRandom _random;
    readonly PriceWalk _walk;
    readonly MarketMaking _making;
    readonly TakerFlow _taking;
    long _quoteAt;
    long _takeAt;
    long _actedAt;
    int _refusals;

    public SymbolMarket(DemoListing listing, IReadOnlyList<long> accounts, SeededRandom random)
    {
        (_listing, _random) = (listing, random);
        _walk = new PriceWalk(listing.OpeningPrice, listing.Symbol.DailyVolatility, random);
        _making = new MarketMaking(listing, accounts, random);
        _taking = new TakerFlow(listing, accounts, random);
    }

    public override long NextAt => Math.Min(_quoteAt, _takeAt);

    /// <summary>How many times slower than once a second the makers follow the price. The trades and the price's movement stay as they are.</summary>
    public double Slowness { get; set; } = 1;

    /// <summary>What the makers take the symbol to be worth, in price units.</summary>
    public double Price => _walk.Price;

    public override void Begin(Exchange exchange, long time)
    {
        exchange.TryGetInstrument(_listing.InstrumentId, out var instrument);
        var last = instrument.ReferencePrice > 0 ? instrument.ReferencePrice : _listing.OpeningPrice;
        _walk.Begin(_making.Begin(exchange, last), time);
        _quoteAt = time;
        _takeAt = time + QuoteIntervalUs + _taking.NextInterval();
    }

    public override void Act(Exchange exchange, List<Command> commands)
    {
        var quotes = _quoteAt <= _takeAt;
        _actedAt = NextAt;
        if (quotes) _quoteAt += (long)(QuoteIntervalUs * Slowness * _random.Between(0.7, 1.3));
        else _takeAt += _taking.NextInterval();
        if (!exchange.TryGetInstrument(_listing.InstrumentId, out var instrument) || instrument.Halted) return;
        if (!quotes)
        {
            _taking.Take(exchange, in instrument, commands);
            return;
        }
        _walk.AdvanceTo(_actedAt);
        // Makers who have too much ask for less: a hundredth of a step for each typical order too many.
        var lean = Math.Clamp(_taking.Imbalance(exchange) / 100, -2, 2) * _making.LadderStep;
        _making.Quote(exchange, in instrument, _walk.Price - lean, commands);
    }

    /// <summary>After refusals (a closed session, a kill switch) it is quiet for a while, longer each time, so that they do not fill the journal.</summary>
    public override void Learn(bool refused)
    {
        if (!refused)
        {
            _refusals = 0;
            return;
        }
        var quietUntil = _actedAt + (ShortestQuietUs << Math.Min(_refusals++, LongestQuietDoublings));
        _quoteAt = Math.Max(_quoteAt, quietUntil);
        _takeAt = Math.Max(_takeAt, quietUntil);
    }
}
