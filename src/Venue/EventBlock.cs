using MyTradeX.Core;
using MyTradeX.Journal;

namespace MyTradeX.Venue;

/// <summary>The events of a run of commands, handed to every subscriber. Never changed after it is published.</summary>
/// <param name="Bytes">The events: see <see cref="EventReader"/>.</param>
/// <param name="FirstSequence">First command of the run.</param>
/// <param name="LastSequence">Last command of the run; commands without events count too.</param>
/// <param name="Anchor">The journal's record of the last command.</param>
public sealed record EventBlock(byte[] Bytes, long FirstSequence, long LastSequence, LogAnchor Anchor)
{
    /// <summary>Walks the events.</summary>
    public EventReader GetEnumerator() => new(Bytes);
}
