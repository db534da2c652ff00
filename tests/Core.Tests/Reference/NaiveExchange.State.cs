namespace MyTradeX.Core.Tests.Reference;

/// <summary>The whole state, to be looked at.</summary>
sealed partial class NaiveExchange
{
    public IReadOnlyList<NaiveCurrency> Currencies => _currencies;

    public IEnumerable<InstrumentState> Instruments => _instruments.Select(instrument => instrument.State);

    public IEnumerable<AccountState> Accounts => _accounts.Select(account => account with
    {
        Held = HeldMoney(account.Id),
        OpenOrders = _orders.Count(order => order.State.AccountId == account.Id),
    });

    public IEnumerable<PositionState> Positions => _positions.Values.Select(position => position.Today(_instruments[position.State.InstrumentId - 1]) with
    {
        Held = HeldShares(position.State.AccountId, position.State.InstrumentId),
    });

    /// <summary>Open orders by id.</summary>
    public IEnumerable<OrderState> OpenOrders => _orders.Select(order => order.State).OrderBy(order => order.Id);

    public bool IsKillSwitchEngaged(long userId) => _killed.Contains(userId);

    /// <summary>What rests at a price.</summary>
    (long Price, long Quantity, int Orders) Level(int instrumentId, Side side, long price) =>
        Depth(instrumentId, side).FirstOrDefault(level => level.Price == price);

    /// <summary>The book of one side, best level first.</summary>
    public IEnumerable<(long Price, long Quantity, int Orders)> Depth(int instrumentId, Side side)
    {
        var levels = _orders
            .Where(order => order.State.InstrumentId == instrumentId && order.State.Side == side && order.Whereabouts == Whereabouts.Resting)
            .GroupBy(order => order.State.Price)
            .Select(level => (Price: level.Key, Quantity: level.Sum(order => order.State.Remaining), Orders: level.Count()));
        return side == Side.Buy ? levels.OrderByDescending(level => level.Price) : levels.OrderBy(level => level.Price);
    }
}
