using Npgsql;
using Xunit;

namespace MyTradeX.Store.Tests;

/// <summary>The databases that every suite runs on.</summary>
public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>A suite with a fresh, migrated database for each test. Its nested classes run it on each engine.</summary>
public abstract class StoreTests(Engine engine) : IAsyncLifetime
{
    protected const long Second = 1_000_000;
    protected const long Minute = 60 * Second;
    protected const long Now = 1_760_000_000 * Second;

    private readonly string _name = "t" + Guid.NewGuid().ToString("N");
    private string? _folder;

    protected Engine Engine => engine;

    protected StoreOptions Options { get; private set; } = null!;

    protected Database Database { get; private set; } = null!;

    protected string Folder => _folder ??= Directory.CreateTempSubdirectory("mytradex-store-").FullName;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        Options = engine == Engine.Sqlite ? StoreOptions.Sqlite(Path.Combine(Folder, "store.db")) : StoreOptions.Postgres(await CreateSchemaAsync());
        Database = Database.Create(Options);
        await Database.MigrateAsync(Cancel);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (Database is not null)
            await Database.DisposeAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
        if (engine == Engine.Postgres && Options is not null)
            await OnPostgresAsync($"DROP SCHEMA {_name} CASCADE");
    }

    /// <summary>Runs a statement past the store, to damage or inspect what lies beneath it.</summary>
    protected Task ExecuteAsync(string sql) => Database.WriteAsync(session => session.ExecuteAsync(sql), Cancel);

    protected Task<T?> QueryAsync<T>(string sql) => Database.ReadAsync(session => session.FirstAsync<T>(sql), Cancel);

    private async Task<string> CreateSchemaAsync()
    {
        await OnPostgresAsync($"CREATE SCHEMA {_name}");
        var cluster = await PostgresCluster.GetAsync();
        return new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { SearchPath = _name, MaxPoolSize = 10, MinPoolSize = 0 }.ConnectionString;
    }

    private static async Task OnPostgresAsync(string sql)
    {
        var cluster = await PostgresCluster.GetAsync();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
