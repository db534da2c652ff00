using Npgsql;

namespace MyTradeX.Store;

/// <summary>What becomes of a row whose key is in the table already.</summary>
internal enum WhenPresent
{
    /// <summary>The row in the table stays: such rows never change.</summary>
    KeepFirst,

    /// <summary>The new row replaces it, unless the one in the table has a larger sequence.</summary>
    ReplaceOlder,

    /// <summary>The new row replaces it.</summary>
    Replace,
}

/// <summary>One table of the projection, written from one list of a batch.</summary>
internal interface IProjectedTable
{
    /// <summary>Inserts one row; its parameters are numbered in column order.</summary>
    string SqliteInsert { get; }

    /// <summary>Runs the prepared insert for each row of the batch, and in between, every some tens of microseconds, what is given.</summary>
    void Write(SqliteStatement insert, ProjectionBatch batch, Action? betweenRows);

    /// <summary>One statement for all rows of the batch, or null when it has none for this table.</summary>
    NpgsqlBatchCommand? ToCommand(ProjectionBatch batch);
}

/// <inheritdoc/>
/// <remarks>What stays as it was first written, for the life of a row, is named <c>unchanging</c>.</remarks>
internal sealed class ProjectedTable<TRow> : IProjectedTable
{
    private readonly WhenPresent _whenPresent;
    private readonly Func<ProjectionBatch, List<TRow>> _rows;
    private readonly Func<TRow, (long, long)> _keyOf;
    private readonly Func<TRow, long> _sequenceOf;
    private readonly Column<TRow>[] _columns;
    private readonly string _postgresInsert;

    public ProjectedTable(
        string name,
        WhenPresent whenPresent,
        Func<ProjectionBatch, List<TRow>> rows,
        string[] key,
        string[] unchanging,
        Func<TRow, (long, long)> keyOf,
        Func<TRow, long> sequenceOf,
        Column<TRow>[] columns)
    {
        _whenPresent = whenPresent;
        _rows = rows;
        _keyOf = keyOf;
        _sequenceOf = sequenceOf;
        _columns = columns;
        // SQLite takes a column that is set for one that changed, and rewrites every index that has it.
        var changed = columns.Select(column => column.Name).Except(key).Except(unchanging).Select(column => $"{column} = excluded.{column}");
        var conflict = $"ON CONFLICT ({string.Join(", ", key)}) DO " + whenPresent switch
        {
            WhenPresent.KeepFirst => "NOTHING",
            WhenPresent.Replace => $"UPDATE SET {string.Join(", ", changed)}",
            _ => $"UPDATE SET {string.Join(", ", changed)} WHERE excluded.sequence >= {name}.sequence",
        };
        var insert = $"INSERT INTO {name} ({string.Join(", ", columns.Select(column => column.Name))})";
        SqliteInsert = $"{insert} VALUES ({string.Join(", ", columns.Select((_, i) => $"?{i + 1}"))}) {conflict}";
        _postgresInsert = $"{insert} SELECT * FROM unnest({string.Join(", ", columns.Select((column, i) => $"${i + 1}::{column.ArrayType}"))}) {conflict}";
    }

    public string SqliteInsert { get; }

    public void Write(SqliteStatement insert, ProjectionBatch batch, Action? betweenRows)
    {
        const int few = 16;
        var rows = _rows(batch);
        for (var at = 0; at < rows.Count; at++)
        {
            var row = rows[at];
            for (var i = 0; i < _columns.Length; i++)
                _columns[i].Bind(insert, i + 1, row);
            insert.Execute();
            if (at % few == few - 1)
                betweenRows?.Invoke();
        }
    }

    public NpgsqlBatchCommand? ToCommand(ProjectionBatch batch)
    {
        var rows = _rows(batch);
        if (rows.Count == 0)
            return null;
        if (_whenPresent != WhenPresent.KeepFirst)
            rows = LastOfEach(rows);
        var command = new NpgsqlBatchCommand(_postgresInsert);
        foreach (var column in _columns)
            command.Parameters.Add(column.ToArray(rows));
        return command;
    }

    // PostgreSQL refuses a statement that would update one row twice, so only the winner of each key is sent.
    private List<TRow> LastOfEach(List<TRow> rows)
    {
        var winners = new Dictionary<(long, long), int>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var key = _keyOf(rows[i]);
            if (!winners.TryGetValue(key, out var winner) || _sequenceOf(rows[i]) >= _sequenceOf(rows[winner]))
                winners[key] = i;
        }

        return winners.Count == rows.Count ? rows : winners.Values.Select(i => rows[i]).ToList();
    }
}
