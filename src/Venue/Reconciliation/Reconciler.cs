using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Store;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// Proves the books while the venue trades, on a thread of low priority: SQL is read as of one moment, a replica is brought to that moment's sequence by
/// the journal, and the two are compared, with each other and within themselves; then the replica follows the exchange that trades and is compared with
/// that. Nothing is mended: a difference is logged once, counted, and shown by the health check until it is gone.
/// </summary>
sealed partial class Reconciler : IDisposable
{
    /// <summary>Lines of the ledger looked at in one run: some seconds of one processor.</summary>
    const long LedgerLinesPerRun = 1_000_000;

    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    static readonly TimeSpan FirstAfter = TimeSpan.FromSeconds(10);

    readonly Exchange _live;
    readonly Lock _stateLock;
    readonly Func<bool> _hasStopped;
    readonly Database _database;
    readonly Replicas _replicas;
    readonly VenueOptions _options;
    readonly TimeProvider _clock;
    readonly ILogger _logger;
    readonly Thread _thread;
    readonly CancellationTokenSource _stopping = new();
    readonly LedgerSweep _ledger = new();
    readonly Lock _oneRun = new();
    readonly HashSet<(AuditCheck, string)> _told = [];
    ReconciliationStatus _status = new(null, null);

    /// <param name="live">The exchange that trades.</param>
    /// <param name="stateLock">What it is looked at under.</param>
    /// <param name="hasStopped">Whether it has stopped for good and must not be looked at for proof.</param>
    /// <param name="database">SQL.</param>
    /// <param name="replicas">Where the second exchange comes from.</param>
    /// <param name="options">How often.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Findings are told here.</param>
    public Reconciler(Exchange live, Lock stateLock, Func<bool> hasStopped, Database database, Replicas replicas, VenueOptions options, TimeProvider clock, ILogger logger)
    {
        (_live, _stateLock, _hasStopped, _database, _replicas) = (live, stateLock, hasStopped, database, replicas);
        (_options, _clock, _logger) = (options, clock, logger);
        _thread = new Thread(RunNowAndThen) { Name = "reconciler", IsBackground = true, Priority = ThreadPriority.BelowNormal };
    }

    /// <summary>How it is going.</summary>
    public ReconciliationStatus Status => Volatile.Read(ref _status);

    public void Start() => _thread.Start();

    public void Dispose()
    {
        _stopping.Cancel();
        if (!_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted)) _thread.Join();
        _stopping.Dispose();
    }

    /// <summary>Reconciles once, on the calling thread. Null when SQL has nothing yet.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot serve.</exception>
    /// <exception cref="LogTrimmedException">The journal was trimmed meanwhile; the next run finds a newer snapshot.</exception>
    /// <exception cref="IOException">The disk failed, or a snapshot was pruned while it was opened.</exception>
    /// <exception cref="OperationCanceledException">The venue is shutting down.</exception>
    public ReconciliationResult? Run()
    {
        lock (_oneRun)
        {
            var started = Stopwatch.GetTimestamp();
            var startedAt = _clock.GetUtcNow();
            var findings = new Findings();
            var (sequence, hash, liveSequence) = ProjectionView.ReadAsync(_database, view => CompareAsync(view, findings), _stopping.Token).GetAwaiter().GetResult();
            if (sequence == 0) return null;
            _ledger.Report(findings);
            var result = new ReconciliationResult
            {
                StartedAt = startedAt,
                Duration = Stopwatch.GetElapsedTime(started),
                Sequence = sequence,
                StateHash = hash,
                LiveSequence = liveSequence,
                LedgerLines = _ledger.Lines,
                LedgerComplete = _ledger.IsComplete,
                Compared = findings.Compared,
                FindingCount = findings.Count,
                Findings = [.. findings.Kept],
                IsExchangeInDoubt = Enum.GetValues<AuditCheck>().Any(check => check <= AuditCheck.Replay && findings.Has(check)),
            };
            Volatile.Write(ref _status, new ReconciliationStatus(result, null));
            Tell(result);
            return result;
        }
    }

    async Task<(long Sequence, UInt128 Hash, long LiveSequence)> CompareAsync(ProjectionView view, Findings findings)
    {
        if (view.Checkpoint is not { } checkpoint) return default;
        try
        {
            using var lease = _replicas.Begin(checkpoint.Sequence, _stopping.Token);
            var replica = lease.Replica;
            var exchange = replica.Exchange;
            if (!replica.AdvanceTo(checkpoint.Sequence, _stopping.Token) || replica.Anchor is not { } anchor
                || anchor.Position.Value != checkpoint.LogPosition || anchor.Checksum != checkpoint.AnchorChecksum)
            {
                findings.Add(
                    AuditCheck.Replay, "database",
                    $"is at sequence {checkpoint.Sequence}, record {checkpoint.LogPosition}#{checkpoint.AnchorChecksum:x8}; the journal has sequence {exchange.Sequence}, record {replica.Anchor}");
                return (checkpoint.Sequence, 0, 0);
            }
            StateAudit.Run(exchange, findings);
            await ExchangeInTables.CompareAsync(exchange, view, findings, LastChanges.Unknown, _stopping.Token);
            await _ledger.AdvanceAsync(view, exchange, LedgerLinesPerRun, _stopping.Token);
            var hash = exchange.StateHash();
            var liveSequence = _hasStopped() ? 0 : new LiveComparison(_live, _stateLock, replica, findings, _stopping.Token).Run();
            return (checkpoint.Sequence, hash, liveSequence);
        }
        catch (Exception failure) when (failure is JournalDamagedException or LogDivergedException or InvalidDataException or InvariantBrokenException)
        {
            findings.Add(AuditCheck.Replay, "journal", failure.Message);
            return (checkpoint.Sequence, 0, 0);
        }
    }

    void RunNowAndThen()
    {
        var next = _clock.GetUtcNow() + (FirstAfter < _options.ReconcileEvery ? FirstAfter : _options.ReconcileEvery);
        while (!_stopping.Token.WaitHandle.WaitOne(LookEvery))
        {
            if (_clock.GetUtcNow() < next) continue;
            try
            {
                Run();
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever keeps the books from being compared must not end the process that trades; it is logged, and health shows it.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Volatile.Write(ref _status, Status with { FailingBecause = failure.Message });
                LogFailed(failure);
            }
            next = _clock.GetUtcNow() + _options.ReconcileEvery;
        }
    }

    void Tell(ReconciliationResult result)
    {
        var unsound = _told.Count > 0;
        var found = result.Findings.Select(finding => (finding.Check, finding.Subject)).ToHashSet();
        // What is gone may be told again when it comes back.
        _told.IntersectWith(found);
        foreach (var finding in result.Findings)
            if (_told.Add((finding.Check, finding.Subject))) LogFinding(result.Sequence, finding);
        if (unsound && result.IsSound) LogSoundAgain(result.Sequence);
        VenueMetrics.Reconciled(result);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The books do not agree at sequence {Sequence}: {Finding}")]
    partial void LogFinding(long sequence, Finding finding);

    [LoggerMessage(Level = LogLevel.Information, Message = "The books agree again at sequence {Sequence}.")]
    partial void LogSoundAgain(long sequence);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The books could not be compared; it is tried again.")]
    partial void LogFailed(Exception failure);
}
