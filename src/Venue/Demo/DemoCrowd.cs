using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>A command of one actor at its time.</summary>
readonly record struct DemoCommand(DemoActor Actor, long Time, Command Command);

/// <summary>All actors of the demo market in order of their times. What it does depends on seed, times and exchange alone.</summary>
sealed class DemoCrowd
{
    readonly List<DemoActor> _actors;
    readonly List<SymbolMarket> _markets = [];
    readonly List<Command> _commands = [];
    readonly HashSet<DemoActor> _acted = [];

    public DemoCrowd(IReadOnlyList<long> accounts, IReadOnlyList<DemoListing> listings, long cash, ulong seed)
    {
        foreach (var listing in listings)
            _markets.Add(new SymbolMarket(listing, accounts, new SeededRandom(SeededRandom.Mix(seed + (ulong)_markets.Count))));
        _actors = [new DemoFunding(accounts, listings, cash), .. _markets];
    }

    /// <summary>How many times slower than once a second the makers follow the price.</summary>
    public double Slowness
    {
        set
        {
            foreach (var market in _markets) market.Slowness = value;
        }
    }

    /// <summary>When somebody acts next.</summary>
    public long NextAt => Next().NextAt;

    public void Begin(Exchange exchange, long time)
    {
        foreach (var actor in _actors) actor.Begin(exchange, time);
    }

    /// <summary>
    /// Lets those act whose time has come, in order, until one would act a second time: he has to see first what became of his
    /// commands. The actors have nothing to do with each other, so what the others did need not be seen.
    /// </summary>
    public void Act(Exchange exchange, long until, List<DemoCommand> round)
    {
        _acted.Clear();
        for (var actor = Next(); actor.NextAt <= until && _acted.Add(actor); actor = Next())
        {
            var time = actor.NextAt;
            _commands.Clear();
            actor.Act(exchange, _commands);
            foreach (var command in _commands) round.Add(new DemoCommand(actor, time, command));
        }
    }

    DemoActor Next()
    {
        var next = _actors[0];
        foreach (var actor in _actors)
            if (actor.NextAt < next.NextAt) next = actor;
        return next;
    }
}
