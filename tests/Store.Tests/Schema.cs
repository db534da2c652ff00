using Xunit;

namespace MyTradeX.Store.Tests;

public abstract class Schema(Engine engine) : StoreTests(engine)
{
    [Fact]
    public async Task migrating_again_changes_nothing()
    {
        var before = await QueryAsync<string>("SELECT MAX(checksum) FROM schema_migrations");

        Assert.Equal(Migration.All.Count, await Database.MigrateAsync(Cancel));

        Assert.Equal(Migration.All.Count, await QueryAsync<long>("SELECT COUNT(*) FROM schema_migrations"));
        Assert.Equal(before, await QueryAsync<string>("SELECT MAX(checksum) FROM schema_migrations"));
    }

    [Fact]
    public async Task several_programs_may_start_on_one_database_together()
    {
        // A step that takes its time lets all of them come to it before the first is done.
        var slowly = Engine == Engine.Postgres ? "; SELECT pg_sleep(0.3)" : "";
        Migration[] steps = [.. Migration.All, new(Migration.All.Count + 1, "more", "CREATE TABLE more (id BIGINT)" + slowly), new(Migration.All.Count + 2, "most", "CREATE TABLE most (id BIGINT)")];
        var programs = Enumerable.Range(0, 6).Select(_ => Database.Create(Options)).ToArray();

        var versions = await Task.WhenAll(programs.Select(program => Task.Run(() => new Migrator(program, steps).RunAsync(Cancel))));
        foreach (var program in programs)
            await program.DisposeAsync();

        Assert.Equal(Enumerable.Repeat(steps.Length, programs.Length), versions);
        Assert.Equal(steps.Length, await QueryAsync<long>("SELECT COUNT(*) FROM schema_migrations"));
    }

    [Fact]
    public async Task a_step_that_fails_is_undone_whole()
    {
        Migration[] steps = [.. Migration.All, new(Migration.All.Count + 1, "broken", "CREATE TABLE half (id BIGINT); INSERT INTO nowhere VALUES (1);")];

        await Assert.ThrowsAnyAsync<Exception>(() => new Migrator(Database, steps).RunAsync(Cancel));

        Assert.Equal(Migration.All.Count, await QueryAsync<long>("SELECT COUNT(*) FROM schema_migrations"));
        await ExecuteAsync("CREATE TABLE half (id BIGINT)");
    }

    [Fact]
    public async Task a_database_from_a_newer_program_is_refused()
    {
        await ExecuteAsync("INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (99, 'tomorrow', 'x', 0)");

        var refusal = await Assert.ThrowsAsync<StoreSchemaException>(() => Database.MigrateAsync(Cancel));

        Assert.Contains("99 (tomorrow)", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer program", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_step_that_was_applied_with_other_contents_is_refused()
    {
        await ExecuteAsync("UPDATE schema_migrations SET checksum = 'other' WHERE version = 1");

        var refusal = await Assert.ThrowsAsync<StoreSchemaException>(() => Database.MigrateAsync(Cancel));

        Assert.Contains("1 (identity)", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void steps_are_numbered_from_one_without_gap() =>
        Assert.Equal(Enumerable.Range(1, Migration.All.Count), Migration.All.Select(step => step.Version));

    [Fact]
    public async Task a_whole_database_has_no_findings() => Assert.Empty(await Database.CheckIntegrityAsync(Cancel));

    [Fact]
    public async Task a_living_database_answers() => await Database.PingAsync(Cancel);

    public sealed class OnSqlite() : Schema(Engine.Sqlite);

    public sealed class OnPostgres() : Schema(Engine.Postgres);
}
