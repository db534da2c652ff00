using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace MyTradeX.Store;

/// <summary>
/// A prepared statement bound by number, straight on SQLite's own interface. ADO.NET's parameters are looked up by name and
/// boxed on every execution, which costs several times the insert itself.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public void Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    public void Bind(int index, long? value) =>
        Check(value is { } number ? raw.sqlite3_bind_int64(_statement, index, number) : raw.sqlite3_bind_null(_statement, index));

    public void Bind(int index, string? value) =>
        Check(value is null ? raw.sqlite3_bind_null(_statement, index) : raw.sqlite3_bind_text(_statement, index, value));

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next values.</summary>
    public void Execute()
    {
        var outcome = raw.sqlite3_step(_statement);
        if (outcome != raw.SQLITE_DONE)
            Check(outcome);
        Check(raw.sqlite3_reset(_statement));
    }

    /// <summary>Runs a query for one number.</summary>
    public long ExecuteScalar()
    {
        var outcome = raw.sqlite3_step(_statement);
        if (outcome != raw.SQLITE_ROW)
            Check(outcome);
        var value = raw.sqlite3_column_int64(_statement, 0);
        Check(raw.sqlite3_reset(_statement));
        return value;
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int outcome) => SqliteException.ThrowExceptionForRC(outcome, _database);
}
