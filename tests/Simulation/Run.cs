using MyTradeX.Simulation.Checkers;
using MyTradeX.Simulation.Clients;
using MyTradeX.Simulation.Disks;
using MyTradeX.Simulation.Mutants;

namespace MyTradeX.Simulation;

/// <summary>
/// One seed: a few lives of one venue, each a random order of the steps that clients, sequencer, projector, snapshotter, clock and misfortune
/// take, and a last life without faults in which everything must come right.
/// </summary>
sealed class Run
{
    readonly Random _random;
    readonly Machine _machine;
    readonly Crowd _crowd;
    readonly Listeners _listeners;
    readonly bool _hasListeners;
    readonly Faults _faults;
    readonly Recoveries _recoveries;

    Run(int seed, Mutant? mutant)
    {
        _random = new Random(seed);
        History = new History(Tally);
        _machine = new Machine(seed, History, mutant, Tally);
        _crowd = new Crowd(_random, History, Trace, Tally);
        _listeners = new Listeners(_random, _machine, mutant, Trace);
        _hasListeners = _random.Next(2) == 0;
        _faults = new Faults(_random, _machine, Trace);
        _recoveries = new Recoveries(_machine, History, _listeners, _faults, Trace);
    }

    public Trace Trace { get; } = new();

    public Tally Tally { get; } = new();

    public History History { get; }

    /// <summary>Operations of the disk, and answers given, for whoever wants to know how much a run was.</summary>
    public (int Operations, int Answers, int Commands) Size => (_machine.Disk.Operations, _crowd.Answered, (int)History.Exchange.Sequence);

