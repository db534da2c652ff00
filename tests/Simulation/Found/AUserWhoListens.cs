using MyTradeX.Simulation.Checkers;
using MyTradeX.Simulation.Clients;

namespace MyTradeX.Simulation.Found;

/// <summary>What the simulation has found about who is told what happens.</summary>
public sealed class AUserWhoListens
{
    [Fact]
    public void since_before_the_clock_was_set_back_is_told_what_happens_after_it()
    {
        var (script, listeners, outbox) = Listening();
        script.Machine.Clock.Move(TimeSpan.FromHours(26));
        listeners.Join(1, "order.filled");
        script.Machine.Clock.Move(TimeSpan.FromHours(-26));

        script.Trade(1_000_000);
        script.Project();

        Assert.True(listeners.Relay() > 0);
        Assert.Equal(0, outbox.Check(script.Machine.Database, listeners.Known));
        script.Machine.Abandon();
    }

    [Fact]
    public void since_after_the_clock_was_set_back_is_not_told_what_had_happened_before()
    {
        var (script, listeners, outbox) = Listening();
        script.Machine.Clock.Move(TimeSpan.FromHours(26));
        script.Trade(1_000_000);
        script.Machine.Clock.Move(TimeSpan.FromHours(-26));
        listeners.Join(1, "order.filled");

        script.Project();

        Assert.True(listeners.Relay() > 0);
        Assert.Equal(0, outbox.Check(script.Machine.Database, listeners.Known));
        script.Machine.Abandon();
    }

    static (Script Script, Listeners Listeners, Outbox Outbox) Listening()
    {
        var script = new Script();
        script.Machine.Start();
        script.List();
        script.Project();
        return (script, new Listeners(new Random(1), script.Machine, mutant: null, new Trace()), new Outbox(script.History));
    }
}
