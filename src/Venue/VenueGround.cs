using MyTradeX.Journal;
using MyTradeX.Journal.Disks;

namespace MyTradeX.Venue;

/// <summary>What a venue stands on: the real disk and threads of its own, or a simulated disk and whoever takes the steps.</summary>
sealed record VenueGround
{
    /// <summary>The folder of journal and snapshots.</summary>
    public required IDisk Disk { get; init; }

    /// <summary>How the journal uses it.</summary>
    public FileLogOptions LogOptions { get; init; } = new();

    /// <summary>What stands between the venue and its journal: nothing, unless the journal's own faults are simulated.</summary>
    public Func<ICommandLog, ICommandLog> Through { get; init; } = static log => log;

    /// <summary>False keeps sequencer, projector and snapshotter without threads: nothing happens but by <see cref="Venue.Workers"/>' steps.</summary>
    public bool RunsThreads { get; init; } = true;
}
