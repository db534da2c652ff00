using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>
/// Orders that the messages take from but never enter: they were in the book before the file's start, or entered deeper than the file's
/// levels. Found by reading ahead, so that each can stand in its level as an order of its own.
/// </summary>
internal sealed class UnseenOrders
{
    /// <summary>One of them, as far as the messages tell.</summary>
    /// <param name="OrderId">The file's number.</param>
    /// <param name="Side">Its side.</param>
    /// <param name="Price">Its price.</param>
    /// <param name="FirstRow">The first event about it.</param>
    /// <param name="FirstExecution">The first execution of it, or <see cref="int.MaxValue"/>.</param>
    /// <param name="Taken">All that the messages take from it: what it must have had at least.</param>
    public sealed record Unseen(long OrderId, Side Side, long Price, int FirstRow, int FirstExecution, long Taken);

    readonly Dictionary<long, Unseen> _byId = [];
    readonly Dictionary<(Side, long), List<Unseen>> _byLevel = [];

    public UnseenOrders(IReadOnlyList<LobsterEvent> events)
    {
        var entered = new HashSet<long>();
        for (var row = 0; row < events.Count; row++)
        {
            var e = events[row];
            if (e.Type == LobsterEventType.Entry) entered.Add(e.OrderId);
            if (e.Type is not (LobsterEventType.Reduction or LobsterEventType.Deletion or LobsterEventType.Execution) || entered.Contains(e.OrderId)) continue;
            var execution = e.Type == LobsterEventType.Execution ? row : int.MaxValue;
            _byId[e.OrderId] = _byId.TryGetValue(e.OrderId, out var known)
                ? known with { Taken = known.Taken + e.Size, FirstExecution = Math.Min(known.FirstExecution, execution) }
                : new(e.OrderId, e.Side, e.Price, row, execution, e.Size);
        }
        foreach (var level in _byId.Values.GroupBy(order => (order.Side, order.Price)))
            _byLevel[level.Key] = [.. level.OrderBy(order => order.FirstExecution).ThenBy(order => order.FirstRow)];
    }

    public int Count => _byId.Count;

    /// <summary>The order, if it is one of them.</summary>
    public Unseen? Find(long orderId) => _byId.GetValueOrDefault(orderId);

    /// <summary>Those of one level whose first event is at or after a row, in the order in which the executions need them to stand.</summary>
    public IEnumerable<Unseen> At(Side side, long price, int fromRow) =>
        _byLevel.TryGetValue((side, price), out var level) ? level.Where(order => order.FirstRow >= fromRow) : [];
}
