using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Snapshots;
using MyTradeX.Store;
using MyTradeX.Venue.Commands;
using MyTradeX.Venue.MarketData;
using MyTradeX.Venue.Projection;
using MyTradeX.Venue.Reconciliation;

namespace MyTradeX.Venue;

/// <summary>
/// The exchange at work: commands in, durable before they are answered; reads that see every answered command; events out, in
/// order, to SQL and to whoever subscribes.
/// </summary>
/// <remarks>All members may be called from any thread.</remarks>
public sealed partial class Venue : IAsyncDisposable
{
    static readonly TimeSpan RetrySoon = TimeSpan.FromSeconds(1);

    readonly Exchange _exchange;
    readonly Lock _stateLock = new();
    readonly ICommandLog _log;
    readonly MarketData.MarketData _marketData = new();
    readonly CommandQueue _queue;
    readonly Sequencer _sequencer;
    readonly Projector _projector;
    readonly Replicas _replicas;
    readonly Snapshotter _snapshotter;
    readonly Reconciler _reconciler;
    readonly VenueOptions _options;
    readonly TimeProvider _clock;
    int _disposed;

    Venue(VenueOptions options, VenueGround ground, Database database, ProjectionWriter writer, ProjectionCheckpoint? checkpoint, IReadOnlyList<CandleRow> candles, Audience audience, TimeProvider clock, ILogger logger)
    {
        var started = Stopwatch.GetTimestamp();
        (_options, _clock, Audience) = (options, clock, audience);
        var file = FileCommandLog.Open(ground.Disk, ground.LogOptions, out var report);
        _log = ground.Through(file);
        LogRecovered(logger, report);
        try
        {
            var snapshots = new SnapshotStore(ground.Disk, file.LogId);
            var recovery = new Recovery(_log, snapshots, checkpoint);
            (_exchange, var snapshot, var faults) = recovery.LoadSnapshot();
            foreach (var fault in faults) LogSnapshotFault(logger, fault);

            var mapper = new ProjectionMapper(audience);
            mapper.Learn(_exchange);
            foreach (var row in candles) mapper.Restore(row);
            _marketData.Restore(candles);
            _projector = new Projector(writer, mapper, Events.Subscribe(), checkpoint?.Sequence ?? 0, logger);
            if (ground.RunsThreads) _projector.Start();
            var replayed = recovery.Replay(_exchange, snapshot, mapper, _marketData, Events);
            LogReplayed(logger, replayed, snapshot?.ToString() ?? "the beginning", _exchange.Sequence, Stopwatch.GetElapsedTime(started).TotalMilliseconds);

            _queue = new CommandQueue(options.QueueCapacity);
            _sequencer = new Sequencer(_exchange, _stateLock, _log, _queue, Events, _marketData, options, clock, logger);
            if (ground.RunsThreads) _sequencer.Start();
            else _sequencer.BeginEpoch();
            _replicas = new Replicas(_log, snapshots);
            _snapshotter = new Snapshotter(_log, _replicas, _projector, new Retention(database), snapshot?.Sequence ?? 0, options, clock, logger);
            if (ground.RunsThreads) _snapshotter.Start();
            _reconciler = new Reconciler(_exchange, _stateLock, () => _sequencer.StoppedBecause is not null, database, _replicas, options, clock, logger);
            if (ground.RunsThreads) _reconciler.Start();
        }
        catch
        {
            Events.Close();
            _projector?.Dispose();
            _log.Dispose();
            throw;
        }
    }

    /// <summary>What happens, as it happens. Subscribers see what follows their subscription.</summary>
    public EventFeed Events { get; } = new();

    /// <summary>Who is told what happens to them, by rows of the projection's own transaction. Those whom the database knows to have webhooks, at first.</summary>
    public Audience Audience { get; }

