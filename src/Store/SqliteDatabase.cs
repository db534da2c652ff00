using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MyTradeX.Store;

/// <summary>
/// The embedded database: one file in write-ahead mode, one writer at a time, readers that never wait for it.
/// There are two writing connections. Identity lives nowhere else, so its transactions are synced to disk at commit
/// (<c>synchronous=FULL</c>). History can be had again from the journal, so its batches leave the sync to the
/// checkpoint (<c>synchronous=NORMAL</c>): a power cut may take the last of them, rows and position together, unless a durable
/// transaction came after them (<see cref="ProjectionWriter.SyncAsync"/>).
/// </summary>
internal sealed class SqliteDatabase : Database
{
    /// <summary>Readers at once. SQLite reads on the calling thread, so more than a few per processor only costs memory.</summary>
    private const int ReadersMax = 16;

    /// <summary>How long a statement waits for another process (a backup, an inspecting operator) that holds the lock.</summary>
    private const int BusyTimeoutMs = 5_000;

    /// <summary>What a write-ahead file that once grew long (behind a long read) is cut back to.</summary>
    private const int JournalBytesKept = 64 << 20;

    private readonly string _path;
    private readonly ConcurrentBag<SqliteConnection> _idleReaders = [];
    private readonly SemaphoreSlim _readers = new(ReadersMax);
    private readonly SemaphoreSlim _writer = new(1);
    private SqliteConnection? _durable;
    private SqliteConnection? _bulk;
    private int _waitingWriters;
    private bool _disposed;

    static SqliteDatabase()
    {
        Batteries_V2.Init();
        // Each connection is used by one thread at a time, here and nowhere else, so SQLite need not lock every call. It can only be told before its
        // first use: in a process where somebody else used it before, it refuses, goes on locking, and is only slower.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        // Nor count the memory it takes, under one lock for the process, at each call for some: nobody asks for the count.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteDatabase(string path)
        : base(Dialect.Sqlite)
    {
        _path = Path.GetFullPath(path);
    }

    public override bool IsShared => false;

    /// <summary>Whether a transaction waits for the one at work to end.</summary>
    internal bool HasWaitingWriter => Volatile.Read(ref _waitingWriters) > 0;

    internal override async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        await _readers.WaitAsync(cancellation);
        SqliteConnection? connection = null;
        try
        {
            connection = _idleReaders.TryTake(out var idle) ? idle : Open(Role.Reader);
            var result = await work(new Session(connection, null, Dialect, cancellation));
            _idleReaders.Add(connection);
            connection = null;
            return result;
        }
        catch (SqliteException fault) when (IsUnavailable(fault))
        {
            throw Unavailable(fault);
        }
        finally
        {
            // Only a connection that just worked goes back; one that failed is not trusted again.
            connection?.Dispose();
            _readers.Release();
        }
    }