    /// <summary>Plays a seed.</summary>
    /// <exception cref="BrokenPromiseException">A promise did not hold; the message has the last steps.</exception>
    public static Run Of(int seed, Mutant? mutant = null)
    {
        var run = new Run(seed, mutant);
        try
        {
            run.Play();
            return run;
        }
#pragma warning disable CA1031 // Whatever comes out of the venue unexpectedly is a finding, and is told with its seed.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            throw new BrokenPromiseException($"{failure.Message}\n\nThe last steps:\n  {string.Join("\n  ", run.Trace.LastLines)}\n\n{(failure is BrokenPromiseException ? "" : failure.ToString())}", failure);
        }
        finally
        {
            run._machine.Discard();
        }
    }

    void Play()
    {
        for (var lives = _random.Next(1, 6); lives > 0; lives--)
        {
            if (!Begin()) continue;
            Live(_random.Next(10, 140));
            End();
        }
        LastLife();
    }

    /// <summary>Starts the venue, perhaps with faults. False when it dies doing so.</summary>
    bool Begin()
    {
        if (_random.Next(3) == 0) _faults.DamageSnapshot();
        if (_random.Next(4) == 0) _recoveries.CheckDamageIsRefused(_random);
        if (_random.Next(5) == 0) _faults.PlanPowerLoss(30);
        else if (_random.Next(4) == 0) _faults.Plan();
        if (_recoveries.Start()) return true;
        Restart(powerLoss: _random.Next(2) == 0);
        return false;
    }

    void Live(int steps)
    {
        for (; steps > 0 && !_machine.Disk.IsHalted; steps--)
        {
            try
            {
                Step();
            }
            catch (PowerLostException)
            {
                Trace.Note("power lost");
            }
            if (_machine.Disk.IsHalted) return;
            _faults.Step();
            CheckLive();
        }
    }

    void Step()
    {
        var (sequencer, projector, snapshotter) = _machine.Venue.Workers;
        switch (_random.Next(_hasListeners ? 110 : 100))
        {
            case < 30:
                for (var count = Workload.IsMarket(History.Exchange) ? _random.Next(1, 9) : 1; count > 0; count--) _crowd.SendNew(_machine.Venue);
                break;
            case < 40: _crowd.SendAgain(_machine.Venue); break;
            case < 62:
                sequencer.Step(TimeSpan.Zero);
                Trace.Note($"sequencer {_machine.Venue.Sequence} op {_machine.Disk.Operations}");
                break;
            case < 75:
                Interleaved(() => projector.Step(TimeSpan.Zero));
                if (projector.FailingBecause is not null) Tally.Count(Happening.SqlFailed);
                Trace.Note($"projector {projector.Sequence} op {_machine.Disk.Operations}{(projector.FailingBecause is null ? "" : " failing")}");
                break;
            case < 86:
                if (_random.Next(2) == 0) _machine.Clock.Move(TimeSpan.FromMinutes(1.1));
                Interleaved(snapshotter.Step);
                Trace.Note($"snapshotter op {_machine.Disk.Operations}");
                break;
            case < 92: _machine.Clock.Move(TimeSpan.FromMilliseconds(_random.Next(60_000))); break;
            case < 94:
                var hours = _random.Next(-30, 60);
                _machine.Clock.Move(TimeSpan.FromHours(hours));
                Trace.Note($"clock jumps {hours} h");
                if (hours < 0) Tally.Count(Happening.ClockBack);
                break;
            case < 96: _faults.Plan(); break;
            case < 97: _faults.DamageSnapshot(); break;
            case < 98: _machine.Observe(_ => _recoveries.SnapshotOverDamage(_random)); break;
            case < 100:
                if (_random.Next(3) == 0) _faults.PlanPowerLoss(12);
                break;
            case < 102: Interleaved(_listeners.Join); break;
            default:
                if (_random.Next(8) == 0) _faults.PlanPowerLoss(8);
                Interleaved(() => _listeners.Relay());
                break;
        }
    }

    /// <summary>Takes a step during which, between two operations of the disk, clients may send and the sequencer may work.</summary>
    void Interleaved(Action step)
    {
        if (_random.Next(3) == 0)
        {
            _machine.Meanwhile = () =>
            {
                if (_machine.Venue.Workers.Sequencer.StoppedBecause is not null) return;
                for (var count = _random.Next(3); count > 0; count--) _crowd.SendNew(_machine.Venue);
                _machine.Venue.Workers.Sequencer.Step(TimeSpan.Zero);
                Trace.Note($"meanwhile {_machine.Venue.Sequence} op {_machine.Disk.Operations}");
            };
        }
        step();
        _machine.Meanwhile = null;
    }

    void CheckLive()
    {
        var refused = _crowd.Collect();
        var (sequencer, _, _) = _machine.Venue.Workers;
        var log = _machine.Log!;
        BrokenPromiseException.Unless(refused == 0 || log.Refusals > 0 || sequencer.StoppedBecause is not null, "Commands were refused though the journal took everything.");
        if (sequencer.StoppedBecause is { } reason)
        {
            BrokenPromiseException.Unless(log.Unknown is not null, $"The venue stopped without need: {reason}");
            return;
        }
        _recoveries.CompareWithHistory();
    }

    /// <summary>The life ends: in order, by a kill, or by a loss of power, whatever was going on.</summary>
    void End()
    {
        _recoveries.NoteHistory();
        var inOrder = !_machine.Disk.IsHalted && _random.Next(4) == 0;
        if (inOrder)
        {
            Trace.Note("stop");
            inOrder = _machine.Stop();
            if (inOrder)
            {
                _crowd.Collect();
                _crowd.CheckNobodyWaits();
                Tally.Count(Happening.OrderlyStop);
            }
            _machine.Disk.Halt();
        }
        else
        {
            _machine.Abandon();
        }
        _crowd.Despair();
        Restart(powerLoss: _random.Next(3) > 0);
    }

    void Restart(bool powerLoss)
    {
        Trace.Note(powerLoss ? "power loss" : "kill");
        Tally.Count(powerLoss ? Happening.PowerLoss : Happening.Kill);
        _machine.Restart(powerLoss);
    }

    /// <summary>Everybody who follows the events takes what waits, so that the doors stay open.</summary>
    void CatchUp()
    {
        _machine.Venue.Workers.Projector.Step(TimeSpan.Zero);
        _recoveries.CompareWithHistory();
    }

    void LastLife()
    {
        _faults.Disarm();
        BrokenPromiseException.Unless(_recoveries.Start(), "A venue without faults does not start.");
        var (sequencer, projector, snapshotter) = _machine.Venue.Workers;
        for (var tries = 0; tries < 1_000; tries++)
        {
            var open = _crowd.Unresolved.Take(_machine.Options.QueueCapacity).ToList();
            if (open.Count == 0) break;
            CatchUp();
            foreach (var request in open) BrokenPromiseException.Unless(_crowd.Send(_machine.Venue, request), "A venue without faults refuses a command.");
            while (_machine.Venue.Status.QueuedCommands > 0) sequencer.Step(TimeSpan.Zero);
            BrokenPromiseException.Unless(_crowd.Collect() == 0, "A venue without faults refuses a command.");
        }
        CatchUp();
        BrokenPromiseException.Unless(_crowd.SendNew(_machine.Venue), "A venue without faults refuses a command.");
        sequencer.Step(TimeSpan.Zero);
        _machine.Clock.Move(TimeSpan.FromHours(1));
        snapshotter.Step();
        for (var steps = 0; steps < 100 && projector.Sequence < _machine.Venue.Sequence; steps++) projector.Step(TimeSpan.Zero);
        snapshotter.Step();
        CheckLive();
        BrokenPromiseException.Unless(projector.Sequence == _machine.Venue.Sequence, $"SQL has come to {projector.Sequence} and no further, the venue is at {_machine.Venue.Sequence}.");
        _crowd.CheckNobodyWaits();
        _crowd.CheckAll();
        History.CheckBooks();
        SqlTables.CompareWithRebuild(_machine.Database, History);
        for (var tries = 0; tries < 2_000 && _listeners.Relay() > 0; tries++)
        {
        }
        BrokenPromiseException.Unless(_recoveries.CheckTold() == 0, "Announcements wait that nobody hands on.");
        BrokenPromiseException.Unless(_machine.Venue.Reconcile() is { IsSound: true }, "The venue's own comparison of its books does not call them sound.");
        BrokenPromiseException.Unless(_machine.Stop(), "A venue without faults does not stop in order.");
        Trace.Note($"end {History.Exchange.Sequence} {History.Exchange.StateHash():x32} {_machine.Disk.Operations}");
    }
}
