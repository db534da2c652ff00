using Npgsql;

namespace MyTradeX.Store;

/// <summary>One column of a projected table: a value for SQLite's bound parameter, an array of values for PostgreSQL's unnest.</summary>
internal sealed record Column<TRow>(string Name, string ArrayType, Action<SqliteStatement, int, TRow> Bind, Func<List<TRow>, NpgsqlParameter> ToArray)
{
    public static Column<TRow> Number(string name, Func<TRow, long> value) =>
        new(name, "bigint[]", (statement, index, row) => statement.Bind(index, value(row)), rows => Array(rows, value));

    public static Column<TRow> OptionalNumber(string name, Func<TRow, long?> value) =>
        new(name, "bigint[]", (statement, index, row) => statement.Bind(index, value(row)), rows => Array(rows, value));

    public static Column<TRow> Text(string name, Func<TRow, string?> value) =>
        new(name, "text[]", (statement, index, row) => statement.Bind(index, value(row)), rows => Array(rows, value));

    public static Column<TRow> Flag(string name, Func<TRow, bool> value) =>
        new(name, "boolean[]", (statement, index, row) => statement.Bind(index, value(row) ? 1 : 0), rows => Array(rows, value));

    private static NpgsqlParameter<T[]> Array<T>(List<TRow> rows, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return new NpgsqlParameter<T[]> { TypedValue = values };
    }
}
