using System.Runtime.InteropServices;
using MyTradeX.Core;
using MyTradeX.Journal;
using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Snapshots;
using MyTradeX.Store;

namespace MyTradeX.Bench;

/// <summary>
/// A data folder as a venue leaves it after so many commands of the mixed flow, written without running one: the journal in full, a
/// snapshot as old as the default lets it get, and databases that say they have come as far as the journal, the snapshot, or nowhere.
/// How fast a venue opens does not depend on the rows that are in the database already, so there are none.
/// </summary>
sealed class RecordedVenue : IDisposable
{
    const int Symbols = 10;
    const int CommandsAtOnce = 100_000;
    const int CommandsPerBatch = 1_000;
    const long SnapshotEvery = 500_000;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-recovery-");

    public string Folder => _folder.FullName;

    public string Journal => Path.Combine(Folder, "journal");

    public long Commands { get; private set; }

    public long SnapshotSequence { get; private set; }

    public int Segments => Directory.GetFiles(Journal, "*.segment").Length;

    public long JournalBytes => new DirectoryInfo(Journal).EnumerateFiles("*.segment").Sum(file => file.Length);

    /// <summary>The database that has come as far as a stage of the recording.</summary>
    public string StorePath(string stage) => Path.Combine(Folder, stage + ".db");

    public async Task WriteAsync(long commands)
    {
        var flow = new MixedFlow(Symbols, seed: 23);
        var exchange = new Exchange();
        LogAnchor? atSnapshot = null;
        LogAnchor atEnd;
        using (var log = FileCommandLog.Open(new FileDisk(Journal), new FileLogOptions(), out _))
        {
            var snapshots = new SnapshotStore(new FileDisk(Journal), log.LogId);
            var snapshotAt = Math.Max(commands / 2, commands - SnapshotEvery);
            Span<byte> record = stackalloc byte[CommandCodec.MaxBytes];
            var number = 0UL;
            var beginning = Command.StartEpoch();
            beginning.Header.Epoch = 1;
            Write(ref beginning, record);
            foreach (var setUp in flow.SetUp())
            {
                var command = setUp;
                Write(ref command, record);
            }
            while (exchange.Sequence < commands)
            {
                var next = flow.Next((int)Math.Min(CommandsAtOnce, commands - exchange.Sequence));
                foreach (ref var command in next.AsSpan()) Write(ref command, record);
            }
            log.Commit();
            atEnd = log.LastAnchor!.Value;

            void Write(ref Command command, Span<byte> record)
            {
                command.Header.Epoch = 1;
                if (command.Header.Kind != CommandKind.StartEpoch) command.Header.Number = ++number;
                log.Append(record[..CommandCodec.Encode(in command, record)]);
                exchange.Apply(in command, out _);
                exchange.Events.Clear();
                if (exchange.Sequence % CommandsPerBatch == 0 || exchange.Sequence == snapshotAt) log.Commit();
                if (exchange.Sequence != snapshotAt) return;
                atSnapshot = log.LastAnchor;
                snapshots.Save(atSnapshot, snapshotAt, target =>
                {
                    var hash = exchange.WriteSnapshot(target);
                    return MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in hash)).ToArray();
                });
                SnapshotSequence = snapshotAt;
            }
        }
        Commands = exchange.Sequence;
        await FillAsync("whole", Commands, atEnd);
        await FillAsync("behind", SnapshotSequence, atSnapshot!.Value);
        await FillAsync("empty", 0, null);
    }

    public void DropSnapshots()
    {
        foreach (var snapshot in Directory.GetFiles(Journal, "*.snapshot")) File.Delete(snapshot);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    async Task FillAsync(string stage, long sequence, LogAnchor? anchor)
    {
        await using var database = Database.Create(StoreOptions.Sqlite(StorePath(stage)));
        await database.MigrateAsync();
        if (anchor is not { } last) return;
        using var writer = ProjectionWriter.Create(database);
        writer.Write(new ProjectionBatch(), new ProjectionCheckpoint(sequence, last.Position.Value, last.Checksum));
    }
}
