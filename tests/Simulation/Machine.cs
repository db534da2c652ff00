using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Simulation.Checkers;
using MyTradeX.Simulation.Disks;
using MyTradeX.Simulation.Mutants;
using MyTradeX.Store;
using MyTradeX.Venue;
using TradingVenue = MyTradeX.Venue.Venue;

namespace MyTradeX.Simulation;

/// <summary>
/// A machine with one disk, one clock and a venue on it, which lives until it is stopped, killed or without power. Everything that runs on
/// it is the product's own code, one step at a time on the caller's thread.
/// </summary>
sealed class Machine
{
    readonly int _seed;
    readonly Random _random;
    readonly History _history;
    readonly Mutant? _mutant;
    readonly bool _delivers;
    readonly bool _isSlow;
    bool _isMeanwhile;

    public Machine(int seed, History history, Mutant? mutant, Tally tally)
    {
        (_seed, _history, _mutant, Tally, _random) = (seed, history, mutant, tally, new Random(seed ^ 0x5eed));
        Disk = new SimulatedDisk(seed) { KeptAfterFailedSync = SqliteOnSimulatedDisk.IsSql };
        MigratedDatabase.PutOn(Disk);
        mutant?.Spoil(Disk);
        SqlPath = SqliteOnSimulatedDisk.Attach(Disk);
        _delivers = _random.Next(2) == 0;
        _isSlow = _random.Next(3) == 0;
        Options = new VenueOptions
        {
            JournalFolder = "",
            QueueCapacity = _random.Next(5) == 0 ? 3 : 64,
            BatchMax = _random.Next(1, 24),
            SnapshotEvery = _random.Next(10, 120),
            SnapshotsKept = _random.Next(2, 4),
            ProjectionBacklogBytes = _random.Next(5) == 0 ? 20_000 : 1 << 20,
        };
        Disk.Working = () =>
        {
            if (_isSlow && _random.Next(6) == 0) Clock.Move(TimeSpan.FromMilliseconds(_random.Next(1, 4_000)));
            if (Meanwhile is not { } work || _isMeanwhile || _random.Next(3) > 0) return;
            _isMeanwhile = true;
            work();
            _isMeanwhile = false;
            Tally.Count(Happening.Interleaved);
        };
    }

    /// <summary>What goes on elsewhere while something works on the disk: called now and then between two of its operations.</summary>
    public Action? Meanwhile { get; set; }

    public Tally Tally { get; }

    public SimulatedDisk Disk { get; }

    public History History => _history;

    public SimulatedClock Clock { get; } = new();

    public VenueOptions Options { get; }

    public string SqlPath { get; }

    public ObservedLog? Log { get; private set; }

    public Database Database { get; private set; } = null!;

    public TradingVenue Venue { get; private set; } = null!;

    public BookFollower Follower { get; private set; } = null!;

    /// <summary>Starts the venue. What it refuses to start with comes out as it is; the process is dead then.</summary>
    public void Start()
    {
        Database = Database.Create(StoreOptions.Sqlite(SqlPath));
        try
        {
            Venue = TradingVenue.OpenAsync(Options, Ground(), Database, Clock, NullLogger.Instance).GetAwaiter().GetResult();
        }
        catch
        {
            Disk.Halt();
            CloseDatabase();
            throw;
        }
        Follower = new BookFollower(Venue.Events, Venue.Read(0, static (exchange, _) => exchange));
        _mutant?.AfterStart(this);
    }

    /// <summary>Stops the venue as an operator does: it works off what it took, writes history, closes its files.</summary>
    /// <returns>False when the power went before it was done.</returns>
    public bool Stop()
    {
        try
        {
            Venue.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (PowerLostException)
        {
            CloseDatabase();
            return false;
        }
        CloseDatabase();
        return !Disk.IsHalted;
    }

    /// <summary>The process ends here and now.</summary>
    public void Abandon()
    {
        Disk.Halt();
        Stop();
    }

    /// <summary>What a power loss leaves of the disk is there when this returns; of a killed process, everything.</summary>
    public void Restart(bool powerLoss)
    {
        if (powerLoss) Disk.Crash();
        else Disk.Kill();
        Disk.CapacityBytes = long.MaxValue;
        Meanwhile = null;
        _isMeanwhile = false;
        _mutant?.AfterCrash(this);
    }

    /// <summary>Nothing will run on it any more.</summary>
    public void Discard() => SqliteOnSimulatedDisk.Detach(SqlPath);

    /// <summary>Looks at the disk from outside. A fault that is planned for a read of the venue's stays planned.</summary>
    public void Observe(Action<SimulatedDisk> look)
    {
        var (flip, misdirect) = (Disk.FlipBitOfNextRead, Disk.MisdirectNextRead);
        Disk.FlipBitOfNextRead = Disk.MisdirectNextRead = false;
        try
        {
            look(Disk);
        }
        finally
        {
            (Disk.FlipBitOfNextRead, Disk.MisdirectNextRead) = (flip, misdirect);
        }
    }

    VenueGround Ground() => new()
    {
        Disk = Disk,
        LogOptions = new FileLogOptions { SegmentBytes = 16 * 1024, MaxRecordBytes = 4 * 1024, PrepareInBackground = false, NewLogId = new Guid(_seed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10) },
        RunsThreads = false,
        Through = log =>
        {
            Observe(_history.Reconcile);
            return Log = new ObservedLog(_mutant?.Spoil(log) ?? log, _history, _random, _delivers, Tally);
        },
    };

    void CloseDatabase() => Database.DisposeAsync().AsTask().GetAwaiter().GetResult();
}
