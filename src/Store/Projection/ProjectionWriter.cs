namespace MyTradeX.Store;

/// <summary>
/// Writes the projection of the exchange's events. One thread uses one writer; queries and identity go on beside it.
/// A batch and its checkpoint are one transaction, so after any crash the tables are exactly those of some checkpoint, and
/// the projector goes on from there by replay. Its last commits may be lost to a power cut: the journal is the truth.
/// </summary>
public abstract class ProjectionWriter : IDisposable
{
    private readonly Database _database;

    private protected ProjectionWriter(Database database)
    {
        _database = database;
    }

    /// <summary>A writer for this database. Dispose it before the database.</summary>
    public static ProjectionWriter Create(Database database) => database switch
    {
        SqliteDatabase sqlite => new SqliteProjectionWriter(sqlite),
        PostgresDatabase postgres => new PostgresProjectionWriter(postgres),
        _ => throw new ArgumentException("not a database of this store", nameof(database)),
    };

    /// <summary>How far the tables have come; null when nothing was ever written.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot serve.</exception>
    public Task<ProjectionCheckpoint?> LoadCheckpointAsync(CancellationToken cancellation = default) =>
        _database.ReadAsync(LoadCheckpointAsync, cancellation);

    /// <summary>Writes a batch and how far it leads. A batch that leads no further than the tables are is left out whole, so repeats do no harm.</summary>
    /// <param name="batch">The rows; not changed, not kept.</param>
    /// <param name="checkpoint">The last command the batch covers.</param>
    /// <param name="betweenRows">Called again and again while the calling thread writes rows, as long as no other transaction waits for this one; may wait a moment. Null for nothing.</param>
    /// <returns>False when the tables were there already.</returns>
    /// <exception cref="StoreUnavailableException">The database cannot serve; nothing was written, or on PostgreSQL the outcome is unknown. The same batch may be written again.</exception>
    public abstract bool Write(ProjectionBatch batch, ProjectionCheckpoint checkpoint, Action? betweenRows = null);

    /// <summary>Makes everything written so far safe from a power cut, which otherwise may take the last commits. May be called from any thread.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot serve; what was written may still be lost.</exception>
    public Task SyncAsync(CancellationToken cancellation = default) =>
        // A synced commit carries every commit before it to the disk, but only if it changes something: so a second row counts the syncs.
        _database.WriteAsync(
            session => session.ExecuteAsync(
                """
                INSERT INTO projection_checkpoint (id, sequence, log_position, anchor_checksum) VALUES (2, 1, 0, 0)
                ON CONFLICT (id) DO UPDATE SET sequence = projection_checkpoint.sequence + 1
                """),
            cancellation);

    /// <summary>Lets go of the writer's statements.</summary>
    public abstract void Dispose();

    internal static async Task<ProjectionCheckpoint?> LoadCheckpointAsync(Session session)
    {
        var row = await session.FirstAsync<Row>("SELECT sequence, log_position, anchor_checksum FROM projection_checkpoint WHERE id = 1");
        return row is null or { Sequence: 0 } ? null : new ProjectionCheckpoint(row.Sequence, row.LogPosition, row.AnchorChecksum);
    }

    private sealed record Row
    {
        public long Sequence { get; init; }

        public long LogPosition { get; init; }

        public long AnchorChecksum { get; init; }
    }
}
