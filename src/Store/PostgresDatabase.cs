using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Npgsql;

namespace MyTradeX.Store;

/// <summary>PostgreSQL through one pooled data source, with the settings of <see cref="PostgresPool"/>.</summary>
internal sealed class PostgresDatabase : Database
{
    /// <summary>The lock that migrating programs queue at: the letters "mtx" and a number of our own.</summary>
    private const long SchemaLock = 0x6D74_7800_0001;

    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(string connectionString)
        : base(Dialect.Postgres)
    {
        _source = NpgsqlDataSource.Create(PostgresPool.WithDefaults(connectionString));
    }

    public override bool IsShared => true;

    internal override async Task<T> ReadAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellation);
            return await work(new Session(connection, null, Dialect, cancellation));
        }
        catch (Exception fault) when (IsUnavailable(fault))
        {
            throw Unavailable(fault);
        }
    }

    internal override async Task<T> WriteAsync<T>(Func<Session, Task<T>> work, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var session = new Session(connection, transaction, Dialect, cancellation);
            var result = await work(session);
            // A commit is not cancelled half way: its outcome would be unknown for no gain.
            await transaction.CommitAsync(CancellationToken.None);
            TellOfJobs(session);
            return result;
        }
        catch (Exception fault) when (IsUnavailable(fault))
        {
            throw Unavailable(fault);
        }
    }

    private protected override DbTransaction BeginMoment(DbConnection connection) => ((NpgsqlConnection)connection).BeginTransaction(IsolationLevel.RepeatableRead);

    /// <summary>Runs one transaction of the projection on the calling thread; its commit may be lost to a crash of the database, never torn.</summary>
    internal T WriteBulk<T>(Func<NpgsqlConnection, NpgsqlTransaction, T> work)
    {
        try
        {
            using var connection = _source.OpenConnection();
            using var transaction = connection.BeginTransaction();
            var result = work(connection, transaction);
            transaction.Commit();
            return result;
        }
        catch (Exception fault) when (IsUnavailable(fault))
        {
            throw Unavailable(fault);
        }
    }

    internal override bool IsUniqueViolation(Exception fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    internal override async Task LockSchemaAsync(Session session) =>
        await session.ExecuteAsync("SELECT pg_advisory_xact_lock(@SchemaLock)", new { SchemaLock });

    public override Task BackupToAsync(string path, CancellationToken cancellation = default) =>
        throw new NotSupportedException("PostgreSQL is backed up with its own tools, for example pg_dump --format=custom");

    public override async Task<IReadOnlyList<string>> CheckIntegrityAsync(CancellationToken cancellation = default)
    {
        var failures = await ReadAsync(
            session => session.FirstAsync<long>("SELECT COALESCE(checksum_failures, 0) FROM pg_stat_database WHERE datname = current_database()"),
            cancellation);
        return failures == 0 ? [] : [$"{failures} data pages failed their checksum"];
    }

    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    // Server answers carry a SQLSTATE: connection (08), resources such as a full disk (53), operator intervention (57P),
    // system error (58), read-only standby (25006), lost serialization or deadlock (40). Anything else from the driver
    // that is not a server answer is a broken or missing connection, or an exhausted pool.
    private static bool IsUnavailable(Exception fault) => fault switch
    {
        PostgresException answer => answer.SqlState[..2] is "08" or "53" or "58" or "40"
            || answer.SqlState.StartsWith("57P", StringComparison.Ordinal)
            || answer.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException or TimeoutException or SocketException or IOException => true,
        _ => false,
    };

    private static StoreUnavailableException Unavailable(Exception fault) =>
        new($"PostgreSQL cannot serve: {fault.Message}", fault);
}
