using System.Globalization;
using System.Text;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Features.MarketData;

/// <summary>A book as its followers have it: read once, then moved on by its changes.</summary>
internal sealed class BookMirror
{
    /// <summary>Levels a side that the checksum covers.</summary>
    public const int ChecksumLevels = 10;

    readonly ListedInstrument _instrument;
    readonly PriceLevels _bids = new(highestFirst: true), _asks = new(highestFirst: false);
    readonly Dictionary<(Side Side, long Price), long> _noted = [];
    long _notedThrough;

    BookMirror(ListedInstrument instrument, long sequence) => (_instrument, Sequence, _notedThrough) = (instrument, sequence, sequence);

    /// <summary>The last change that is in it.</summary>
    public long Sequence { get; private set; }

    /// <summary>Whether something waits to be applied.</summary>
    public bool HasNoted => _noted.Count > 0;

    /// <summary>The book as the exchange has it now.</summary>
    public static BookMirror Read(Venue.Venue venue, ListedInstrument instrument)
    {
        var (bids, asks, sequence) = venue.Read(instrument.Id, static (exchange, id) => (All(exchange, id, Side.Buy), All(exchange, id, Side.Sell), exchange.TryGetInstrument(id, out var state) ? state.BookSequence : 0));
        var mirror = new BookMirror(instrument, sequence);
        foreach (var level in bids)
            mirror.Set(Side.Buy, level.Price, level.Quantity);
        foreach (var level in asks)
            mirror.Set(Side.Sell, level.Price, level.Quantity);
        return mirror;
    }

    /// <summary>Notes a change that is to be applied. False when it is in already.</summary>
    public bool Note(in LevelChanged level)
    {
        if (level.BookSequence <= _notedThrough)
            return false;
        Invariant.Require(level.BookSequence == _notedThrough + 1, "a book's changes follow each other without gaps");
        _notedThrough = level.BookSequence;
        _noted[(level.Side, level.Price)] = level.Quantity;
        return true;
    }

    /// <summary>Applies what was noted and tells it.</summary>
    public OrderBookUpdateDto Apply(DateTimeOffset now)
    {
        var first = Sequence + 1;
        var (bids, asks) = (new List<BookLevelDto>(), new List<BookLevelDto>());
        foreach (var ((side, price), quantity) in _noted)
        {
            // A level that came and went in between is nobody's news; the numbers it used up are told all the same.
            if (Set(side, price, quantity))
                (side == Side.Buy ? bids : asks).Add(new(_instrument.Price(price), _instrument.Quantity(quantity)));
        }
        _noted.Clear();
        Sequence = _notedThrough;
        return new() { Symbol = _instrument.Symbol, FirstSequence = first, Sequence = Sequence, Timestamp = now, Bids = bids, Asks = asks, Checksum = Checksum() };
    }

    /// <summary>The whole book as far as it is applied.</summary>
    public OrderBookUpdateDto Whole(DateTimeOffset now) => new()
    {
        Symbol = _instrument.Symbol, FirstSequence = Sequence, Sequence = Sequence, Timestamp = now, Bids = Show(_bids), Asks = Show(_asks), Checksum = Checksum(),
    };

    // CRC-32 of the best levels as text: docs/realtime.md.
    uint Checksum()
    {
        var text = new StringBuilder(512);
        foreach (var side in (PriceLevels[])[_bids, _asks])
            for (var rank = 0; rank < Math.Min(ChecksumLevels, side.Count); rank++)
            {
                ref var level = ref side[side.AtRank(rank)];
                text.Append(CultureInfo.InvariantCulture, $"{Plain(_instrument.Price(level.Price))}:{Plain(_instrument.Quantity(level.Quantity))}|");
            }
        return Crc32.Of(Encoding.ASCII.GetBytes(text.ToString()));
    }

    static string Plain(decimal value) => value.ToString("0.############################", CultureInfo.InvariantCulture);

    List<BookLevelDto> Show(PriceLevels side)
    {
        var levels = new List<BookLevelDto>(side.Count);
        for (var rank = 0; rank < side.Count; rank++)
        {
            ref var level = ref side[side.AtRank(rank)];
            levels.Add(new(_instrument.Price(level.Price), _instrument.Quantity(level.Quantity)));
        }
        return levels;
    }

    /// <summary>False when the level is as it was.</summary>
    bool Set(Side side, long price, long quantity)
    {
        var levels = side == Side.Buy ? _bids : _asks;
        var slot = levels.Find(price);
        if (quantity == (slot < 0 ? 0 : levels[slot].Quantity))
            return false;
        if (quantity != 0)
            levels[levels.FindOrAdd(price)].Quantity = quantity;
        else
            levels.Remove(slot);
        return true;
    }

    static BookLevel[] All(Exchange exchange, int instrumentId, Side side)
    {
        for (var room = 256; ; room *= 4)
        {
            var levels = new BookLevel[room];
            var count = exchange.CopyDepth(instrumentId, side, levels);
            if (count < room)
                return levels[..count];
        }
    }
}
