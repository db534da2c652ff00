using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>Holds the exchange's book beside the rows of the files: best prices after every event, all levels as far as the orderbook file goes.</summary>
internal sealed class RowComparison : IDisposable
{
    static readonly Side[] _sides = [Side.Buy, Side.Sell];

    readonly ReplayVenue _venue;
    readonly ReplayReport _report;
    readonly LobsterRows? _bestRows;
    readonly LobsterRows? _depthRows;
    readonly int? _messageLevels;
    readonly BookRow _best = new();
    readonly BookRow _depth = new();
    // Per side, the price beyond which orders may have come and gone unseen; null while the whole side is known.
    readonly long?[] _knownTo = new long?[3];
    // The same of the row before the one at hand.
    readonly long?[] _edgeBefore = new long?[3];
    BookLevel[] _levels = new BookLevel[64];
    bool _hasBest;
    bool _hasDepth;
    bool _bestEnded;

    public RowComparison(LobsterFiles files, ReplayVenue venue, ReplayReport report, OpeningBook? opening)
    {
        (_venue, _report, _messageLevels) = (venue, report, files.Levels);
        foreach (var side in _sides) _knownTo[(int)side] = opening?.EdgeOf(side);
        if (files.Bbo is { } bbo) _bestRows = new(bbo);
        if (files.Orderbook is { } orderbook) _depthRows = new(orderbook);
    }

    /// <summary>Reads the rows of one event. True when the orderbook file shows this row and the one before.</summary>
    public bool ReadRow(int row)
    {
        var followsDepth = _hasDepth;
        if (_hasDepth)
            foreach (var side in _sides) _edgeBefore[(int)side] = _depth.EdgeOf(side);
        _hasDepth = _depthRows is not null && (row == 0 || followsDepth) && _depth.Read(_depthRows);
        if (_hasDepth) _report.DepthLevels = _depth.Levels;

        _hasBest = _bestRows is not null && !_bestEnded && _best.Read(_bestRows);
        if (_bestRows is not null && !_hasBest && !_bestEnded)
        {
            _bestEnded = true;
            _report.Note(Finding.RowsMissing, row, $"the best-price file has ended");
        }
        return _hasDepth && followsDepth;
    }

    /// <summary>Levels that were deeper than the file's row before and are among its levels now, where the book and the file differ.</summary>
    public List<(long Price, long Ours, long Theirs)> NewlyVisible(Side side)
    {
        var differing = new List<(long, long, long)>();
        if (_edgeBefore[(int)side] is not { } from) return differing;
        var to = _depth.EdgeOf(side);
        if (to is { } edge && !SidePrices.IsWorse(side, edge, from)) return differing;

        var ours = Ours(side, int.MaxValue);
        var theirs = _depth.On(side);
        foreach (var level in theirs)
            if (SidePrices.IsWorse(side, level.Price, from))
            {
                var quantity = QuantityAt(ours, level.Price);
                if (quantity != level.Quantity) differing.Add((level.Price, quantity, level.Quantity));
            }
        foreach (var level in ours)
        {
            var isBetween = SidePrices.IsWorse(side, level.Price, from) && (to is null || !SidePrices.IsWorse(side, level.Price, to.Value));
            if (isBetween && !theirs.Any(other => other.Price == level.Price)) differing.Add((level.Price, level.Quantity, 0));
        }
        return differing;
    }

    /// <summary>Compares the rows read with the book.</summary>
    /// <param name="row">The message's row from 0.</param>
    /// <param name="isOrderWaiting">Whether an order waits outside the book since it would cross.</param>
    public void Compare(int row, bool isOrderWaiting)
    {
        if (_hasBest)
        {
            _report.BestRows++;
            if (Difference(_best, 1) is not { } difference) _report.BestRowsEqual++;
            else Note(row, "best", difference, _best.IsCrossed || isOrderWaiting);
        }
        if (_hasDepth)
        {
            _report.DepthRows++;
            if (Difference(_depth, _depth.Levels) is not { } difference) _report.DepthRowsEqual++;
            else Note(row, "levels", difference, _depth.IsCrossed || isOrderWaiting);
        }
        foreach (var side in _sides) Remember(side);
    }

    /// <summary>Notes rows of the files that no message belongs to.</summary>
    public void RequireEnd(int rows)
    {
        if (_bestRows is not null && !_bestEnded && _best.Read(_bestRows)) _report.Note(Finding.RowsMissing, rows, $"the best-price file goes on after the last message");
        if (_hasDepth && _depth.Read(_depthRows!)) _report.Note(Finding.RowsMissing, rows, $"the orderbook file goes on after the last message");
    }

    public void Dispose()
    {
        _bestRows?.Dispose();
        _depthRows?.Dispose();
    }

    void Remember(Side side)
    {
        ref var knownTo = ref _knownTo[(int)side];
        if (_hasDepth)
        {
            knownTo = _depth.EdgeOf(side);
            return;
        }
        // Without the file's levels the book itself tells how deep they reach.
        if (_messageLevels is not { } levels) return;
        var ours = Ours(side, levels);
        if (ours.Length < levels) return;
        var edge = ours[^1].Price;
        if (knownTo is null || SidePrices.IsWorse(side, knownTo.Value, edge)) knownTo = edge;
    }

    /// <summary>The first level that differs, or null.</summary>
    (Side Side, BookLevel Ours, BookLevel Theirs)? Difference(BookRow file, int levels)
    {
        foreach (var side in _sides)
        {
            var ours = Ours(side, levels);
            var theirs = file.On(side);
            for (var at = 0; at < Math.Max(ours.Length, Math.Min(levels, theirs.Count)); at++)
            {
                var our = at < ours.Length ? ours[at] : default;
                var their = at < theirs.Count ? theirs[at] : default;
                if (our.Price != their.Price || our.Quantity != their.Quantity) return (side, our, their);
            }
        }
        return null;
    }

    void Note(int row, string what, (Side Side, BookLevel Ours, BookLevel Theirs) difference, bool isCrossed)
    {
        var (side, ours, theirs) = difference;
        _report.Note(
            isCrossed ? Finding.UnequalCrossedQuote
            : IsBeyondKnown(side, ours, theirs) ? Finding.UnequalBeyondKnownLevels
            : Finding.UnequalRow,
            row, $"{what}, {side}: {ours.Quantity} at {ours.Price} here, {theirs.Quantity} at {theirs.Price} in the file");
    }

    bool IsBeyondKnown(Side side, BookLevel ours, BookLevel theirs) =>
        _knownTo[(int)side] is { } knownTo
        && (ours.Quantity == 0 || SidePrices.IsWorse(side, ours.Price, knownTo))
        && (theirs.Quantity == 0 || SidePrices.IsWorse(side, theirs.Price, knownTo));

    ReadOnlySpan<BookLevel> Ours(Side side, int levels)
    {
        while (true)
        {
            var count = _venue.Depth(side, _levels.AsSpan(0, Math.Min(_levels.Length, levels)));
            if (count == levels || count < _levels.Length) return _levels.AsSpan(0, count);
            Array.Resize(ref _levels, _levels.Length * 2);
        }
    }

    static long QuantityAt(ReadOnlySpan<BookLevel> levels, long price)
    {
        foreach (var level in levels)
            if (level.Price == price) return level.Quantity;
        return 0;
    }
}
