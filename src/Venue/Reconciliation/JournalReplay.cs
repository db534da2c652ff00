using System.Runtime.InteropServices;
using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Snapshots;
using MyTradeX.Store;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>
/// Replays a journal that nobody writes to through a fresh exchange, from its beginning or from the oldest snapshot where older records were let go:
/// every record must be one that the exchange takes, every snapshot on the way must be of the state come to, and SQL's checkpoint of a command on the
/// way. When asked, SQL is compared row by row as well.
/// </summary>
public sealed class JournalReplay
{
    const int ProgressEvery = 10_000;

    readonly IDisk _journal;
    readonly ProjectionView? _view;
    readonly JournalReplayOptions _options;
    readonly Action<long>? _progress;
    readonly CancellationToken _cancellation;
    readonly Dictionary<long, SnapshotInfo> _snapshots = [];
    readonly List<string> _faults = [];
    readonly Findings _findings = new();
    Exchange _exchange = new();
    HistoryComparison? _history;
    UInt128? _hashAt;
    bool _isCheckpointMet;
    int _confirmed;
    long _replayed;

    JournalReplay(IDisk journal, ProjectionView? view, JournalReplayOptions options, Action<long>? progress, CancellationToken cancellation) =>
        (_journal, _view, _options, _progress, _cancellation) = (journal, view, options, progress, cancellation);

    /// <summary>Replays and compares. The journal itself must be sound: see <see cref="JournalVerifier"/>.</summary>
    /// <param name="journal">The journal's folder; nothing in it is changed.</param>
    /// <param name="database">SQL, of this program's schema; null for none.</param>
    /// <param name="options">What to compare.</param>
    /// <param name="progress">Told now and then how many commands were replayed.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The database cannot serve.</exception>
    public static Task<JournalReplayReport> RunAsync(
        IDisk journal, Database? database, JournalReplayOptions options, Action<long>? progress = null, CancellationToken cancellation = default) =>
        database is null
            ? new JournalReplay(journal, null, options, progress, cancellation).RunAsync()
            : ProjectionView.ReadAsync(database, view => new JournalReplay(journal, view, options, progress, cancellation).RunAsync(), cancellation);

    async Task<JournalReplayReport> RunAsync()
    {
        var after = LoadOldest();
        var from = _exchange.Sequence;
        var isWhole = await ReplayAsync(after);
        if (isWhole && _view?.Checkpoint is { } unmet && !_isCheckpointMet)
            _faults.Add($"database: its history ends at sequence {unmet.Sequence}, which is not in the journal ({from} to {_exchange.Sequence})");
        if (isWhole && _options.HashAt is { } at && _hashAt is null)
            _faults.Add($"replay: sequence {at} is not in the journal ({from} to {_exchange.Sequence})");
        return new JournalReplayReport
        {
            ReplayedFrom = from,
            Replayed = _replayed,
            Sequence = _exchange.Sequence,
            SnapshotsConfirmed = _confirmed,
            StateHash = isWhole ? _exchange.StateHash() : null,
            HashAt = _hashAt,
            HistorySequence = _view is null ? null : _view.Checkpoint?.Sequence ?? 0,
            Compared = _findings.Compared,
            LetGo = _history?.LetGo ?? 0,
            FindingCount = _findings.Count,
            Findings = _findings.Kept,
            Faults = _faults,
        };
    }

    LogAnchor? LoadOldest()
    {
        using var oldest = new OfflineLogReader(_journal);
        var store = new SnapshotStore(_journal, oldest.LogId);
        foreach (var info in store.List()) _snapshots[info.Sequence] = info;
        // A journal that was trimmed can only be replayed from a snapshot: the oldest, so that the others are confirmed on the way.
        if (oldest.Oldest == LogPosition.Start || _snapshots.Count == 0) return null;
        var load = store.LoadNewest(info => info.Sequence == _snapshots.Keys.Min());
        _exchange = Exchange.ReadSnapshot(load.Payload.Span);
        return load.Info!.Anchor;
    }