    internal override async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waitingWriters);
        try
        {
            await _writer.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waitingWriters);
        }

        var done = false;
        try
        {
            _durable ??= Open(Role.DurableWriter);
            Execute(_durable, "BEGIN IMMEDIATE");
            var session = new Session(_durable, null, Dialect, cancellation);
            var result = await work(session);
            Execute(_durable, "COMMIT");
            done = true;
            TellOfJobs(session);
            return result;
        }
        catch (SqliteException fault) when (IsUnavailable(fault))
        {
            throw Unavailable(fault);
        }
        finally
        {
            // Closing rolls back. A ROLLBACK of our own, which ADO.NET's transaction sends, fails where SQLite has rolled back by
            // itself, as it does on a full disk, and would hide why.
            if (!done)
            {
                _durable?.Dispose();
                _durable = null;
            }

            _writer.Release();
        }
    }

    private protected override DbTransaction BeginMoment(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    /// <summary>Runs one transaction of the projection on the calling thread; its commit may be lost to a power cut, never torn.</summary>
    internal T WriteBulk<T>(Func<SqliteConnection, T> work)
    {
        _writer.Wait();
        var done = false;
        try
        {
            _bulk ??= Open(Role.BulkWriter);
            var result = work(_bulk);
            done = true;
            return result;
        }
        catch (SqliteException fault) when (IsUnavailable(fault))
        {
            throw Unavailable(fault);
        }
        finally
        {
            if (!done)
            {
                _bulk?.Dispose();
                _bulk = null;
            }

            _writer.Release();
        }
    }

    internal override bool IsUniqueViolation(Exception fault) =>
        fault is SqliteException { SqliteErrorCode: raw.SQLITE_CONSTRAINT, SqliteExtendedErrorCode: raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY };

    public override Task BackupToAsync(string path, CancellationToken cancellation = default) => Task.Run(() => BackupTo(path), cancellation);

    public override Task<IReadOnlyList<string>> CheckIntegrityAsync(CancellationToken cancellation = default) =>
        Task.Run(
            async () =>
            {
                try
                {
                    var findings = await ReadAsync(session => session.ListAsync<string>("PRAGMA integrity_check(100)"), cancellation);
                    return findings is ["ok"] ? (IReadOnlyList<string>)[] : findings;
                }
                catch (StoreUnavailableException fault) when (fault.InnerException is SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } damage)
                {
                    return [damage.Message];
                }
            },
            cancellation);

    public override async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;
        _disposed = true;
        await _writer.WaitAsync();
        for (var i = 0; i < ReadersMax; i++)
            await _readers.WaitAsync();
        while (_idleReaders.TryTake(out var reader))
            reader.Dispose();
        _durable?.Dispose();
        _bulk?.Dispose();
        _readers.Dispose();
        _writer.Dispose();
    }

    private void BackupTo(string path)
    {
        // Opening it as new is the check that nothing is overwritten; SQLite then fills the empty file.
        using (new FileStream(path, FileMode.CreateNew))
        {
        }

        try
        {
            using (var connection = Open(Role.Backup))
            using (var copy = connection.CreateCommand())
            {
                // One read transaction, so the copy is one moment of the database; writers do not wait for it.
                copy.CommandText = "VACUUM INTO $path";
                copy.Parameters.AddWithValue("$path", path);
                copy.CommandTimeout = 0;
                copy.ExecuteNonQuery();
            }

            using var written = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
            written.Flush(flushToDisk: true);
        }
        catch (Exception fault)
        {
            File.Delete(path);
            if (fault is SqliteException sqlite && IsUnavailable(sqlite))
                throw Unavailable(sqlite);
            throw;
        }
    }

    private SqliteConnection Open(Role role)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"the folder of SQLite database {Path.GetFileName(_path)} cannot be made: {fault.Message}", fault);
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _path,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = (BusyTimeoutMs / 1000) + 1,
        }.ToString());
        try
        {
            connection.Open();
            using var settings = connection.CreateCommand();
            settings.CommandText = $"PRAGMA busy_timeout={BusyTimeoutMs}; PRAGMA journal_mode=WAL; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit={JournalBytesKept}; " + role switch
            {
                Role.Reader => "PRAGMA query_only=ON; PRAGMA cache_size=-4096;",
                Role.DurableWriter => "PRAGMA synchronous=FULL;",
                Role.Backup => "",
                _ => "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA wal_autocheckpoint=4000;",
            };
            settings.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Called with constants alone.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    // What a later try may find mended, or what an operator must mend; a wrong statement or a broken rule is neither.
    private static bool IsUnavailable(SqliteException fault) => fault.SqliteErrorCode is
        raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_CANTOPEN or
        raw.SQLITE_READONLY or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_NOMEM or raw.SQLITE_PROTOCOL or raw.SQLITE_PERM;

    private StoreUnavailableException Unavailable(SqliteException fault) =>
        new($"SQLite database {Path.GetFileName(_path)} cannot serve: {fault.Message}", fault);

    private enum Role
    {
        Reader,
        DurableWriter,
        BulkWriter,
        Backup,
    }
}
