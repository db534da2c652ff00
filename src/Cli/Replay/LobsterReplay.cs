using System.Diagnostics;
using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>
/// Drives LOBSTER order flow through the exchange core and compares the book after every event with the file's own.
/// A type 1 message is a limit order, 2 an amendment to a smaller quantity, 3 a cancel, 4 an incoming order that must hit exactly the order named;
/// hidden executions, auctions and halts leave the visible book alone.
/// </summary>
internal sealed class LobsterReplay
{
    const int ProgressEvery = 1_000;

    readonly IReadOnlyList<LobsterEvent> _events;
    readonly ReplayVenue _venue;
    readonly ReplayReport _report;
    readonly RowComparison _comparison;
    readonly RestingOrders _orders = new();
    readonly UnseenOrders _unseen;
    // Orders that the file rests across the spread; they wait here until they can rest.
    readonly List<RestingOrder> _waiting = [];
    int _row;

    LobsterReplay(IReadOnlyList<LobsterEvent> events, ReplayVenue venue, ReplayReport report, RowComparison comparison) =>
        (_events, _venue, _report, _comparison, _unseen) = (events, venue, report, comparison, new(events));

    /// <summary>Replays the files.</summary>
    /// <param name="files">What to replay and compare with.</param>
    /// <param name="progress">Told the share done, 0 to 1; or null.</param>
    public static ReplayReport Run(LobsterFiles files, Action<double>? progress = null)
    {
        var events = LobsterMessages.Read(files.Messages);
        var opening = OpeningBook.Read(files, events);
        var report = new ReplayReport();
        var venue = new ReplayVenue(files.Symbol, files.Date);
        using var comparison = new RowComparison(files, venue, report, opening);
        var replay = new LobsterReplay(events, venue, report, comparison);
        if (opening is not null) replay.Open(opening);
        replay.Run(progress);
        return report;
    }

    void Run(Action<double>? progress)
    {
        var setUp = _venue.Commands;
        var started = Stopwatch.GetTimestamp();
        for (_row = 0; _row < _events.Count; _row++)
        {
            var e = _events[_row];
            _venue.AdvanceTo(e.TimeNs);
            _report.Events[e.Type] = _report.Events.GetValueOrDefault(e.Type) + 1;
            switch (e.Type)
            {
                case LobsterEventType.Entry: Enter(e); break;
                case LobsterEventType.Reduction or LobsterEventType.Deletion: Remove(e); break;
                case LobsterEventType.Execution: Execute(e); break;
                default: break;
            }
            if (_waiting.Count > 0) TryWaiting();
            if (_comparison.ReadRow(_row)) TakeOverNewlyVisible();
            _comparison.Compare(_row, _waiting.Count > 0);
            if (_row % ProgressEvery == 0) progress?.Invoke((double)_row / _events.Count);
        }
        _comparison.RequireEnd(_row);
        _report.Elapsed = Stopwatch.GetElapsedTime(started);
        _report.Commands = _venue.Commands - setUp;
        _report.StateHash = _venue.StateHash();
    }

    void Open(OpeningBook book)
    {
        _venue.AdvanceTo(_events.Count > 0 ? _events[0].TimeNs : 0);
        foreach (var level in book.Bids) PlaceLevel(Side.Buy, level.Price, level.Quantity, fromRow: 0);
        foreach (var level in book.Asks) PlaceLevel(Side.Sell, level.Price, level.Quantity, fromRow: 0);
        (_report.OpeningOrders, _report.OpeningOrdersNamed) = (_orders.Count, _orders.NamedCount);
    }

    /// <summary>
    /// Rests a level that is known only by its total: first the orders that later messages name, in the order in which the executions
    /// need them, then the rest as one order without a name, last in line, where no execution of a named one can reach it.
    /// </summary>
    void PlaceLevel(Side side, long price, long total, int fromRow)
    {
        foreach (var order in _unseen.At(side, price, fromRow))
        {
            if (order.Taken > total || _orders.Find(order.OrderId) is not null) continue;
            Rest(new(order.OrderId, side, price, order.Taken));
            total -= order.Taken;
        }
        if (total > 0) Rest(new(0, side, price, total));
    }

