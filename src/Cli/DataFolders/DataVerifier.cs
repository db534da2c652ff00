using System.Runtime.InteropServices;
using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Journal.Snapshots;
using MyTradeX.Store;

namespace MyTradeX.Cli.DataFolders;

/// <summary>
/// Checks a data folder that no server uses: every record and snapshot of the journal by its checksum, then the whole journal through the
/// exchange core, which must come to each snapshot's state and accept every record; then that the database is whole and fits the journal.
/// </summary>
internal sealed class DataVerifier
{
    // Reading and checking is about as long as replaying.
    const double ShareOfReading = 0.5;
    const int ProgressEvery = 10_000;

    readonly DataFolder _folder;
    readonly Action<double> _progress;
    readonly List<string> _faults = [];
    readonly Dictionary<long, SnapshotInfo> _snapshots = [];
    ProjectionCheckpoint? _checkpoint;
    bool _isCheckpointMet;
    int _confirmed;

    DataVerifier(DataFolder folder, Action<double> progress) => (_folder, _progress) = (folder, progress);

    /// <summary>Checks a folder. Throws <see cref="JournalInUseException"/> when a server has it open.</summary>
    public static Task<DataVerification> VerifyAsync(DataFolder folder, Action<double> progress) =>
        new DataVerifier(folder, progress).RunAsync();

    async Task<DataVerification> RunAsync()
    {
        // Held until the end, so that no server starts meanwhile. The lock file belongs to the journal's folder anyway.
        using var turn = _folder.Journal.Lock();
        var total = Math.Max(1, _folder.JournalBytes());
        var journal = JournalVerifier.Verify(_folder.Journal, new Reporter(bytes => _progress(ShareOfReading * Math.Min(1, (double)bytes / total))));
        _faults.AddRange(journal.Faults.Select(fault => $"journal: {fault}"));
        if (_folder.HasStore) await ReadStoreAsync();
        var result = new DataVerification
        {
            Folder = _folder.Path,
            Segments = journal.Segments,
            Records = journal.Records,
            Snapshots = journal.Snapshots,
            TornTailBytes = journal.TornTailBytes,
            HistorySequence = _checkpoint?.Sequence,
            Faults = _faults,
        };
        // A replay past damage would only add consequences to the cause.
        return journal.IsSound && journal.Segments > 0 ? Replay(result) : result;
    }

    async Task ReadStoreAsync()
    {
        try
        {
            await using var database = Database.Create(StoreOptions.Sqlite(_folder.StorePath));
            _faults.AddRange((await database.CheckIntegrityAsync()).Select(finding => $"database: {finding}"));
            if (_faults.Count > 0) return;
            using var projection = ProjectionWriter.Create(database);
            _checkpoint = await projection.LoadCheckpointAsync();
        }
        catch (Exception fault) when (fault is StoreUnavailableException or StoreSchemaException)
        {
            _faults.Add($"database: {fault.Message}");
        }
    }

    DataVerification Replay(DataVerification result)
    {
        LogAnchor? after = null;
        var exchange = new Exchange();
        using (var oldest = new OfflineLogReader(_folder.Journal))
        {
            var store = new SnapshotStore(_folder.Journal, oldest.LogId);
            foreach (var info in store.List()) _snapshots[info.Sequence] = info;
            // A journal that was trimmed can only be replayed from a snapshot: the oldest, so that the others are confirmed on the way.
            if (oldest.Oldest != LogPosition.Start && _snapshots.Count > 0)
            {
                var load = store.LoadNewest(info => info.Sequence == _snapshots.Keys.Min());
                exchange = Exchange.ReadSnapshot(load.Payload.Span);
                after = load.Info!.Anchor;
                ConfirmSnapshot(exchange);
            }
        }
        var from = exchange.Sequence;
        var replayed = 0L;
        using var reader = new OfflineLogReader(_folder.Journal, after);
        try
        {
            while (reader.MoveNext())
            {
                CommandCodec.Decode(reader.Payload, out var command);
                exchange.Apply(in command, out _);
                exchange.Events.Clear();
                replayed++;
                if (_snapshots.TryGetValue(exchange.Sequence, out var snapshot) && snapshot.Anchor == reader.Anchor) ConfirmSnapshot(exchange);
                if (_checkpoint is { } checkpoint && checkpoint.LogPosition == reader.Anchor.Position.Value) MeetCheckpoint(checkpoint, exchange, reader.Anchor);
                if (replayed % ProgressEvery == 0) _progress(ShareOfReading + (1 - ShareOfReading) * replayed / Math.Max(replayed, result.Records));
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or InvariantBrokenException)
        {
            _faults.Add($"replay: the record at {reader.Anchor} cannot be carried out: {fault.Message}");
            return result with { Replayed = replayed, ReplayedFrom = from, Sequence = exchange.Sequence };
        }
        if (_checkpoint is { Sequence: > 0 } unmet && !_isCheckpointMet && unmet.Sequence != from)
            _faults.Add($"database: its history ends at sequence {unmet.Sequence}, which is not in the journal ({from} to {exchange.Sequence})");
        return result with
        {
            Replayed = replayed,
            ReplayedFrom = from,
            Sequence = exchange.Sequence,
            SnapshotsConfirmed = _confirmed,
            StateHash = exchange.StateHash().ToString("x32"),
        };
    }

    void ConfirmSnapshot(Exchange exchange)
    {
        var info = _snapshots[exchange.Sequence];
        var hash = exchange.StateHash();
        if (MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in hash)).SequenceEqual(info.StateHash.Span)) _confirmed++;
        else _faults.Add($"replay: at sequence {info.Sequence} the journal leads to state {hash:x32}, the snapshot says otherwise");
        _snapshots.Remove(info.Sequence);
    }

    void MeetCheckpoint(ProjectionCheckpoint checkpoint, Exchange exchange, LogAnchor anchor)
    {
        _isCheckpointMet = true;
        if (checkpoint.Sequence != exchange.Sequence || checkpoint.AnchorChecksum != anchor.Checksum)
            _faults.Add($"database: its history is of another journal: it knows sequence {checkpoint.Sequence} at {checkpoint.LogPosition}, the journal has {exchange.Sequence} there");
    }

    // Progress<T> reports on other threads, out of order; this one where and when it happens.
    internal sealed class Reporter(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
