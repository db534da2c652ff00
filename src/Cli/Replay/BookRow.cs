using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>
/// The best levels of both sides after one event, as a LOBSTER orderbook file writes them: ask price, ask size, bid price, bid size,
/// level by level. An empty level has size 0. Reused from row to row.
/// </summary>
internal sealed class BookRow
{
    readonly List<BookLevel> _bids = [];
    readonly List<BookLevel> _asks = [];
    readonly List<long> _values = [];

    /// <summary>Levels a side that the file writes, empty ones included.</summary>
    public int Levels { get; private set; }

    /// <summary>The occupied levels of one side, best first.</summary>
    public IReadOnlyList<BookLevel> On(Side side) => side == Side.Buy ? _bids : _asks;

    /// <summary>Reads the next row. False at the end of the file.</summary>
    public bool Read(LobsterRows rows)
    {
        if (!rows.Read(_values)) return false;
        if (_values.Count == 0 || _values.Count % 4 != 0) throw rows.Fault("a book row has four columns a level");
        Levels = _values.Count / 4;
        _bids.Clear();
        _asks.Clear();
        for (var at = 0; at < _values.Count; at += 4)
        {
            if (_values[at + 1] > 0) _asks.Add(new(_values[at], _values[at + 1], 0));
            if (_values[at + 3] > 0) _bids.Add(new(_values[at + 2], _values[at + 3], 0));
        }
        return true;
    }

    /// <summary>The price beyond which the file says nothing about one side, or null when it shows the whole side.</summary>
    public long? EdgeOf(Side side) => On(side).Count < Levels ? null : On(side)[^1].Price;

    /// <summary>Whether the best bid is at or above the best ask, which a book that matches cannot hold.</summary>
    public bool IsCrossed => _bids.Count > 0 && _asks.Count > 0 && _bids[0].Price >= _asks[0].Price;
}

/// <summary>Compares prices of one side.</summary>
internal static class SidePrices
{
    /// <summary>Whether a price lies deeper in its side of the book than another.</summary>
    public static bool IsWorse(Side side, long price, long than) => side == Side.Buy ? price < than : price > than;

    public static Side Opposite(this Side side) => side == Side.Buy ? Side.Sell : Side.Buy;
}
