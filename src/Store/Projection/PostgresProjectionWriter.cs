using Npgsql;

namespace MyTradeX.Store;

/// <summary>One statement a table, its rows sent as one array a column, all tables and the checkpoint in one round trip.</summary>
internal sealed class PostgresProjectionWriter(PostgresDatabase database) : ProjectionWriter(database)
{
    private readonly PostgresDatabase _database = database;

    public override bool Write(ProjectionBatch batch, ProjectionCheckpoint checkpoint, Action? betweenRows = null)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(checkpoint);
        return _database.WriteBulk((connection, transaction) =>
        {
            // The checkpoint's row is the lock: should two projectors ever meet here, the second sees what the first wrote.
            using var lead = new NpgsqlBatch(connection, transaction)
            {
                BatchCommands =
                {
                    new NpgsqlBatchCommand("SELECT sequence FROM projection_checkpoint WHERE id = 1 FOR UPDATE"),
                    new NpgsqlBatchCommand("SET LOCAL synchronous_commit = off"),
                },
            };
            if ((long)lead.ExecuteScalar()! >= checkpoint.Sequence)
                return false;
            using var write = new NpgsqlBatch(connection, transaction);
            foreach (var table in ProjectedTables.All)
            {
                if (table.ToCommand(batch) is { } command)
                    write.BatchCommands.Add(command);
            }

            write.BatchCommands.Add(new NpgsqlBatchCommand("UPDATE projection_checkpoint SET sequence = $1, log_position = $2, anchor_checksum = $3 WHERE id = 1")
            {
                Parameters =
                {
                    new NpgsqlParameter<long> { TypedValue = checkpoint.Sequence },
                    new NpgsqlParameter<long> { TypedValue = checkpoint.LogPosition },
                    new NpgsqlParameter<long> { TypedValue = checkpoint.AnchorChecksum },
                },
            });
            write.ExecuteNonQuery();
            return true;
        });
    }

    public override void Dispose()
    {
    }
}
