using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>
/// Something in the demo market that acts from time to time. It keeps little: what it does next it reads off the exchange, so it copes
/// with whatever users, administrators or a restart have done in between.
/// </summary>
abstract class DemoActor
{
    /// <summary>When it acts next, microseconds since 1970 UTC of the market's own time.</summary>
    public abstract long NextAt { get; }

    /// <summary>Starts, or starts again after something was missed.</summary>
    public abstract void Begin(Exchange exchange, long time);

    /// <summary>Acts at <see cref="NextAt"/>: adds commands and sets the next time. Changes nothing else.</summary>
    public abstract void Act(Exchange exchange, List<Command> commands);

    /// <summary>Learns that the exchange refused some of the commands, or none.</summary>
    public abstract void Learn(bool refused);
}
