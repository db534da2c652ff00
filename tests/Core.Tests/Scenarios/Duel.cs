using MyTradeX.Core.Tests.Reference;

namespace MyTradeX.Core.Tests.Scenarios;

/// <summary>Core and reference side by side: every command goes to both, and everything they say and hold must agree.</summary>
/// <param name="statesEvery">After how many commands all that they hold is compared; what they say always is.</param>
sealed class Duel(int statesEvery = 1)
{
    CoreState? _state;
    Audit? _audit;
    int _applied;

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
        (_audit ??= new Audit(Core)).Take(Core.Events);
        if (++_applied % statesEvery == 0) CompareStates();
        return ours;
    }

    public void CompareStates()
    {
        _state ??= new CoreState(Core);
        _audit?.CompareStates();
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
        for (var user = 0; user < 5; user++)
            DisagreementException.Check(Core.IsKillSwitchEngaged(user) == Reference.IsKillSwitchEngaged(user), $"The kill switches of user {user} differ.");
    }

    static string Draw(object told) => told is OrderUpdated update ? CommandText.Draw(update.Order) + " " + update.Order : told.ToString()!;
}
