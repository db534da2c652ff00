namespace MyTradeX.Store;

/// <summary>Applies the missing steps, each in its own transaction with its row in <c>schema_migrations</c>.</summary>
internal sealed class Migrator(Database database, IReadOnlyList<Migration>? steps = null)
{
    private readonly IReadOnlyList<Migration> _steps = steps ?? Migration.All;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        while (!await database.WriteAsync(ApplyNextAsync, cancellation))
        {
        }

        return _steps[^1].Version;
    }

    // Several programs may start on one database together, so what is applied is read again under the lock for each step.
    private async Task<bool> ApplyNextAsync(Session session)
    {
        await database.LockSchemaAsync(session);
        await session.ExecuteAsync(database.Dialect.Fill(
            "CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY, name {text} NOT NULL, checksum {text} NOT NULL, applied_at BIGINT NOT NULL)"));
        var applied = await session.ListAsync<Applied>("SELECT version, name, checksum FROM schema_migrations ORDER BY version");
        Verify(applied);
        if (applied.Count == _steps.Count)
            return true;
        var next = _steps[applied.Count];
        await session.ExecuteAsync(database.Dialect.Fill(next.Sql));
        var appliedAt = (DateTime.UtcNow - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        await session.ExecuteAsync(
            "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (@Version, @Name, @Checksum, @appliedAt)",
            new { next.Version, next.Name, next.Checksum, appliedAt });
        return applied.Count + 1 == _steps.Count;
    }

    private void Verify(List<Applied> applied)
    {
        for (var i = 0; i < applied.Count; i++)
        {
            if (i >= _steps.Count)
            {
                throw new StoreSchemaException(
                    $"the database has schema version {applied[^1].Version} ({applied[^1].Name}), this program knows up to {_steps[^1].Version}: start a newer program, or restore the backup taken before it was upgraded");
            }

            if (applied[i].Version != _steps[i].Version || applied[i].Checksum != _steps[i].Checksum)
            {
                throw new StoreSchemaException(
                    $"schema version {applied[i].Version} ({applied[i].Name}) was applied with other contents than this program's {_steps[i].Version} ({_steps[i].Name}): the program and the database come from different builds");
            }
        }
    }

    private sealed record Applied
    {
        public long Version { get; init; }

        public string Name { get; init; } = "";

        public string Checksum { get; init; } = "";
    }
}
