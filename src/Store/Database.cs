using System.Data.Common;
using Dapper;

namespace MyTradeX.Store;

/// <summary>
/// The SQL side of the venue: identity (whose only home is here) and trading history (a projection of the journal).
/// Safe for use from many threads. Every amount is a BIGINT counted in the core's scaled units, every time a BIGINT of
/// microseconds since 1970-01-01 UTC. Every method that touches the database may throw <see cref="StoreUnavailableException"/>.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    static Database() => DefaultTypeMap.MatchNamesWithUnderscores = true;

    private protected Database(Dialect dialect)
    {
        Dialect = dialect;
    }

    internal Dialect Dialect { get; }

    /// <summary>Raised after the commit of a transaction that enqueued jobs, with their kinds.</summary>
    internal event Action<IReadOnlyCollection<string>>? JobsEnqueued;

    /// <summary>Whether a second process can be at work in the same database. An embedded one belongs to the process that holds its venue.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Opens nothing yet; the first use connects. Call <see cref="MigrateAsync"/> before anything else.</summary>
    public static Database Create(StoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.SqlitePath is not null
            ? new SqliteDatabase(options.SqlitePath)
            : new PostgresDatabase(options.PostgresConnectionString!);
    }

    /// <summary>Brings the schema up to this program's version, one transaction a step. Harmless when it is there already.</summary>
    /// <returns>The schema version.</returns>
    /// <exception cref="StoreSchemaException">The database was migrated by a newer program, or a step differs from what was applied.</exception>
    public Task<int> MigrateAsync(CancellationToken cancellation = default) => new Migrator(this).RunAsync(cancellation);

    /// <summary>Asks the database for a sign of life, for health checks.</summary>
    public Task PingAsync(CancellationToken cancellation = default) =>
        ReadAsync(session => session.FirstAsync<long>("SELECT 1"), cancellation);

    /// <summary>
    /// Writes a consistent copy while reads and writes go on. SQLite only: PostgreSQL has its own tools (<c>pg_dump</c>, base backups).
    /// </summary>
    /// <param name="path">The copy's file; must not exist.</param>
    /// <param name="cancellation">Stops the copy.</param>
    /// <exception cref="NotSupportedException">The database is PostgreSQL.</exception>
    /// <exception cref="IOException">The file exists already.</exception>
    public abstract Task BackupToAsync(string path, CancellationToken cancellation = default);

    /// <summary>Lets the database check its own structures. SQLite reads the whole file; PostgreSQL answers with its data checksums' failures.</summary>
    /// <returns>What is wrong, one finding a line, at most 100; empty when all is well.</returns>
    public abstract Task<IReadOnlyList<string>> CheckIntegrityAsync(CancellationToken cancellation = default);

    /// <summary>Closes every connection.</summary>
    public abstract ValueTask DisposeAsync();

    /// <summary>Runs queries on a pooled connection that may only read.</summary>
    internal abstract Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation);

    /// <summary>Begins a transaction that sees the database as it is at its first read, until it ends.</summary>
    private protected abstract DbTransaction BeginMoment(DbConnection connection);

    /// <summary>Runs queries that all see the same moment of the database.</summary>
    internal Task<T> ReadMomentAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation) =>
        ReadAsync(
            async session =>
            {
                await using var moment = BeginMoment(session.Connection);
                return await work(new Session(session.Connection, moment, session.Dialect, cancellation));
            },
            cancellation);

    /// <summary>Runs one transaction that is on disk when this returns. An exception from <paramref name="work"/> rolls back.</summary>
    internal abstract Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation);

    /// <summary>True when the exception says that a unique rule was broken.</summary>
    internal abstract bool IsUniqueViolation(Exception fault);

    /// <summary>Takes the transaction-long lock that lets one migrating program pass at a time.</summary>
    internal virtual Task LockSchemaAsync(Session session) => Task.CompletedTask;

    /// <summary>Wakes whoever works on jobs, after a commit.</summary>
    private protected void TellOfJobs(Session session)
    {
        if (session.KindsEnqueued is { } kinds)
            JobsEnqueued?.Invoke(kinds);
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    internal Task WriteAsync(Func<Session, Task> work, CancellationToken cancellation) =>
        WriteAsync(
            async session =>
            {
                await work(session);
                return true;
            },
            cancellation);
}
