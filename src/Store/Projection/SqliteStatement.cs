using System.Text;
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
    private readonly nint _native;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
        _native = _statement.DangerousGetHandle();
    }

    public void Bind(int index, long value) => Check(NativeBind.Number(_native, index, value));

    public void Bind(int index, long? value) => Check(value is { } number ? NativeBind.Number(_native, index, number) : NativeBind.Null(_native, index));

    public void Bind(int index, string? value)
    {
        if (value is null)
        {
            Check(NativeBind.Null(_native, index));
            return;
        }
        const int usual = 192;
        Span<byte> room = stackalloc byte[usual];
        Check(Encoding.UTF8.TryGetBytes(value, room, out var bytes)
            ? NativeBind.Text(_native, index, room[..bytes])
            : NativeBind.Text(_native, index, Encoding.UTF8.GetBytes(value)));
    }

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

    private void Check(int outcome)
    {
        if (outcome != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(outcome, _database);
    }
}
