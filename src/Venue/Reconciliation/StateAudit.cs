using MyTradeX.Core;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// What must hold within one state of the exchange, whatever the trading rules are: money and shares are conserved, holds are what open
/// orders reserve, books are the sum of their orders. Takes time and memory in proportion to the state; to be run on a replica.
/// </summary>
public sealed class StateAudit
{
    readonly Exchange _exchange;
    readonly Findings _findings;
    readonly List<OrderState> _orders = [];
    readonly List<PositionState> _positions = [];
    readonly Dictionary<int, long> _reservedShares = [];
    readonly Dictionary<(int Instrument, Side Side, long Price), (long Quantity, int Orders)> _levels = [];
    readonly Int128[] _cash;
    readonly Int128[] _shares;
    readonly Int128[] _ownedShares;
    long _openOrders;

    StateAudit(Exchange exchange, Findings findings)
    {
        (_exchange, _findings) = (exchange, findings);
        _cash = new Int128[exchange.CurrencyCount + 1];
        _shares = new Int128[exchange.InstrumentCount + 1];
        _ownedShares = new Int128[exchange.InstrumentCount + 1];
    }

    /// <summary>Audits a state.</summary>
    public static void Run(Exchange exchange, Findings findings) => new StateAudit(exchange, findings).Run();

    void Run()
    {
        for (var id = 1L; id <= _exchange.AccountCount; id++)
        {
            if (_exchange.TryGetAccount(id, out var account)) Check(in account);
            else _findings.Add(AuditCheck.Orders, $"account {id}", "is missing");
        }
        _findings.Require(_openOrders == _exchange.OpenOrderCount, AuditCheck.Orders, $"venue", $"counts {_exchange.OpenOrderCount} open orders; its accounts have {_openOrders}");
        CheckConservation();
        CheckBooks();
    }

    void Check(in AccountState account)
    {
        _orders.Clear();
        _positions.Clear();
        _reservedShares.Clear();
        _exchange.CopyOpenOrders(account.Id, _orders);
        _exchange.CopyPositions(account.Id, _positions);
        Int128 reserved = 0;
        foreach (var order in _orders) reserved += Reserved(in order, in account);
        _openOrders += _orders.Count;
        _cash[account.CurrencyId] += account.Balance;

        var mayOwe = account.Type == AccountType.Issuance;
        var (id, balance, held, open) = (account.Id, account.Balance, account.Held, account.OpenOrders);
        _findings.Require(held == reserved, AuditCheck.Holds, $"account {id}", $"holds {held}; its open buy orders reserve {reserved}");
        _findings.Require(held >= 0 && (mayOwe || balance - held >= 0), AuditCheck.Holds, $"account {id}", $"has {balance} and holds {held} of it");
        _findings.Require(open == _orders.Count, AuditCheck.Orders, $"account {id}", $"counts {open} open orders and has {_orders.Count}");
        foreach (var position in _positions) Check(in position, mayOwe);
        foreach (var (instrument, shares) in _reservedShares)
            _findings.Add(AuditCheck.Holds, $"position {id}/{instrument}", $"is missing; open sell orders reserve {shares} of it");
        _findings.Counted(AuditCheck.Holds, 1 + _positions.Count);
        _findings.Counted(AuditCheck.Orders, _orders.Count);
    }

    void Check(in PositionState position, bool mayOwe)
    {
        _reservedShares.Remove(position.InstrumentId, out var reserved);
        var (account, instrument, quantity, held) = (position.AccountId, position.InstrumentId, position.Quantity, position.Held);
        _findings.Require(held == reserved, AuditCheck.Holds, $"position {account}/{instrument}", $"holds {held}; open sell orders reserve {reserved}");
        _findings.Require(held >= 0 && (mayOwe || quantity - held >= 0), AuditCheck.Holds, $"position {account}/{instrument}", $"has {quantity} and holds {held} of it");
        _shares[instrument] += quantity;
        if (!mayOwe) _ownedShares[instrument] += quantity;
    }

