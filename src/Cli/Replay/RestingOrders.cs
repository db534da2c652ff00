using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>Who stands where, kept beside the exchange, so that a replay can tell which order the exchange ought to hit.</summary>
internal sealed class RestingOrders
{
    readonly Dictionary<long, RestingOrder> _byLobsterId = [];
    readonly Dictionary<long, RestingOrder> _byOrderId = [];
    readonly Dictionary<(Side, long), LinkedList<RestingOrder>> _levels = [];

    public int Count => _byOrderId.Count;

    /// <summary>Those that the file gives a number.</summary>
    public int NamedCount => _byLobsterId.Count;

    public RestingOrder? Find(long lobsterId) => _byLobsterId.GetValueOrDefault(lobsterId);

    public RestingOrder? FindByOrderId(long orderId) => _byOrderId.GetValueOrDefault(orderId);

    /// <summary>The orders of a level, first in line first.</summary>
    public IReadOnlyCollection<RestingOrder> At(Side side, long price) =>
        _levels.TryGetValue((side, price), out var level) ? level : [];

    /// <summary>Those who stand before an order at its price.</summary>
    public List<RestingOrder> Before(RestingOrder order) =>
        [.. _levels[(order.Side, order.Price)].TakeWhile(other => other != order)];

    /// <summary>Adds an order at the end of its level.</summary>
    public void Add(RestingOrder order)
    {
        if (order.LobsterId != 0) _byLobsterId.Add(order.LobsterId, order);
        _byOrderId.Add(order.OrderId, order);
        if (!_levels.TryGetValue((order.Side, order.Price), out var level)) _levels[(order.Side, order.Price)] = level = [];
        level.AddLast(order);
    }

    public void Remove(RestingOrder order)
    {
        _byLobsterId.Remove(order.LobsterId);
        _byOrderId.Remove(order.OrderId);
        var level = _levels[(order.Side, order.Price)];
        level.Remove(order);
        if (level.Count == 0) _levels.Remove((order.Side, order.Price));
    }
}
