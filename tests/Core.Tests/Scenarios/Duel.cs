using MyTradeX.Core.Tests.Reference;
using MyTradeX.Venue.Reconciliation;

namespace MyTradeX.Core.Tests.Scenarios;

/// <summary>Core and reference side by side: every command goes to both, and everything they say and hold must agree, also in the eyes of the auditors.</summary>
sealed class Duel
{
    readonly int _statesEvery;
    readonly Findings _findings = new();
    readonly EventAudit _audit;
    CoreState? _state;
    int _applied;

    /// <param name="statesEvery">After how many commands all that they hold is compared; what they say always is.</param>
    public Duel(int statesEvery = 1)
    {
        _statesEvery = statesEvery;
        _audit = new EventAudit(Core, _findings);
    }

    public Exchange Core { get; } = new();

    public NaiveExchange Reference { get; } = new();

    /// <summary>The core's events of the last command, read from its bytes: orders, trades, postings and levels.</summary>
    public IReadOnlyList<object> Events { get; private set; } = [];

    public CommandResult Apply(in Command command)
    {
        Core.Events.Clear();
        Core.Apply(in command, out var ours);
        Reference.Apply(in command, out var theirs);
        // What an InvalidCommand saw is said for people; the page does not rule it.
        if (ours.Code == RejectCode.InvalidCommand) ours.Observed = ours.Limit = ours.Suggested = 0;
        DisagreementException.Compare(CommandText.Draw(ours), CommandText.Draw(theirs), "The results differ.");
        DisagreementException.Check(ours.Time == theirs.Time, $"The results' times differ: {ours.Time} and {theirs.Time}.");
        DisagreementException.Compare(ours.Order, theirs.Order, "The orders in the results differ.");
        Events = CoreState.StoryOf(Core.Events);
        DisagreementException.CompareAll(Events, Reference.Events, "The events differ.", Draw);
        _audit.Take(Core.Events);
        CheckFindings();
        if (++_applied % _statesEvery == 0) CompareStates();
        return ours;
    }

    public void CompareStates()
    {
        _state ??= new CoreState(Core);
        _audit.Compare();
        StateAudit.Run(Core, _findings);
        CheckFindings();
        DisagreementException.Compare(Core.Sequence, Reference.Sequence, "The sequences differ.");
        DisagreementException.CompareAll(_state.Accounts(), Reference.Accounts, "The accounts differ.");
        DisagreementException.CompareAll(_state.Positions(), Reference.Positions, "The positions differ.");
        DisagreementException.CompareAll(_state.OpenOrders(), Reference.OpenOrders, "The open orders differ.");
        DisagreementException.CompareAll(_state.Instruments(), Reference.Instruments, "The instruments differ.");
        foreach (var instrument in Reference.Instruments)
        {
            foreach (var side in (ReadOnlySpan<Side>)[Side.Buy, Side.Sell])
                DisagreementException.CompareAll(_state.Depth(instrument.Id, side), Reference.Depth(instrument.Id, side), $"The {side} levels of {instrument.Symbol} differ.");
        }
        CompareLookUps(_state);
    }

    void CheckFindings() => DisagreementException.Check(_findings.Count == 0, string.Join('\n', _findings.Kept));

    /// <summary>The same things, found by other ways in.</summary>
    void CompareLookUps(CoreState state)
    {
        DisagreementException.CompareAll(state.Currencies().Select(currency => (currency.Id, currency.Code, (int)currency.Scale, currency.FeeAccountId, currency.IssuanceAccountId)),
            Reference.Currencies.Select(currency => (currency.Id, currency.Code, currency.Scale, currency.FeeAccountId, currency.IssuanceAccountId)), "The currencies differ.");
        foreach (var currency in state.Currencies())
        {
            DisagreementException.Check(Core.TryFindCurrency(currency.Code, out var found) && found == currency.Id, $"{currency.Code} is found as {found}.");
            var issuance = Reference.Accounts.First(account => account.Id == currency.IssuanceAccountId);
            DisagreementException.Compare(currency.Issued, -issuance.Balance, $"The {currency.Code} issued differ.");
        }
        foreach (var instrument in Reference.Instruments)
            DisagreementException.Check(Core.TryFindInstrument(instrument.Symbol, out var found) && found == instrument.Id, $"{instrument.Symbol} is found as {found}.");
        foreach (var order in Reference.OpenOrders)
            DisagreementException.Check(Core.TryGetOrder(order.Id, out var found) && found == order, $"Order {order.Id} is found as {found}.");
        DisagreementException.Check(Core.OpenOrderCount == Reference.OpenOrders.Count(), $"{Core.OpenOrderCount} orders are open.");
        DisagreementException.CompareAll(state.ScheduledTransfers(), Reference.ScheduledTransfers, "The scheduled transfers differ.");
        DisagreementException.CompareAll(state.UnfollowedTransfers(), Reference.UnfollowedTransfers, "The transfers that none follows differ.");
        foreach (var transfer in Reference.ScheduledTransfers)
            DisagreementException.Check(Core.TryGetScheduledTransfer(transfer.Id, out var found) && found == transfer, $"Transfer {transfer.Id} is found as {found}.");
        foreach (var account in Reference.Accounts)
            DisagreementException.Compare(Core.SentOnDayOf(account.Id, Core.Time), Reference.SentOnDayOf(account.Id, Core.Time), $"What account {account.Id} has sent today differs.");
        var deadlines = Reference.Instruments.Select(instrument => instrument.DayEndsAt).Concat(Reference.ScheduledTransfers.Select(transfer => transfer.RunAt));
        DisagreementException.Compare(Core.NextDeadline, deadlines.DefaultIfEmpty(long.MaxValue).Min(), "The next deadlines differ.");
        for (var user = 1; user < 5; user++)
        {
            DisagreementException.CompareAll(state.AccountsOf(user), Reference.Accounts.Where(account => account.OwnerId == user), $"The accounts of user {user} differ.");
            DisagreementException.Check(Core.IsKillSwitchEngaged(user) == Reference.IsKillSwitchEngaged(user), $"The kill switches of user {user} differ.");
        }
        foreach (var account in Reference.Accounts)
            DisagreementException.CompareAll(state.PositionsOf(account.Id), Reference.Positions.Where(position => position.AccountId == account.Id), $"The positions of account {account.Id} differ.");
    }

    static string Draw(object told) => told is OrderUpdated update ? CommandText.Draw(update.Order) + " " + update.Order : told.ToString()!;
}