    void Enter(LobsterEvent e)
    {
        if (_orders.Find(e.OrderId) is not null || _waiting.Exists(order => order.LobsterId == e.OrderId))
        {
            _report.Note(Finding.ContradictsOrder, _row, $"order {e.OrderId} is entered again");
            return;
        }
        var order = new RestingOrder(e.OrderId, e.Side, e.Price, e.Size);
        if (Crosses(order))
        {
            _report.Note(Finding.CrossingEntry, _row, $"order {e.OrderId} at {e.Price}, best opposite {_venue.Best(e.Side.Opposite()).Price}");
            _waiting.Add(order);
            return;
        }
        Rest(order);
    }

    void Remove(LobsterEvent e)
    {
        if (Waiting(e)) return;
        var order = _orders.Find(e.OrderId);
        if (order is null && e.Type == LobsterEventType.Reduction) order = EnterUnseen(e);
        if (order is null)
        {
            _report.Note(
                _unseen.Find(e.OrderId) is null ? Finding.ContradictsOrder : Finding.RemovalOfUnseenOrder,
                _row, $"order {e.OrderId}, {e.Size} at {e.Price}");
            return;
        }
        var size = Check(e, order);
        if (e.Type == LobsterEventType.Deletion && size != order.Remaining)
        {
            _report.Note(Finding.ContradictsOrder, _row, $"order {e.OrderId} is deleted with {e.Size}, but has {order.Remaining}");
            size = order.Remaining;
        }
        Take(order, size);
    }

    void Execute(LobsterEvent e)
    {
        _report.Executions++;
        if (Waiting(e)) return;
        var order = _orders.Find(e.OrderId) ?? EnterUnseen(e);
        if (order is null)
        {
            _report.Note(Finding.ContradictsOrder, _row, $"order {e.OrderId} is executed, but has left the book");
            return;
        }
        var size = Check(e, order);
        var best = _venue.Best(order.Side).Price;
        if (best != order.Price)
        {
            _report.Note(Finding.ExecutionBehindBest, _row, $"order {e.OrderId} at {order.Price}, best {best}");
            Take(order, size);
            return;
        }
        var before = _orders.Before(order);
        foreach (var passed in before) MoveBehind(passed, order);

        var code = _venue.Take(order.Side.Opposite(), order.Price, size, out var fills);
        if (code != RejectCode.None) _report.Note(Finding.RefusedByExchange, _row, $"{code} to the order that hits {e.OrderId}");
        if (fills.Count == 1 && fills[0].RestingOrderId == order.OrderId && fills[0].Quantity == size)
        {
            _report.ExecutionsHit++;
            if (before.Count == 0) _report.ExecutionsInOrderOfArrival++;
        }
        else
        {
            _report.Note(Finding.ExecutionHitAnother, _row, $"order {e.OrderId} named, {fills.Count} fills");
        }
        foreach (var fill in fills)
            if (_orders.FindByOrderId(fill.RestingOrderId) is { } hit) Shrink(hit, fill.Quantity);
    }

    /// <summary>Follows the exchange where it passed over an order: that order goes behind the others of its price.</summary>
    void MoveBehind(RestingOrder passed, RestingOrder hit)
    {
        _report.Note(
            passed.LobsterId > hit.LobsterId ? Finding.PassedOverForOlderOrder : Finding.PassedOver,
            _row, $"order {hit.LobsterId} is hit before {Name(passed)} at {hit.Price}");
        Refused(_venue.Cancel(passed.OrderId));
        _orders.Remove(passed);
        Rest(new(passed.LobsterId, passed.Side, passed.Price, passed.Remaining));
    }

