using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MyTradeX.Store;

namespace MyTradeX.Venue.Projection;

/// <summary>
/// Writes history to SQL, on a thread of its own: rows and checkpoint in one transaction, so that after a crash the tables stand
/// at some command and the rest follows by replay. A database that fails is tried again; meanwhile events wait.
/// </summary>
sealed partial class Projector : IDisposable
{
    /// <summary>Events written in one transaction: about fifty thousand rows at the most, which take some 4 MB while they are made.</summary>
    const long BatchBytes = 4 << 20;

    /// <summary>
    /// How long events gather, from one write to the next, while nobody waits for them. A page that many rows change is then written once instead of once
    /// a batch of commands: compared with 50 ms, half as many pages an order, and a quarter less work.
    /// </summary>
    static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a write keeps the processor from others who want it.</summary>
    static readonly TimeSpan Turn = TimeSpan.FromMicroseconds(250);

    static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    readonly ProjectionWriter _writer;
    readonly ProjectionMapper _mapper;
    readonly EventSubscription _events;
    readonly ILogger _logger;
    readonly Thread _thread;
    readonly Lock _gate = new();
    readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    readonly ManualResetEventSlim _stopping = new();
    readonly ManualResetEventSlim _isWanted = new();
    readonly List<EventBlock> _blocks = [];
    readonly ProjectionBatch _batch = new();
    readonly Action _giveWay;
    long _sequence;
    volatile bool _isAwaited;
    long _writeBegan;
    long _turnBegan;

    public Projector(ProjectionWriter writer, ProjectionMapper mapper, EventSubscription events, long sequence, ILogger logger)
    {
        (_writer, _mapper, _events, _sequence, _logger) = (writer, mapper, events, sequence, logger);
        _giveWay = GiveWay;
        _thread = new Thread(Run) { Name = "projector", IsBackground = true };
    }

    /// <summary>The last command whose events are in SQL.</summary>
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>Why the last write failed; null when it did not.</summary>
    public string? FailingBecause { get; private set; }

    public void Start() => _thread.Start();

    /// <summary>Completes when the events of a command are in SQL.</summary>
    public Task WaitFor(long sequence)
    {
        if (Sequence >= sequence) return Task.CompletedTask;
        lock (_gate)
        {
            if (Sequence >= sequence) return Task.CompletedTask;
            var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(waiter, sequence);
            _isAwaited = true;
            _isWanted.Set();
            return waiter.Task;
        }
    }

    /// <summary>Makes everything up to <see cref="Sequence"/> safe from a power cut. May be called from any thread.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot serve.</exception>
    public void Sync() => _writer.SyncAsync().GetAwaiter().GetResult();

    /// <summary>Waits until the feed, which must have been closed, is written, or gives up at once when the database fails.</summary>
    public void Dispose()
    {
        _stopping.Set();
        _isWanted.Set();
        if (_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted)) Run();
        else _thread.Join();
        _writer.Dispose();
        _stopping.Dispose();
        _isWanted.Dispose();
    }

    /// <summary>
    /// Writes what waits, up to a batch, and waits for it no longer than given. What could not be written is kept for the next step. False
    /// when the feed has ended and all is written.
    /// </summary>
    public bool Step(TimeSpan wait)
    {
        if (_blocks.Count == 0)
        {
            if (!_events.Take(_blocks, BatchBytes, wait)) return false;
            if (_blocks.Count == 0) return true;
            foreach (var block in _blocks) _mapper.Map(block, _batch);
            _mapper.Finish(_batch);
        }
        var last = _blocks[^1];
        if (!TryWrite(new ProjectionCheckpoint(last.LastSequence, last.Anchor.Position.Value, last.Anchor.Checksum))) return true;
        Interlocked.Exchange(ref _sequence, last.LastSequence);
        Release(last.LastSequence);
        _batch.Clear();
        _blocks.Clear();
        return true;
    }

    void Run()
    {
        while (Step(TimeSpan.FromSeconds(1)))
        {
            if (FailingBecause is not null && _stopping.Wait(RetryDelay)) return;
            if (_events.BacklogBytes < BatchBytes) WaitToGather();
            if (!_stopping.IsSet) _isWanted.Reset();
        }
    }

    // From one write's beginning to the next's, so that a write that gives way a lot does not make the next one larger.
    void WaitToGather()
    {
        var left = Gathering - Stopwatch.GetElapsedTime(_writeBegan);
        if (left > TimeSpan.Zero) _isWanted.Wait(left);
    }

    /// <summary>
    /// Lets whoever else wants this processor have it, again and again, as long as nobody waits for history and it does not fall behind. A write of
    /// what has gathered else holds commands up for its whole length, and then leaves the processor idle while they wait for their disk.
    /// </summary>
    void GiveWay()
    {
        if (Stopwatch.GetElapsedTime(_turnBegan) < Turn || _isAwaited || _events.BacklogBytes >= BatchBytes) return;
        Thread.Yield();
        _turnBegan = Stopwatch.GetTimestamp();
    }

    bool TryWrite(ProjectionCheckpoint checkpoint)
    {
        try
        {
            _writeBegan = Stopwatch.GetTimestamp();
            _writer.Write(_batch, checkpoint, _giveWay);
            VenueMetrics.ProjectionSeconds.Record(Stopwatch.GetElapsedTime(_writeBegan).TotalSeconds);
            FailingBecause = null;
            return true;
        }
        catch (StoreUnavailableException failure)
        {
            if (FailingBecause is null) LogFailing(failure);
            FailingBecause = failure.Message;
            return false;
        }
    }

    void Release(long sequence)
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out var waiter, out var wanted) && wanted <= sequence)
            {
                _waiting.Dequeue();
                waiter.TrySetResult();
            }
            _isAwaited = _waiting.Count > 0;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "History cannot be written; it is tried again until it can.")]
    partial void LogFailing(Exception failure);
}