    async Task<bool> ReplayAsync(LogAnchor? after)
    {
        using var reader = new OfflineLogReader(_journal, after);
        try
        {
            if (_options.IsDeep && _view?.Checkpoint is { } checkpoint && checkpoint.Sequence >= _exchange.Sequence)
                _history = new HistoryComparison(_exchange, _view, _options.Now, _findings);
            await PassAsync(after);
            while (reader.MoveNext())
            {
                _exchange.Events.Clear();
                CommandCodec.Decode(reader.Payload, out var command);
                var sequence = _exchange.Sequence;
                _exchange.Apply(in command, out _);
                _replayed++;
                if (_replayed % ProgressEvery == 0)
                {
                    _cancellation.ThrowIfCancellationRequested();
                    _progress?.Invoke(_replayed);
                }
                // A record that was delivered twice changes nothing, and the state has been looked at.
                if (_exchange.Sequence == sequence) continue;
                if (_history is not null && !_isCheckpointMet)
                {
                    _history.Take();
                    if (_history.IsFull) await _history.CompareGatheredAsync(_cancellation);
                }
                await PassAsync(reader.Anchor);
            }
            return true;
        }
        catch (Exception fault) when (fault is InvalidDataException or InvariantBrokenException)
        {
            _faults.Add($"replay: the record at {reader.Anchor} cannot be carried out: {fault.Message}");
            return false;
        }
    }

    /// <summary>Looks at what is known of the sequence come to.</summary>
    ValueTask PassAsync(LogAnchor? anchor)
    {
        if (_snapshots.TryGetValue(_exchange.Sequence, out var snapshot) && snapshot.Anchor == anchor) Confirm(snapshot);
        if (_options.HashAt == _exchange.Sequence) _hashAt = _exchange.StateHash();
        return _view?.Checkpoint is { } checkpoint && checkpoint.Sequence == _exchange.Sequence ? new ValueTask(MeetAsync(checkpoint, anchor)) : ValueTask.CompletedTask;
    }

    void Confirm(SnapshotInfo snapshot)
    {
        var hash = _exchange.StateHash();
        var said = snapshot.StateHash.Length == 16 ? MemoryMarshal.Read<UInt128>(snapshot.StateHash.Span) : 0;
        if (said == hash) _confirmed++;
        else _faults.Add($"replay: at sequence {snapshot.Sequence} the journal leads to state {hash:x32}, the snapshot says {said:x32}");
        _snapshots.Remove(snapshot.Sequence);
    }

    async Task MeetAsync(ProjectionCheckpoint checkpoint, LogAnchor? anchor)
    {
        _isCheckpointMet = true;
        if (anchor is not { } record || checkpoint.LogPosition != record.Position.Value || checkpoint.AnchorChecksum != record.Checksum)
        {
            _faults.Add($"database: its history is of another journal: at sequence {checkpoint.Sequence} it knows record {checkpoint.LogPosition}#{checkpoint.AnchorChecksum:x8}, the journal has {anchor}");
            return;
        }
        if (_history is not null) await _history.EndAsync(_cancellation);
    }
}

/// <summary>What a replay is to look at.</summary>
public sealed record JournalReplayOptions
{
    /// <summary>Whether SQL is compared row by row.</summary>
    public bool IsDeep { get; init; }

    /// <summary>A sequence whose state's digest is wanted.</summary>
    public long? HashAt { get; init; }

    /// <summary>The time, microseconds since 1970 UTC: for how old history must be to have been let go by retention.</summary>
    public required long Now { get; init; }
}

/// <summary>What a replay came to.</summary>
public sealed record JournalReplayReport
{
    /// <summary>Sequence of the state that it began with; 0 for the beginning of all.</summary>
    public required long ReplayedFrom { get; init; }

    /// <summary>Records replayed.</summary>
    public required long Replayed { get; init; }

    /// <summary>Sequence at the journal's end.</summary>
    public required long Sequence { get; init; }

    /// <summary>Snapshots whose state hash the replay came to again.</summary>
    public required int SnapshotsConfirmed { get; init; }

    /// <summary>Digest of the state at the journal's end; null when it could not be reached.</summary>
    public required UInt128? StateHash { get; init; }

    /// <summary>Digest of the state at the sequence asked for; null when none was, or it was not met.</summary>
    public required UInt128? HashAt { get; init; }

    /// <summary>How far SQL has come; null without a database.</summary>
    public required long? HistorySequence { get; init; }

    /// <summary>How many things each rule was held against; empty unless SQL was compared row by row.</summary>
    public required IReadOnlyDictionary<AuditCheck, long> Compared { get; init; }

    /// <summary>Rows that retention has let go, and that are missing for that reason.</summary>
    public required long LetGo { get; init; }

    /// <summary>How many things do not agree.</summary>
    public required long FindingCount { get; init; }

    /// <summary>The first of them, at most <see cref="Reconciliation.Findings.KeptMax"/>.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>What is wrong with the replay itself.</summary>
    public required IReadOnlyList<string> Faults { get; init; }
}
