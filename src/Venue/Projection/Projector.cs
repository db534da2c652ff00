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
    /// <summary>Events written in one transaction: about a hundred thousand rows at the most.</summary>
    const long BatchBytes = 8 << 20;

    static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    readonly ProjectionWriter _writer;
    readonly ProjectionMapper _mapper;
    readonly EventSubscription _events;
    readonly ILogger _logger;
    readonly Thread _thread;
    readonly Lock _gate = new();
    readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    readonly ManualResetEventSlim _stopping = new();
    long _sequence;

    public Projector(ProjectionWriter writer, ProjectionMapper mapper, EventSubscription events, long sequence, ILogger logger)
    {
        (_writer, _mapper, _events, _sequence, _logger) = (writer, mapper, events, sequence, logger);
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
            return waiter.Task;
        }
    }

    /// <summary>Waits until the feed, which must have been closed, is written, or gives up at once when the database fails.</summary>
    public void Dispose()
    {
        _stopping.Set();
        if (_thread.ThreadState != System.Threading.ThreadState.Unstarted) _thread.Join();
        _writer.Dispose();
        _stopping.Dispose();
    }

    void Run()
    {
        var blocks = new List<EventBlock>();
        var batch = new ProjectionBatch();
        while (_events.Take(blocks, BatchBytes, TimeSpan.FromSeconds(1)))
        {
            if (blocks.Count == 0) continue;
            foreach (var block in blocks) _mapper.Map(block, batch);
            _mapper.Finish(batch);
            var last = blocks[^1];
            if (!Write(batch, new ProjectionCheckpoint(last.LastSequence, last.Anchor.Position.Value, last.Anchor.Checksum))) return;
            Interlocked.Exchange(ref _sequence, last.LastSequence);
            Release(last.LastSequence);
            batch.Clear();
            blocks.Clear();
        }
    }

    bool Write(ProjectionBatch batch, ProjectionCheckpoint checkpoint)
    {
        while (true)
        {
            try
            {
                var started = Stopwatch.GetTimestamp();
                _writer.Write(batch, checkpoint);
                VenueMetrics.ProjectionSeconds.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
                FailingBecause = null;
                return true;
            }
            catch (StoreUnavailableException failure)
            {
                if (FailingBecause is null) LogFailing(failure);
                FailingBecause = failure.Message;
                if (_stopping.Wait(RetryDelay)) return false;
            }
        }
    }

    void Release(long sequence)
    {
        lock (_gate)
            while (_waiting.TryPeek(out var waiter, out var wanted) && wanted <= sequence)
            {
                _waiting.Dequeue();
                waiter.TrySetResult();
            }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "History cannot be written; it is tried again until it can.")]
    partial void LogFailing(Exception failure);
}
