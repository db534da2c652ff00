using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Venue;
using MyTradeX.Venue.MarketData;

namespace MyTradeX.Server.Features.MarketData;

/// <summary>The market as it stands, read from memory. Each answer is of one moment between two commands.</summary>
internal sealed class MarketReads(Venue.Venue venue)
{
    /// <summary>An instrument's market at a glance.</summary>
    public MarketDataDto MarketOf(ListedInstrument instrument) => Show(instrument, venue.ReadMarket(instrument.Id, SnapOne));

    /// <summary>Several instruments' markets at one moment, in the order given.</summary>
    public IReadOnlyList<MarketDataDto> MarketsOf(IReadOnlyList<ListedInstrument> instruments)
    {
        var snaps = venue.ReadMarket(instruments, static (moment, wanted) =>
        {
            var taken = new Snap[wanted.Count];
            for (var i = 0; i < taken.Length; i++)
                taken[i] = SnapOne(moment, wanted[i].Id);
            return taken;
        });
        var markets = new MarketDataDto[snaps.Length];
        for (var i = 0; i < snaps.Length; i++)
            markets[i] = Show(instruments[i], in snaps[i]);
        return markets;
    }

    /// <summary>The best levels of a book.</summary>
    /// <param name="depth">Levels a side, at most.</param>
    public OrderBookDto BookOf(ListedInstrument instrument, int depth)
    {
        // 24 bytes a level: a thousand levels a side stay well within the stack.
        Span<BookLevel> bids = stackalloc BookLevel[depth];
        Span<BookLevel> asks = stackalloc BookLevel[depth];
        var (sequence, time, bidCount, askCount) = venue.ReadMarket(new BookRequest(instrument.Id, bids, asks), static (moment, request) =>
        {
            var exchange = moment.Exchange;
            exchange.TryGetInstrument(request.InstrumentId, out var state);
            return (
                state.BookSequence, moment.Time,
                exchange.CopyDepth(request.InstrumentId, Side.Buy, request.Bids),
                exchange.CopyDepth(request.InstrumentId, Side.Sell, request.Asks));
        });
        return new()
        {
            Symbol = instrument.Symbol,
            Sequence = sequence,
            Timestamp = Micros.ToInstant(time),
            Bids = Show(instrument, bids[..bidCount]),
            Asks = Show(instrument, asks[..askCount]),
        };
    }

    static Snap SnapOne(VenueMoment moment, int instrumentId)
    {
        if (!moment.Exchange.TryGetInstrument(instrumentId, out var state))
            throw new InvariantBrokenException($"instrument {instrumentId} exists");
        var status = MarketView.StatusOf(moment.Exchange, in state, moment.Time);
        return new(moment.TickerOf(in state), state.LastPrice != 0, status);
    }

    static MarketDataDto Show(ListedInstrument instrument, in Snap snap)
    {
        var ticker = snap.Ticker;
        // What has traded, but not for more than a day, has not changed in a day.
        var open = ticker.Open != 0 ? ticker.Open : ticker.LastPrice;
        return new()
        {
            Symbol = instrument.Symbol,
            LastPrice = instrument.PriceOrNone(ticker.LastPrice),
            BidPrice = instrument.PriceOrNone(ticker.BidPrice),
            AskPrice = instrument.PriceOrNone(ticker.AskPrice),
            BidQuantity = instrument.Quantity(ticker.BidQuantity),
            AskQuantity = instrument.Quantity(ticker.AskQuantity),
            Volume = instrument.Quantity(ticker.Volume),
            High24h = instrument.PriceOrNone(ticker.High),
            Low24h = instrument.PriceOrNone(ticker.Low),
            Change24h = snap.HasTraded ? instrument.Price(ticker.LastPrice - open) : null,
            ChangePercent24h = snap.HasTraded ? PercentOf(ticker.LastPrice - open, open) : null,
            Status = snap.Status,
            Timestamp = Micros.ToInstant(ticker.Time),
        };
    }

    static decimal PercentOf(long part, long whole) => Math.Round(100m * part / whole, 2, MidpointRounding.AwayFromZero);

    static BookLevelDto[] Show(ListedInstrument instrument, ReadOnlySpan<BookLevel> levels)
    {
        var shown = new BookLevelDto[levels.Length];
        for (var i = 0; i < levels.Length; i++)
            shown[i] = new(instrument.Price(levels[i].Price), instrument.Quantity(levels[i].Quantity));
        return shown;
    }

    readonly record struct Snap(Ticker Ticker, bool HasTraded, MarketStatus Status);

    readonly ref struct BookRequest(int instrumentId, Span<BookLevel> bids, Span<BookLevel> asks)
    {
        public int InstrumentId { get; } = instrumentId;
        public Span<BookLevel> Bids { get; } = bids;
        public Span<BookLevel> Asks { get; } = asks;
    }
}
