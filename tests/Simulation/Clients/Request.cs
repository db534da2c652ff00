using MyTradeX.Core;

namespace MyTradeX.Simulation.Clients;

/// <summary>Something that a client wants done, and what he knows of it.</summary>
sealed class Request(ulong id, Command command, bool mayRepeat)
{
    public ulong Id => id;

    public Command Command => command;

    /// <summary>Whether it has a key or a client order id, so that it may be sent again.</summary>
    public bool MayRepeat => mayRepeat;

    /// <summary>Sendings that were not refused.</summary>
    public int Sent { get; set; }

    /// <summary>Sendings whose outcome never came: the answer is unknown, or the venue died.</summary>
    public int Unknown { get; set; }

    /// <summary>Answers that came.</summary>
    public List<CommandResult> Answers { get; } = [];

    /// <summary>Whether the client still has to find out what became of it.</summary>
    public bool IsOpen => Answers.Count == 0 && Unknown > 0;
}
