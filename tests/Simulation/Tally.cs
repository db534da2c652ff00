namespace MyTradeX.Simulation;

/// <summary>How often each kind of thing has happened. A simulation in which something never happens says nothing about it.</summary>
sealed class Tally
{
    readonly SortedDictionary<Happening, long> _counts = [];

    public long this[Happening what] => _counts.GetValueOrDefault(what);

    public void Count(Happening what) => _counts[what] = this[what] + 1;

    public void Add(Tally other)
    {
        foreach (var (what, count) in other._counts) _counts[what] = this[what] + count;
    }

    public override string ToString() => string.Join(", ", _counts.Select(pair => $"{pair.Key} {pair.Value:N0}"));
}

/// <summary>What every larger number of seeds must have met.</summary>
enum Happening
{
    /// <summary>The power went while the venue ran or started.</summary>
    PowerLoss,
    /// <summary>The process was killed.</summary>
    Kill,
    /// <summary>The venue was stopped in order.</summary>
    OrderlyStop,
    /// <summary>Of a batch that was being written, nothing was found.</summary>
    BatchLost,
    /// <summary>Of a batch that was being written, a first part was found.</summary>
    BatchCut,
    /// <summary>A batch that was being written was found whole.</summary>
    BatchKept,
    /// <summary>A batch was refused as not written.</summary>
    CommitRefused,
    /// <summary>The outcome of a batch was unknown to the running venue.</summary>
    CommitUnknown,
    /// <summary>SQL could not be written.</summary>
    SqlFailed,
    /// <summary>SQL came back with less than it had before.</summary>
    SqlSetBack,
    /// <summary>A start was refused because of a fault, and went well afterwards.</summary>
    StartRefused,
    /// <summary>Damage in the journal was refused with file and offset.</summary>
    DamageRefused,
    /// <summary>A start began from a snapshot.</summary>
    SnapshotUsed,
    /// <summary>A damaged snapshot lay in the way of a start.</summary>
    SnapshotDamaged,
    /// <summary>A start found a journal without its beginning.</summary>
    JournalTrimmed,
    /// <summary>A record was delivered a second time.</summary>
    DeliveredTwice,
    /// <summary>A record of an earlier epoch that had been given up was delivered late.</summary>
    DeliveredLate,
    /// <summary>A request was answered as repeated.</summary>
    AnswerRepeated,
    /// <summary>Commands were refused at the door.</summary>
    DoorClosed,
    /// <summary>The sequencer worked on while the snapshotter or the projector was on the disk.</summary>
    Interleaved,
    /// <summary>A user began to listen after things had happened.</summary>
    ListenerJoinedLate,
    /// <summary>Announcements were handed on.</summary>
    Relayed,
    /// <summary>Announcements could not be handed on.</summary>
    RelayFailed,
    /// <summary>A start found announcements that waited to be handed on.</summary>
    AnnouncementsWaited,
    /// <summary>The clock went backwards.</summary>
    ClockBack,
}
