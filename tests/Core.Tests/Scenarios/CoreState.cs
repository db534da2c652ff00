namespace MyTradeX.Core.Tests.Scenarios;

/// <summary>Everything the core lets the world read, in order.</summary>
sealed class CoreState(Exchange core)
{
    public IEnumerable<AccountState> Accounts()
    {
        for (var id = 1L; id <= core.AccountCount; id++)
        {
            DisagreementException.Check(core.TryGetAccount(id, out var account), $"Account {id} is missing.");
            yield return account;
        }
    }

    public IEnumerable<AccountState> AccountsOf(long userId)
    {
        var accounts = new List<AccountState>();
        core.CopyAccounts(userId, accounts);
        return accounts;
    }

    /// <summary>By instrument.</summary>
    public IEnumerable<PositionState> PositionsOf(long accountId)
    {
        var positions = new List<PositionState>();
        core.CopyPositions(accountId, positions);
        return positions.OrderBy(position => position.InstrumentId);
    }

    public IEnumerable<CurrencyState> Currencies()
    {
        for (var id = 1; id <= core.CurrencyCount; id++)
        {
            DisagreementException.Check(core.TryGetCurrency(id, out var currency), $"Currency {id} is missing.");
            yield return currency;
        }
    }

    public IEnumerable<PositionState> Positions()
    {
        for (var account = 1L; account <= core.AccountCount; account++)
        {
            for (var instrument = 1; instrument <= core.InstrumentCount; instrument++)
            {
                if (core.TryGetPosition(account, instrument, out var position)) yield return position;
            }
        }
    }

    public IEnumerable<InstrumentState> Instruments()
    {
        for (var id = 1; id <= core.InstrumentCount; id++)
        {
            DisagreementException.Check(core.TryGetInstrument(id, out var instrument), $"Instrument {id} is missing.");
            yield return instrument;
        }
    }

    /// <summary>Open orders of all accounts by id.</summary>
    public IEnumerable<OrderState> OpenOrders()
    {
        var orders = new List<OrderState>();
        for (var account = 1L; account <= core.AccountCount; account++) core.CopyOpenOrders(account, orders);
        return orders.OrderBy(order => order.Id);
    }

    public IEnumerable<TransferState> ScheduledTransfers()
    {
        var transfers = new List<TransferState>();
        core.CopyScheduledTransfers(transfers);
        return transfers;
    }

    public IEnumerable<TransferState> UnfollowedTransfers()
    {
        var transfers = new List<TransferState>();
        core.CopyUnfollowedTransfers(transfers);
        return transfers;
    }

    public IEnumerable<(long Price, long Quantity, int Orders)> Depth(int instrumentId, Side side)
    {
        var levels = new BookLevel[core.DepthOf(instrumentId, side)];
        var count = core.CopyDepth(instrumentId, side, levels);
        DisagreementException.Check(count == levels.Length, "CopyDepth gives as many levels as there are.");
        return levels.Select(level => (level.Price, level.Quantity, level.OrderCount));
    }

    /// <summary>The events of orders, trades, postings, levels and transfers, in order.</summary>
    public static IReadOnlyList<object> StoryOf(EventBuffer events)
    {
        var story = new List<object>();
        foreach (var told in events)
        {
            switch (told.Kind)
            {
                case EventKind.OrderUpdated: story.Add(told.As<OrderUpdated>()); break;
                case EventKind.TradeExecuted: story.Add(told.As<TradeExecuted>()); break;
                case EventKind.LevelChanged: story.Add(told.As<LevelChanged>()); break;
                case EventKind.LedgerPosted: story.Add(told.As<LedgerPosted>()); break;
                case EventKind.TransferChanged: story.Add(told.As<TransferChanged>()); break;
                default: break;
            }
        }
        return story;
    }
}
