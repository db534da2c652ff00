using System.Data.Common;
using Dapper;

namespace MyTradeX.Store;

/// <summary>One connection for the length of one piece of work, with its transaction when it writes.</summary>
internal sealed class Session(DbConnection connection, DbTransaction? transaction, Dialect dialect, CancellationToken cancellation)
{
    public DbConnection Connection => connection;

    public DbTransaction? Transaction => transaction;

    public Dialect Dialect => dialect;

    /// <summary>The kinds of the jobs that this transaction has enqueued; told once it is committed.</summary>
    public HashSet<string>? KindsEnqueued { get; private set; }

    /// <summary>Takes note that workers of a kind have something to look at once the transaction is committed.</summary>
    public void JobsEnqueued(string kind) => (KindsEnqueued ??= []).Add(kind);

    public async Task<List<T>> ListAsync<T>(string sql, object? parameters = null) =>
        (await connection.QueryAsync<T>(Command(sql, parameters))).AsList();

    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) =>
        connection.QueryFirstOrDefaultAsync<T>(Command(sql, parameters));

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => connection.ExecuteAsync(Command(sql, parameters));

    private CommandDefinition Command(string sql, object? parameters) =>
        new(sql, parameters, transaction, cancellationToken: cancellation);
}
