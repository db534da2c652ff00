using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>
/// Keeps the participants able to trade: whoever has less than a quarter of his money or shares free gets the whole once more, from
/// issuance by ordinary commands. A new participant has nothing, so he is funded by the same rule, and a rule that looks at
/// balances can be run again after any crash.
/// </summary>
/// <remarks>Fees and the spread cost a taker about 1 % of his money in a day, so in the long run this is a command every few months.</remarks>
sealed class DemoFunding(IReadOnlyList<long> accounts, IReadOnlyList<DemoListing> listings, long cash) : DemoActor
{
    const long EveryUs = 60_000_000;

    long _nextAt;

    public override long NextAt => _nextAt;

    public override void Begin(Exchange exchange, long time) => _nextAt = time;

    public override void Act(Exchange exchange, List<Command> commands)
    {
        _nextAt += EveryUs;
        foreach (var id in accounts)
        {
            if (!exchange.TryGetAccount(id, out var account)) continue;
            if (account.Available < cash / 4) commands.Add(Command.From(0, new Deposit { AccountId = id, Amount = cash }));
            foreach (var listing in listings)
            {
                exchange.TryGetPosition(id, listing.InstrumentId, out var position);
                exchange.TryGetInstrument(listing.InstrumentId, out var instrument);
                if (position.Available >= listing.Shares / 4) continue;
                commands.Add(Command.From(0, new DeliverPosition
                {
                    AccountId = id,
                    InstrumentId = listing.InstrumentId,
                    Quantity = listing.Shares,
                    UnitCost = instrument.ReferencePrice,
                }));
            }
        }
    }

    // Refused only when all that may ever be issued has been: then there is nothing to be done.
    public override void Learn(bool refused) { }
}
