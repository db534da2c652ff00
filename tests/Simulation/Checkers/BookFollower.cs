using MyTradeX.Core;
using MyTradeX.Venue;

namespace MyTradeX.Simulation.Checkers;

/// <summary>
/// A client of the feed: begins with the books as they are, applies every level that changes, and must always hold the books. What it is told
/// must be, byte for byte, what the observer's exchange tells.
/// </summary>
sealed class BookFollower
{
    readonly EventSubscription _feed;
    readonly Dictionary<(int Instrument, Side Side), SortedDictionary<long, (long Quantity, int Orders)>> _books = [];
    readonly List<EventBlock> _blocks = [];
    long _sequence;

    public BookFollower(EventFeed feed, Exchange exchange)
    {
        _feed = feed.Subscribe();
        _sequence = exchange.Sequence;
        for (var instrument = 1; instrument <= exchange.InstrumentCount; instrument++)
        {
            foreach (var side in (ReadOnlySpan<Side>)[Side.Buy, Side.Sell])
                foreach (var level in Depth(exchange, instrument, side)) Levels(instrument, side)[level.Price] = (level.Quantity, level.OrderCount);
        }
    }

    /// <summary>Takes what has come and compares it with the venue's books and the observer's events.</summary>
    public void Follow(Exchange exchange, History history)
    {
        _blocks.Clear();
        _feed.Take(_blocks, long.MaxValue, TimeSpan.Zero);
        foreach (var block in _blocks)
        {
            BrokenPromiseException.Unless(block.FirstSequence == _sequence + 1, $"After sequence {_sequence} the feed tells {block.FirstSequence}.");
            _sequence = block.LastSequence;
            var told = block.Bytes.AsSpan();
            for (var sequence = block.FirstSequence; sequence <= block.LastSequence; sequence++)
            {
                var expected = history.Events[(int)sequence - 1].Bytes;
                BrokenPromiseException.Unless(told.StartsWith(expected), $"The feed tells of sequence {sequence} something else than a replay.");
                told = told[expected.Length..];
            }
            BrokenPromiseException.Unless(told.IsEmpty, "The feed tells events that no command has.");
            foreach (var e in block)
                if (e.Kind == EventKind.LevelChanged) Apply(in e.As<LevelChanged>());
        }
        BrokenPromiseException.Unless(_sequence == exchange.Sequence, $"The feed is at sequence {_sequence}, the exchange at {exchange.Sequence}.");
        for (var instrument = 1; instrument <= exchange.InstrumentCount; instrument++)
        {
            Compare(exchange, instrument, Side.Buy);
            Compare(exchange, instrument, Side.Sell);
        }
    }

    void Apply(in LevelChanged level)
    {
        if (level.Quantity == 0) Levels(level.InstrumentId, level.Side).Remove(level.Price);
        else Levels(level.InstrumentId, level.Side)[level.Price] = (level.Quantity, level.OrderCount);
    }

    void Compare(Exchange exchange, int instrument, Side side)
    {
        var held = Levels(instrument, side);
        var at = 0;
        var levels = Depth(exchange, instrument, side);
        BrokenPromiseException.Unless(held.Count == levels.Length, $"A client holds {held.Count} {side} levels of instrument {instrument}, the book has {levels.Length}.");
        foreach (var (price, (quantity, orders)) in side == Side.Buy ? held.Reverse() : held)
        {
            var level = levels[at++];
            BrokenPromiseException.Unless((level.Price, level.Quantity, level.OrderCount) == (price, quantity, orders), $"A client holds another {side} level of instrument {instrument} at {price}.");
        }
    }

    SortedDictionary<long, (long Quantity, int Orders)> Levels(int instrument, Side side) =>
        _books.TryGetValue((instrument, side), out var levels) ? levels : _books[(instrument, side)] = [];

    static BookLevel[] Depth(Exchange exchange, int instrument, Side side)
    {
        var levels = new BookLevel[exchange.DepthOf(instrument, side)];
        exchange.CopyDepth(instrument, side, levels);
        return levels;
    }
}