    /// <summary>An order that entered deeper than the file's levels and is named now.</summary>
    RestingOrder? EnterUnseen(LobsterEvent e)
    {
        if (_unseen.Find(e.OrderId) is not { } unseen || unseen.FirstRow != _row) return null;
        _report.Note(Finding.ExecutionOfUnseenOrder, _row, $"order {e.OrderId}, at least {unseen.Taken} at {e.Price}");
        var order = new RestingOrder(e.OrderId, e.Side, e.Price, unseen.Taken);
        if (Crosses(order)) return null;
        Rest(order);
        return order;
    }

    /// <summary>
    /// The file's messages are about its own levels only. A price that was deeper than these one row ago and is among them now shows
    /// what happened there unseen, so the book takes it over.
    /// </summary>
    void TakeOverNewlyVisible()
    {
        foreach (var side in (ReadOnlySpan<Side>)[Side.Buy, Side.Sell])
            foreach (var (price, ours, theirs) in _comparison.NewlyVisible(side))
            {
                _report.Note(Finding.LevelCameIntoView, _row, $"{side} {price}: {ours} here, {theirs} in the file");
                if (theirs > ours)
                {
                    PlaceLevel(side, price, theirs - ours, _row + 1);
                    continue;
                }
                // The unnamed go first, then whoever came last: of these the file may still tell something.
                var excess = ours - theirs;
                foreach (var order in _orders.At(side, price).Reverse().OrderBy(order => order.LobsterId != 0).ToList())
                {
                    var size = Math.Min(excess, order.Remaining);
                    if (size > 0) Take(order, size);
                    excess -= size;
                }
            }
    }

    bool Crosses(RestingOrder order)
    {
        var opposite = _venue.Best(order.Side.Opposite());
        return opposite.Quantity > 0 && !SidePrices.IsWorse(order.Side, order.Price, opposite.Price);
    }

    /// <summary>Handles an event about an order that waits outside the book.</summary>
    bool Waiting(LobsterEvent e)
    {
        if (_waiting.Find(order => order.LobsterId == e.OrderId) is not { } order) return false;
        order.Remaining -= e.Size;
        order.Total = order.Remaining;
        if (order.Remaining <= 0 || e.Type == LobsterEventType.Deletion) _waiting.Remove(order);
        if (e.Type == LobsterEventType.Execution)
            _report.Note(Finding.ExecutionHitAnother, _row, $"order {e.OrderId} waits outside the book, since it crossed");
        return true;
    }

    void TryWaiting()
    {
        foreach (var order in _waiting.ToList())
        {
            if (Crosses(order)) continue;
            _waiting.Remove(order);
            Rest(order);
        }
    }

    void Rest(RestingOrder order)
    {
        if (Refused(_venue.Rest(order.Side, order.Price, order.Remaining, out var id))) return;
        order.OrderId = id;
        _orders.Add(order);
    }

    /// <summary>Takes quantity away without a trade; the order keeps its place.</summary>
    void Take(RestingOrder order, long size)
    {
        if (size >= order.Remaining)
        {
            Refused(_venue.Cancel(order.OrderId));
            _orders.Remove(order);
            return;
        }
        order.Total -= size;
        order.Remaining -= size;
        Refused(_venue.Reduce(order.OrderId, order.Total));
    }

    void Shrink(RestingOrder order, long traded)
    {
        order.Remaining -= traded;
        if (order.Remaining == 0) _orders.Remove(order);
    }

    long Check(LobsterEvent e, RestingOrder order)
    {
        if (e.Price != order.Price || e.Side != order.Side)
            _report.Note(Finding.ContradictsOrder, _row, $"order {e.OrderId} is a {order.Side} at {order.Price}, the message says {e.Side} at {e.Price}");
        if (e.Size > order.Remaining)
            _report.Note(Finding.ContradictsOrder, _row, $"order {e.OrderId} has {order.Remaining}, the message takes {e.Size}");
        return Math.Min(e.Size, order.Remaining);
    }

    bool Refused(RejectCode code)
    {
        if (code == RejectCode.None) return false;
        _report.Note(Finding.RefusedByExchange, _row, $"{code}");
        return true;
    }

    static string Name(RestingOrder order) => order.LobsterId == 0 ? "an unnamed order" : $"{order.LobsterId}";
}
