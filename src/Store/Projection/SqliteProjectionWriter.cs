using Microsoft.Data.Sqlite;

namespace MyTradeX.Store;

/// <summary>One prepared insert a table, run for each row inside one transaction.</summary>
internal sealed class SqliteProjectionWriter(SqliteDatabase database) : ProjectionWriter(database)
{
    private readonly SqliteDatabase _database = database;
    private Prepared? _prepared;

    public override bool Write(ProjectionBatch batch, ProjectionCheckpoint checkpoint, Action? betweenRows = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(checkpoint);
        // Whoever waits for the database waits no longer than the rows take.
        Action? pause = betweenRows is null ? null : () =>
        {
            if (!_database.HasWaitingWriter)
                betweenRows();
        };
        return _database.WriteBulk(connection =>
        {
            try
            {
                if (_prepared?.Connection != connection)
                {
                    Dispose();
                    _prepared = new Prepared(connection);
                }

                return Write(_prepared, batch, checkpoint, pause);
            }
            catch
            {
                // The connection is given up after a failure, which also rolls back; its statements go with it.
                Dispose();
                throw;
            }
        });
    }

    public override void Dispose()
    {
        _prepared?.Dispose();
        _prepared = null;
    }

    private static bool Write(Prepared prepared, ProjectionBatch batch, ProjectionCheckpoint checkpoint, Action? betweenRows)
    {
        prepared.Begin.Execute();
        if (prepared.Reached.ExecuteScalar() >= checkpoint.Sequence)
        {
            prepared.Rollback.Execute();
            return false;
        }

        for (var i = 0; i < ProjectedTables.All.Count; i++)
            ProjectedTables.All[i].Write(prepared.Inserts[i], batch, betweenRows);
        prepared.Advance.Bind(1, checkpoint.Sequence);
        prepared.Advance.Bind(2, checkpoint.LogPosition);
        prepared.Advance.Bind(3, checkpoint.AnchorChecksum);
        prepared.Advance.Execute();
        prepared.Commit.Execute();
        return true;
    }

    private sealed class Prepared(SqliteConnection connection) : IDisposable
    {
        public SqliteConnection Connection => connection;

        public SqliteStatement Begin { get; } = new(connection, "BEGIN IMMEDIATE");

        public SqliteStatement Reached { get; } = new(connection, "SELECT sequence FROM projection_checkpoint WHERE id = 1");

        public SqliteStatement[] Inserts { get; } = [.. ProjectedTables.All.Select(table => new SqliteStatement(connection, table.SqliteInsert))];

        public SqliteStatement Advance { get; } =
            new(connection, "UPDATE projection_checkpoint SET sequence = ?1, log_position = ?2, anchor_checksum = ?3 WHERE id = 1");

        public SqliteStatement Commit { get; } = new(connection, "COMMIT");

        public SqliteStatement Rollback { get; } = new(connection, "ROLLBACK");

        public void Dispose()
        {
            foreach (var statement in (SqliteStatement[])[Begin, Reached, .. Inserts, Advance, Commit, Rollback])
                statement.Dispose();
        }
    }
}
