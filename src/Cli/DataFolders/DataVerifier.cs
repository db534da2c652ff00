using MyTradeX.Journal;
using MyTradeX.Store;
using MyTradeX.Venue.Reconciliation;

namespace MyTradeX.Cli.DataFolders;

/// <summary>What a verification is to look at beyond what it always does.</summary>
/// <param name="IsDeep">Compares SQL row by row with what the journal gives.</param>
/// <param name="HashAt">A sequence whose state hash is wanted.</param>
/// <param name="Store">Where SQL is, when not in the folder.</param>
internal sealed record DataVerifierOptions(bool IsDeep = false, long? HashAt = null, StoreOptions? Store = null);

/// <summary>
/// Checks a data folder that no server uses: every record and snapshot of the journal by its checksum, then the whole journal through the
/// exchange core, which must come to each snapshot's state and accept every record; then that the database is whole and fits the journal.
/// </summary>
internal sealed class DataVerifier
{
    // Reading and checking is about as long as replaying.
    const double ShareOfReading = 0.5;

    readonly DataFolder _folder;
    readonly DataVerifierOptions _options;
    readonly Action<double> _progress;
    readonly List<string> _faults = [];

    DataVerifier(DataFolder folder, DataVerifierOptions options, Action<double> progress) => (_folder, _options, _progress) = (folder, options, progress);

    /// <summary>Checks a folder. Throws <see cref="JournalInUseException"/> when a server has it open.</summary>
    public static Task<DataVerification> VerifyAsync(DataFolder folder, Action<double> progress, DataVerifierOptions? options = null) =>
        new DataVerifier(folder, options ?? new DataVerifierOptions(), progress).RunAsync();

    async Task<DataVerification> RunAsync()
    {
        // Held until the end, so that no server starts meanwhile. The lock file belongs to the journal's folder anyway.
        using var turn = _folder.Journal.Lock();
        var total = Math.Max(1, _folder.JournalBytes());
        var journal = JournalVerifier.Verify(_folder.Journal, new Reporter(bytes => _progress(ShareOfReading * Math.Min(1, (double)bytes / total))));
        _faults.AddRange(journal.Faults.Select(fault => $"journal: {fault}"));
        var result = new DataVerification
        {
            Folder = _folder.Path,
            Segments = journal.Segments,
            Records = journal.Records,
            Snapshots = journal.Snapshots,
            TornTailBytes = journal.TornTailBytes,
            Faults = _faults,
        };
        await using var database = await OpenStoreAsync();
        // A replay past damage would only add consequences to the cause.
        return journal.IsSound && journal.Segments > 0 ? await ReplayAsync(result, database) : result;
    }

    async Task<Database?> OpenStoreAsync()
    {
        var store = _options.Store ?? (_folder.HasStore ? StoreOptions.Sqlite(_folder.StorePath) : null);
        if (store is null)
        {
            if (_options.IsDeep) _faults.Add("database: there is none in this folder; name it with --store");
            return null;
        }
        var database = Database.Create(store);
        try
        {
            var damage = await database.CheckIntegrityAsync();
            _faults.AddRange(damage.Select(finding => $"database: {finding}"));
            if (damage.Count == 0) return database;
        }
        catch (StoreUnavailableException fault)
        {
            _faults.Add($"database: {fault.Message}");
        }
        await database.DisposeAsync();
        return null;
    }

    async Task<DataVerification> ReplayAsync(DataVerification result, Database? database)
    {
        var options = new JournalReplayOptions { IsDeep = _options.IsDeep, HashAt = _options.HashAt, Now = Venue.Venue.MicrosecondsOf(DateTimeOffset.UtcNow) };
        try
        {
            var replay = await JournalReplay.RunAsync(
                _folder.Journal, database, options, replayed => _progress(ShareOfReading + (1 - ShareOfReading) * replayed / Math.Max(replayed, result.Records)));
            _faults.AddRange(replay.Faults);
            return result with
            {
                Replayed = replay.Replayed,
                ReplayedFrom = replay.ReplayedFrom,
                Sequence = replay.Sequence,
                SnapshotsConfirmed = replay.SnapshotsConfirmed,
                StateHash = replay.StateHash?.ToString("x32"),
                HashAt = replay.HashAt is { } hash ? new StateHashAtSequence(_options.HashAt!.Value, hash.ToString("x32")) : null,
                HistorySequence = replay.HistorySequence,
                Compared = _options.IsDeep ? replay.Compared.ToDictionary(compared => Venue.EnumNames<AuditCheck>.Of(compared.Key), compared => compared.Value) : null,
                LetGo = _options.IsDeep ? replay.LetGo : null,
                Differences = replay.FindingCount,
                FirstDifferences = _options.IsDeep ? [.. replay.Findings.Select(finding => finding.ToString())] : null,
            };
        }
        catch (StoreUnavailableException fault)
        {
            _faults.Add($"database: {fault.Message}");
            return result;
        }
    }

    // Progress<T> reports on other threads, out of order; this one where and when it happens.
    internal sealed class Reporter(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
