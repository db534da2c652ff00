using Npgsql;
using Xunit;

namespace MyTradeX.Store.Tests;

/// <summary>What is true of PostgreSQL alone.</summary>
public sealed class PostgresServer() : StoreTests(Engine.Postgres)
{
    [Fact]
    public async Task a_connection_that_breaks_is_unavailable_and_the_next_one_works()
    {
        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(
            () => Database.WriteAsync(session => session.FirstAsync<bool>("SELECT pg_terminate_backend(pg_backend_pid())"), Cancel));

        Assert.StartsWith("PostgreSQL cannot serve", fault.Message, StringComparison.Ordinal);
        await Database.PingAsync(Cancel);
    }

    [Fact]
    public async Task it_is_backed_up_with_its_own_tools() =>
        await Assert.ThrowsAsync<NotSupportedException>(() => Database.BackupToAsync(Path.Combine(Folder, "x"), Cancel));

    [Fact]
    public async Task more_callers_than_connections_wait_their_turn()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Database.ReadAsync(session => session.FirstAsync<long>("SELECT 1 FROM pg_sleep(0.01)"), Cancel)));

        Assert.Equal(60, answers.Sum());
    }
}

public sealed class NamingADatabase
{
    [Fact]
    public async Task a_server_that_is_not_there_is_unavailable()
    {
        await using var nowhere = Database.Create(StoreOptions.Postgres("Host=127.0.0.1;Port=1;Database=x;Username=x;Password=hunter2"));

        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => nowhere.PingAsync(TestContext.Current.CancellationToken));

        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void data_source_is_sqlite_and_host_is_postgres()
    {
        Assert.Equal("a/b.db", StoreOptions.Parse("Data Source=a/b.db").SqlitePath);
        Assert.Equal("SQLite a/b.db", StoreOptions.Parse("Data Source=a/b.db").ToString());
        Assert.Equal("PostgreSQL db:5432/venue", StoreOptions.Parse("Host=db;Database=venue;Username=u;Password=hunter2").ToString());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Host=db;Sharks=yes;Password=hunter2")]
    [InlineData("Color=red")]
    [InlineData("Data Source=")]
    [InlineData("")]
    public void anything_else_is_refused_without_telling_secrets(string connectionString)
    {
        var fault = Assert.ThrowsAny<ArgumentException>(() => StoreOptions.Parse(connectionString));

        Assert.DoesNotContain("hunter2", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void the_pool_has_the_guides_settings()
    {
        var pool = new NpgsqlConnectionStringBuilder(PostgresPool.WithDefaults("Host=db"));

        Assert.Equal((20, 5, 30, 2, 3_600), (pool.MaxPoolSize, pool.MinPoolSize, pool.ConnectionIdleLifetime, pool.Timeout, pool.ConnectionLifetime));
    }

    [Fact]
    public void what_the_operator_names_is_kept_under_any_spelling()
    {
        var pool = new NpgsqlConnectionStringBuilder(PostgresPool.WithDefaults("Host=db;MaxPoolSize=3;timeout=15;Application Name=mine;Max Auto Prepare=0"));

        Assert.Equal((3, 3, 15, "mine", 0), (pool.MaxPoolSize, pool.MinPoolSize, pool.Timeout, pool.ApplicationName, pool.MaxAutoPrepare));
    }
}
