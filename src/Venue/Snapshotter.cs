using Microsoft.Extensions.Logging;
using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Journal.Snapshots;
using MyTradeX.Store;
using MyTradeX.Venue.Projection;

namespace MyTradeX.Venue;

/// <summary>
/// Takes snapshots without stopping trading: a second exchange is brought from the last snapshot to the journal's end and
/// written out. That it can be is also a standing check that the journal says what happened. Afterwards journal and old
/// history that nobody needs any more are let go.
/// </summary>
sealed partial class Snapshotter : IDisposable
{
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan RetryAfterFailure = TimeSpan.FromMinutes(1);
    static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);
    static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(2);

    readonly ICommandLog _log;
    readonly SnapshotStore _snapshots;
    readonly Replicas _replicas;
    readonly Projector _projector;
    readonly Retention _retention;
    readonly VenueOptions _options;
    readonly TimeProvider _clock;
    readonly ILogger _logger;
    readonly Thread _thread;
    readonly CancellationTokenSource _stopping = new();
    long _lastSequence;
    DateTimeOffset _lastLook;
    DateTimeOffset _nextSnapshot;
    DateTimeOffset _nextPrune;
    DateTimeOffset _keptUntil;
    bool _isTrimmed;

    public Snapshotter(ICommandLog log, Replicas replicas, Projector projector, Retention retention, long lastSequence, VenueOptions options, TimeProvider clock, ILogger logger)
    {
        (_log, _snapshots, _replicas, _projector, _retention) = (log, replicas.Snapshots, replicas, projector, retention);
        (_lastSequence, _options, _clock, _logger) = (lastSequence, options, clock, logger);
        _thread = new Thread(Run) { Name = "snapshotter", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _lastLook = _nextSnapshot = clock.GetUtcNow();
        _nextPrune = _nextSnapshot + LookEvery;
    }

    public void Start() => _thread.Start();

    public void Dispose()
    {
        _stopping.Cancel();
        if (!_thread.ThreadState.HasFlag(ThreadState.Unstarted)) _thread.Join();
        _stopping.Dispose();
    }

    /// <summary>Takes a snapshot of everything durable now.</summary>
    /// <param name="keep">Whether the replica stays for the next one: a busy venue wants that soon, and building a large state from its snapshot takes several times as long as bringing it up to date.</param>
    public SnapshotInfo? Take(bool keep = false)
    {
        using var lease = _replicas.Resume(_stopping.Token);
        var replica = lease.Replica;
        // Only as far as the journal goes now: chasing its end would not end.
        var end = _log.End;
        while (!_stopping.IsCancellationRequested && replica.MoveNext())
            if (replica.Position >= end) break;
        if (_stopping.IsCancellationRequested || replica.Save(_snapshots) is not { } info) return null;
        _lastSequence = info.Sequence;
        lease.Keep = keep;
        VenueMetrics.SnapshotsTaken.Add(1);
        return info;
    }

    /// <summary>
    /// Gives up snapshots and journal that recovery can do without. It begins at the newest snapshot that SQL has reached; that one and its
    /// spares stay, and whatever is newer.
    /// </summary>
    /// <returns>Whether nothing is left to give up until the next snapshot.</returns>
    bool Trim()
    {
        var newestFirst = _snapshots.List().OrderByDescending(info => info.Sequence).ToList();
        var usable = newestFirst.FindIndex(info => info.Sequence <= _projector.Sequence);
        if (usable < 0) return false;
        var kept = usable + Math.Max(2, _options.SnapshotsKept);
        if (newestFirst.Count >= kept)
        {
            // A power cut may take SQL's last commits, and only what is given up here could bring them back.
            _projector.Sync();
            var oldest = newestFirst[kept - 1];
            _snapshots.PruneBefore(oldest.Sequence);
            if (oldest.Anchor is { } anchor) _log.TrimBefore(anchor.Position);
        }
        return usable == 0;
    }

    void Run()
    {
        while (!_stopping.Token.WaitHandle.WaitOne(LookEvery)) Step();
    }

    /// <summary>Does what is due: a snapshot, trimming, pruning of history.</summary>
    public void Step()
    {
        // A clock that was set back would put off what is due until it has caught up.
        var now = _clock.GetUtcNow();
        if (now < _lastLook) _nextSnapshot = _nextPrune = _keptUntil = now;
        _lastLook = now;
        try
        {
            if (_projector.Sequence - _lastSequence >= _options.SnapshotEvery && _clock.GetUtcNow() >= _nextSnapshot)
            {
                if (Take(keep: true) is { } info) LogTaken(info);
                _keptUntil = now + KeepFor;
                _isTrimmed = false;
            }
            // A snapshot is of the journal's end, where SQL is a moment later: until then the older ones are still needed.
            if (!_isTrimmed) _isTrimmed = Trim();
            if (now >= _keptUntil) _replicas.Forget();
            if (_clock.GetUtcNow() >= _nextPrune)
            {
                Prune();
                _nextPrune = _clock.GetUtcNow() + PruneEvery;
            }
        }
        catch (Exception failure) when (failure is IOException or StoreUnavailableException or LogTrimmedException)
        {
            LogFailed(failure);
            _nextSnapshot = _nextPrune = _clock.GetUtcNow() + RetryAfterFailure;
        }
        catch (Exception failure) when (failure is JournalDamagedException or LogDivergedException or InvalidDataException or InvariantBrokenException)
        {
            // Trading can go on without snapshots, and nothing more is given up meanwhile; a restart could not.
            LogDamaged(failure);
            _nextSnapshot = _nextPrune = _clock.GetUtcNow() + RetryAfterFailure;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The venue closes; the rest is done the next time.
        }
    }

    void Prune()
    {
        var pruned = _retention.PruneAsync(
            new RetentionPolicy
            {
                CandlesBefore = Before(_options.Retention.Candles),
                TradesBefore = Before(_options.Retention.Trades),
                SyntheticBefore = Before(_options.Retention.Synthetic),
            },
            _stopping.Token).GetAwaiter().GetResult();
        if (pruned.Orders + pruned.Trades + pruned.LedgerLines + pruned.Candles > 0) LogPruned(pruned);
    }

    long? Before(TimeSpan? age) =>
        age is { } kept ? (_clock.GetUtcNow() - kept).UtcDateTime.Subtract(DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond : null;

    [LoggerMessage(Level = LogLevel.Information, Message = "Took {Snapshot}")]
    partial void LogTaken(SnapshotInfo snapshot);

    [LoggerMessage(Level = LogLevel.Information, Message = "Let go of old history: {Pruned}")]
    partial void LogPruned(Pruned pruned);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The journal does not read back as it was written. Trading goes on without snapshots; back up what there is and verify it before a restart.")]
    partial void LogDamaged(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A snapshot or a clean-up failed; it is tried again in a minute.")]
    partial void LogFailed(Exception failure);
}