    /// <summary>The money that an order reserves; its shares and its place in the book are noted.</summary>
    long Reserved(in OrderState order, in AccountState account)
    {
        var (id, filled, quantity, status, owner, expected) = (order.Id, order.Filled, order.Quantity, order.Status, order.AccountId, account.Id);
        _findings.Require(owner == expected, AuditCheck.Orders, $"order {id}", $"is of account {owner} and listed by account {expected}");
        _findings.Require(
            filled >= 0 && filled < quantity && status == (filled == 0 ? OrderStatus.New : OrderStatus.Partial), AuditCheck.Orders,
            $"order {id}", $"is open and {status} with {filled} of {quantity} traded");
        var rests = order.Type == OrderType.Limit || (order.Type == OrderType.StopLimit && order.Triggered);
        if (rests)
        {
            var (levelQuantity, levelOrders) = _levels.GetValueOrDefault((order.InstrumentId, order.Side, order.Price));
            _levels[(order.InstrumentId, order.Side, order.Price)] = (levelQuantity + order.Remaining, levelOrders + 1);
        }
        if (order.Side == Side.Sell)
        {
            _reservedShares[order.InstrumentId] = _reservedShares.GetValueOrDefault(order.InstrumentId) + order.Remaining;
            return 0;
        }
        _exchange.TryGetHeldCash(id, out var held);
        _exchange.TryGetInstrument(order.InstrumentId, out var instrument);
        var (remaining, price, cost) = (order.Remaining, order.Price, (Int128)order.Price * order.Remaining * instrument.NotionalMultiplier);
        _findings.Require(held >= cost, AuditCheck.Holds, $"order {id}", $"reserves {held} for {remaining} at {price}, which cost {cost}");
        return held;
    }

    void CheckConservation()
    {
        for (var id = 1; id <= _exchange.CurrencyCount; id++)
        {
            _exchange.TryGetCurrency(id, out var currency);
            _exchange.TryGetAccount(currency.IssuanceAccountId, out var issuance);
            var (code, sum, issued, owed) = (currency.Code, _cash[id], currency.Issued, -issuance.Balance);
            _findings.Require(sum == 0, AuditCheck.Conservation, $"{code}", $"balances sum to {sum}, not to zero");
            _findings.Require(owed == issued, AuditCheck.Conservation, $"{code}", $"{issued} were brought in; the issuance account owes {owed}");
        }
        for (var id = 1; id <= _exchange.InstrumentCount; id++)
        {
            _exchange.TryGetInstrument(id, out var instrument);
            var (symbol, sum, issued, owned) = (instrument.Symbol, _shares[id], instrument.Issued, _ownedShares[id]);
            _findings.Require(sum == 0, AuditCheck.Conservation, $"{symbol}", $"positions sum to {sum}, not to zero");
            _findings.Require(owned == issued, AuditCheck.Conservation, $"{symbol}", $"{issued} were brought in and {owned} are owned");
        }
        _findings.Counted(AuditCheck.Conservation, _exchange.CurrencyCount + _exchange.InstrumentCount);
    }

    void CheckBooks()
    {
        for (var id = 1; id <= _exchange.InstrumentCount; id++)
        {
            var bid = CheckSide(id, Side.Buy);
            var ask = CheckSide(id, Side.Sell);
            _findings.Require(bid is null || ask is null || bid < ask, AuditCheck.Books, $"book {id}", $"is crossed: {bid} bid, {ask} asked");
        }
        foreach (var ((instrument, side, price), (quantity, orders)) in _levels)
            _findings.Add(AuditCheck.Books, $"book {instrument}", $"has no {side} level at {price}, where {orders} orders rest with {quantity}");
    }

    long? CheckSide(int instrument, Side side)
    {
        var levels = new BookLevel[_exchange.DepthOf(instrument, side)];
        var count = _exchange.CopyDepth(instrument, side, levels);
        foreach (var level in levels.AsSpan(0, count))
        {
            _levels.Remove((instrument, side, level.Price), out var resting);
            var (price, quantity, orders) = (level.Price, level.Quantity, level.OrderCount);
            _findings.Require(
                resting == (quantity, orders), AuditCheck.Books, $"book {instrument}",
                $"has {quantity} in {orders} orders on the {side} level at {price}; {resting.Quantity} in {resting.Orders} orders rest there");
        }
        _findings.Counted(AuditCheck.Books, count);
        return count == 0 ? null : levels[0].Price;
    }
}