    /// <summary>Opens a venue and recovers it to the last durable command. The database must be migrated.</summary>
    /// <exception cref="VenueDamagedException">Journal, snapshots and database do not fit together.</exception>
    /// <exception cref="JournalDamagedException">The journal is damaged before its end.</exception>
    /// <exception cref="JournalInUseException">Another process has the journal open.</exception>
    /// <exception cref="StoreUnavailableException">The database cannot serve.</exception>
    public static Task<Venue> OpenAsync(VenueOptions options, Database database, TimeProvider clock, ILogger logger, CancellationToken cancellation = default) =>
        OpenAsync(options, new VenueGround { Disk = new FileDisk(options.JournalFolder) }, database, clock, logger, cancellation);

    /// <summary>As the other, on another ground.</summary>
    internal static async Task<Venue> OpenAsync(VenueOptions options, VenueGround ground, Database database, TimeProvider clock, ILogger logger, CancellationToken cancellation = default)
    {
        var writer = ProjectionWriter.Create(database);
        try
        {
            var checkpoint = await writer.LoadCheckpointAsync(cancellation);
            var since = MicrosecondsOf(clock.GetUtcNow() - TimeSpan.FromDays(2));
            var candles = await new CandleHistory(database).LoadRecentAsync(since, cancellation);
            var audience = new Audience(await new WebhookStore(database).ListOwnersAsync(cancellation));
            return await Task.Run(() => new Venue(options, ground, database, writer, checkpoint, candles, audience, clock, logger), cancellation);
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>The parts that work on threads of their own, for whoever opened the venue without threads and takes their steps himself.</summary>
    internal (Sequencer Sequencer, Projector Projector, Snapshotter Snapshotter) Workers => (_sequencer, _projector, _snapshotter);

    /// <summary>Commands applied so far.</summary>
    public long Sequence
    {
        get { lock (_stateLock) return _exchange.Sequence; }
    }

    /// <summary>How the venue is doing.</summary>
    public VenueStatus Status
    {
        get
        {
            lock (_stateLock)
                return new VenueStatus(_exchange.Sequence, _projector.Sequence, _queue.Count, Events.BacklogBytes, _exchange.OpenOrderCount, _sequencer.StoppedBecause, _projector.FailingBecause);
        }
    }

    /// <summary>
    /// Sends a command. The task completes once the command is durable and applied; a refusal by the exchange is a result, not an
    /// exception. Reads made after that see it.
    /// </summary>
    /// <exception cref="VenueUnavailableException">The venue cannot take it now.</exception>
    public Task<CommandResult> SubmitAsync(in Command command)
    {
        if (_sequencer.StoppedBecause is { } reason) throw new VenueUnavailableException(reason, TimeSpan.FromSeconds(30));
        if (Events.BacklogBytes > _options.ProjectionBacklogBytes)
            throw new VenueUnavailableException("History is too far behind to take more commands.", RetrySoon);
        var pending = new PendingCommand(in command);
        if (!_queue.TryAdd(pending))
            throw new VenueUnavailableException(_queue.IsClosed ? "The venue is shutting down." : "Too many commands are waiting.", RetrySoon);
        return pending.Task;
    }

    /// <summary>Looks at the exchange between two commands. The function must be short, must not wait, and must not keep the exchange.</summary>
    public TResult Read<TArgument, TResult>(TArgument argument, Func<Exchange, TArgument, TResult> read)
    {
        lock (_stateLock) return read(_exchange, argument);
    }

    /// <summary>As <see cref="Read"/>, with the market's statistics of the same moment.</summary>
    public TResult ReadMarket<TArgument, TResult>(TArgument argument, Func<VenueMoment, TArgument, TResult> read) where TArgument : allows ref struct
    {
        var now = Now();
        lock (_stateLock) return read(new VenueMoment(_exchange, _marketData, now), argument);
    }

    /// <summary>An instrument's market now; null when there is no such instrument.</summary>
    public Ticker? TickerOf(int instrumentId)
    {
        lock (_stateLock)
            return _exchange.TryGetInstrument(instrumentId, out var instrument) ? _marketData.TickerOf(_exchange, in instrument, Now()) : null;
    }

    /// <summary>Completes when the exchange has come to a sequence.</summary>
    /// <exception cref="VenueUnavailableException">It did not in time.</exception>
    public async Task WaitForSequenceAsync(long sequence, TimeSpan timeout, CancellationToken cancellation = default)
    {
        for (var left = timeout; Sequence < sequence; left -= TimeSpan.FromMilliseconds(5))
        {
            if (left <= TimeSpan.Zero) throw new VenueUnavailableException($"The venue is at sequence {Sequence} and has not reached {sequence}.", RetrySoon);
            await Task.Delay(5, cancellation);
        }
    }

    /// <summary>Completes when everything up to a sequence is in SQL.</summary>
    /// <exception cref="VenueUnavailableException">It was not in time.</exception>
    public async Task WaitForHistoryAsync(long sequence, TimeSpan timeout, CancellationToken cancellation = default)
    {
        try
        {
            await _projector.WaitFor(sequence).WaitAsync(timeout, cancellation);
        }
        catch (TimeoutException)
        {
            throw new VenueUnavailableException("History is not up to date yet.", RetrySoon);
        }
    }

    /// <summary>Takes a snapshot of everything durable now, beside trading. Null when there is nothing new.</summary>
    public SnapshotInfo? TakeSnapshot() => _snapshotter.Take();

    /// <summary>How the comparison of the books is going: exchange, journal and SQL, in the background.</summary>
    public ReconciliationStatus Reconciliation => _reconciler.Status;

    /// <summary>Compares the books once, beside trading, and takes as long as that takes. Null when SQL has nothing yet.</summary>
    /// <inheritdoc cref="Reconciler.Run"/>
    public ReconciliationResult? Reconcile() => _reconciler.Run();

    /// <summary>
    /// The digest of the state at a sequence, taken from a second exchange: at a snapshot's sequence it is known, at any other the journal is
    /// replayed to it from the snapshot before. One at a time.
    /// </summary>
    /// <param name="sequence">Which command's state; null for the last one so far.</param>
    /// <param name="patience">How long to wait for another replay to end.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="VenueUnavailableException">Another replay is at work.</exception>
    /// <exception cref="StateOutOfReachException">The journal does not reach back, or has not come, that far.</exception>
    public Task<StateHashAt> StateHashAsync(long? sequence, TimeSpan patience, CancellationToken cancellation = default) =>
        StateHashAt.FindAsync(_replicas, sequence, Sequence, patience, cancellation);

    /// <summary>The time by the venue's clock, microseconds since 1970 UTC.</summary>
    public long Now() => MicrosecondsOf(_clock.GetUtcNow());

    /// <summary>
    /// Lets commands that name past times (<see cref="CommandHeader.Time"/>) follow each other without the clock moving time on between
    /// them, until the result is disposed. For the demo market before the doors open.
    /// </summary>
    internal IDisposable PlayPast() => new PastPlay(_sequencer);

    /// <summary>Microseconds since 1970 UTC, as the core counts time.</summary>
    public static long MicrosecondsOf(DateTimeOffset time) => time.UtcDateTime.Subtract(DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time of a count of microseconds since 1970 UTC.</summary>
    public static DateTimeOffset TimeOf(long microseconds) => new(DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond));

    /// <summary>Stops taking commands, works off and answers those it has, writes history, closes. Once; later calls do nothing.</summary>
    public async ValueTask DisposeAsync() => await Task.Run(() =>
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        _queue.Close();
        _sequencer.Join();
        _reconciler.Dispose();
        _snapshotter.Dispose();
        Events.Close();
        _projector.Dispose();
        _replicas.Dispose();
        _log.Dispose();
    });

    sealed class PastPlay : IDisposable
    {
        readonly Sequencer _sequencer;

        public PastPlay(Sequencer sequencer) => (_sequencer = sequencer).PlaysPast = true;

        public void Dispose() => _sequencer.PlaysPast = false;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Report}")]
    static partial void LogRecovered(ILogger logger, RecoveryReport report);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A snapshot was passed over: {Fault}")]
    static partial void LogSnapshotFault(ILogger logger, JournalFault fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "Replayed {Commands} commands from {Start} to sequence {Sequence} in {Milliseconds:F0} ms")]
    static partial void LogReplayed(ILogger logger, long commands, string start, long sequence, double milliseconds);
}
