using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>The level totals before the first event.</summary>
internal sealed class OpeningBook
{
    readonly long? _bidEdge;
    readonly long? _askEdge;

    OpeningBook(BookRow row)
    {
        Bids = [.. row.On(Side.Buy)];
        Asks = [.. row.On(Side.Sell)];
        _bidEdge = row.EdgeOf(Side.Buy);
        _askEdge = row.EdgeOf(Side.Sell);
    }

    public List<BookLevel> Bids { get; }
    public List<BookLevel> Asks { get; }

    /// <summary>The price beyond which the opening book says nothing, or null when it is the whole side.</summary>
    public long? EdgeOf(Side side) => side == Side.Buy ? _bidEdge : _askEdge;

    /// <summary>The given opening book; else the first row of the orderbook file, or of the best prices, less the first event; else null.</summary>
    public static OpeningBook? Read(LobsterFiles files, IReadOnlyList<LobsterEvent> events)
    {
        var row = new BookRow();
        if (files.Opening is { } opening)
        {
            using var rows = new LobsterRows(opening);
            if (!row.Read(rows)) throw rows.Fault("the opening book is empty");
            return new(row);
        }
        if ((files.Orderbook ?? files.Bbo) is not { } path || events.Count == 0) return null;
        using var first = new LobsterRows(path);
        if (!row.Read(first)) throw first.Fault("the file has no rows");
        var book = new OpeningBook(row);
        book.Undo(events[0], first);
        return book;
    }

    void Undo(LobsterEvent e, LobsterRows rows)
    {
        var change = e.Type switch
        {
            LobsterEventType.Entry => -e.Size,
            LobsterEventType.Reduction or LobsterEventType.Deletion or LobsterEventType.Execution => e.Size,
            _ => 0,
        };
        if (change == 0) return;
        var levels = e.Side == Side.Buy ? Bids : Asks;
        var at = levels.FindIndex(level => level.Price == e.Price);
        var quantity = (at < 0 ? 0 : levels[at].Quantity) + change;
        if (quantity < 0) throw rows.Fault($"the first row does not hold the first event's order of {e.Size} at {e.Price}");
        if (at >= 0) levels.RemoveAt(at);
        if (quantity > 0) levels.Insert(Math.Max(at, 0), new(e.Price, quantity, 0));
    }
}
